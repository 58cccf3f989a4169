"""Invitations: write, send again, print, withdraw, accept."""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.appointments import appoint
from nastavnik.accounts.actions.people import open_account
from nastavnik.accounts.models import Appointment, Invitation, User
from nastavnik.accounts.rules import may_give
from nastavnik.accounts.signals import invitation_issued
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.organisations.models import Organisation

VALID = timedelta(days=3)


@transaction.atomic
def invite(organisation: Organisation, *, role: str, by: User, email: str = "", **names: str) -> Invitation:
    """Ask somebody to take up an appointment. With a mail the link goes out at once, else it waits to be printed."""
    if not may_give(by, organisation, role):
        raise Refusal(_("На эту должность вы приглашать не можете. Попросите вышестоящего руководителя."))
    if organisation.is_closed(timezone.localdate()):
        raise Refusal(_("Эта организация закрыта. Выберите другую."))
    refuse_repeated(organisation, role, email, names)
    invitation = Invitation(
        region_id=organisation.region_id or 0, organisation=organisation, role=role, email=email, invited_as=by.appointment, **names
    )
    try:
        with transaction.atomic():
            path = new_link(invitation)
            invitation.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(_("Этот человек на эту должность уже приглашён.")) from error
    trail.record(
        "accounts.invited", invitation, by=by, organisation=organisation,
        after={"role": role, "email": invitation.email, "expires_at": invitation.expires_at},
    )  # fmt: skip
    send_link(invitation, path, by)
    return invitation


def refuse_repeated(organisation: Organisation, role: str, email: str, names: dict[str, str]) -> None:
    """Who holds the appointment is not invited to it; nor is anybody a second time."""
    if is_appointed(organisation, role, email):
        raise Refusal(_("Человек с этой почтой уже назначен на эту должность."))
    same = Invitation(email=email.strip().casefold(), **names)
    if any(same_person(same, one) for one in Invitation.objects.open().filter(organisation=organisation, role=role)):
        raise Refusal(_("Этот человек на эту должность уже приглашён."))


def same_person(first: Invitation, second: Invitation) -> bool:
    """By mail where both have one, else by name."""
    if first.email and second.email:
        return first.email == second.email
    return first.full_name.casefold() == second.full_name.casefold()


def is_appointed(organisation: Organisation, role: str, email: str) -> bool:
    """Does the account with this mail hold the appointment?"""
    held = Appointment.objects.in_force(timezone.localdate()).filter(organisation=organisation, role=role)
    return bool(email) and held.filter(user__email=email.strip().casefold()).exists()


@transaction.atomic
def send_again(invitation: Invitation, *, by: User) -> None:
    """A new link by mail; the former one stops working."""
    invitation = open_one(invitation, by)
    if not invitation.email:
        raise Refusal(_("В приглашении нет почты. Напечатайте лист."))
    path = renew(invitation, by=by)
    if not send_link(invitation, path, by):
        raise Refusal(_("Почтовый сервер не настроен. Напечатайте лист с приглашением."))


@transaction.atomic
def print_sheet(invitation: Invitation, *, by: User) -> str:
    """A new link for paper: its path, told this once. The former link stops working."""
    invitation = open_one(invitation, by)
    path = renew(invitation, by=by)
    Invitation.objects.filter(pk=invitation.pk).update(delivery=Invitation.Delivery.PAPER, message_id=None, delivery_error="")
    return path


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    """The link stops working for good."""
    invitation = open_one(invitation, by)
    Invitation.objects.filter(pk=invitation.pk).update(revoked_at=timezone.now())
    trail.record("accounts.invitation_revoked", invitation, by=by, organisation=invitation.organisation)


def open_one(invitation: Invitation, by: User) -> Invitation:
    """The locked row, when it is still open and the role is one that the person may give."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.revoked_at:
        raise Refusal(_("Приглашение уже принято или отозвано."))
    if not may_give(by, invitation.organisation, invitation.role):
        raise Refusal(_("На эту должность вы приглашать не можете. Попросите вышестоящего руководителя."))
    return invitation


def renew(invitation: Invitation, *, by: User) -> str:
    """A new key and term; the invitation is now that of whoever renews it. Returns the path."""
    path = new_link(invitation)
    invitation.invited_as, invitation.opened_at = by.appointment, None
    invitation.save(update_fields=["token_digest", "expires_at", "invited_as", "opened_at"])
    trail.record(
        "accounts.invitation_renewed", invitation, by=by, organisation=invitation.organisation,
        after={"expires_at": invitation.expires_at},
    )  # fmt: skip
    return path


def new_link(invitation: Invitation) -> str:
    """Give the row a new key; returns the path that opens it."""
    key = secrets.token_urlsafe(32)
    invitation.token_digest, invitation.expires_at = digest_of(key), timezone.now() + VALID
    return reverse("accounts:accept_invitation", kwargs={"token": key})


def digest_of(key: str) -> str:
    """Keyed with the installation's secret."""
    return salted_hmac("nastavnik.invitation", key, algorithm="sha256").hexdigest()


def send_link(invitation: Invitation, path: str, by: User) -> bool:
    """Have it mailed, if there is an address and a server; says whether it was."""
    answers = invitation_issued.send(Invitation, invitation=invitation, path=path, by=by) if invitation.email else []
    message_id = next((answer for _receiver, answer in answers if answer), None)
    if message_id is None:
        return False
    Invitation.objects.filter(pk=invitation.pk).update(
        delivery=Invitation.Delivery.QUEUED, message_id=message_id, delivery_error="", sent_at=None
    )
    return True


def note_delivery(message_id: Any, *, sent: bool, given_up: bool, error: str = "") -> None:
    """How the mail of an invitation went; a message of something else changes nothing."""
    state = Invitation.Delivery.SENT if sent else Invitation.Delivery.FAILED if given_up else Invitation.Delivery.QUEUED
    Invitation.objects.filter(message_id=message_id).update(
        delivery=state, delivery_error=error[:300], sent_at=timezone.now() if sent else None
    )


def invitation_by(token: str) -> Invitation | None:
    """The usable invitation that a link opens."""
    rows = Invitation.objects.select_related("organisation", "invited_as__user", "invited_as__organisation")
    found = rows.filter(token_digest=digest_of(token)).first()
    return found if found is not None and found.is_usable(timezone.now()) else None


def note_opened(invitation: Invitation) -> None:
    """The first time counts."""
    Invitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=timezone.now())


def account_of(invitation: Invitation) -> User | None:
    """Who has an account with the mail of the invitation."""
    if not invitation.email:
        return None
    return User.objects.filter(region_id=invitation.region_id, email=invitation.email).first()


def accept_with_new_account(token: str, *, username: str, password: str) -> User:
    """Open the account and take up the appointment. Hashing is slow, so it is done before the transaction."""
    hashed = make_password(password)
    with transaction.atomic():
        invitation = usable(token)
        names = {name: getattr(invitation, name) for name in ("surname", "given_name", "patronymic", "email")}
        user = open_account(invitation.organisation, username=username, **names, by=None)
        user.password, user.must_change_password = hashed, False
        user.save(update_fields=["password", "must_change_password"])
        take_up(invitation, user)
    return user


@transaction.atomic
def accept_with_account(token: str, *, by: User) -> None:
    """Add the appointment to the account that has the mail of the invitation."""
    invitation = usable(token)
    if not invitation.email or by.email != invitation.email:
        raise Refusal(_("Приглашение не для вас: у вашей учётной записи другая почта."))
    take_up(invitation, by)


def usable(token: str) -> Invitation:
    """The locked row behind a link, looked at again: of two uses at once one wins."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation", "invited_as__user")
    invitation = rows.filter(token_digest=digest_of(token)).first()
    if invitation is None or not invitation.is_usable(timezone.now()):
        raise Refusal(_("Приглашение уже принято, отозвано или его срок вышел."))
    return invitation


def take_up(invitation: Invitation, user: User) -> None:
    """The appointment, given by whoever invited: if that person may not give it any more, the invitation is worth nothing."""
    inviter = invitation.invited_as.user
    inviter.appointment = inviter.appointments_in_force(timezone.localdate()).filter(pk=invitation.invited_as_id).first()
    if inviter.appointment is None or not inviter.is_active:
        raise Refusal(_("Тот, кто вас пригласил, больше не может назначать. Попросите новое приглашение."))
    appoint(user, invitation.organisation, role=invitation.role, starts_on=timezone.localdate(), by=inviter)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now(), accepted_by=user)
    trail.record("accounts.invitation_accepted", invitation, by=user, organisation=invitation.organisation)
