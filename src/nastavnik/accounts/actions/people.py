"""Accounts of staff: open, change, block."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.passwords import end_codes
from nastavnik.accounts.actions.sessions import end_sessions
from nastavnik.accounts.models import User
from nastavnik.accounts.rules import may_help, place_of
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.organisations.models import Organisation

COMPARED_FOLDED = {"username", "email"}  # `User.save` keeps them in lower case


@transaction.atomic
def open_account(
    organisation: Organisation, *, username: str, surname: str, given_name: str, patronymic: str = "", email: str = "",
    phone: str = "", by: Any,
) -> User:  # fmt: skip
    """A new account without a usable password: the first one is set by a one-time code."""
    user = User(
        region_id=organisation.region_id or 0, username=username, email=email, surname=surname, given_name=given_name,
        patronymic=patronymic, phone=phone, must_change_password=True,
    )  # fmt: skip
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(_("Такое имя для входа или такая почта уже есть. Возьмите другое имя или найдите этого человека.")) from error
    trail.record("accounts.opened", user, by=by, after={"username": user.username}, organisation=organisation)
    return user


@transaction.atomic
def change_account(user: User, *, by: User, **fields: str) -> User:
    """Change names and contacts: one's own, or of somebody below."""
    if by.pk != user.pk:
        require_superior(by, user)
    fields = {name: value.strip().casefold() if name in COMPARED_FOLDED else value for name, value in fields.items()}
    before = {name: getattr(user, name) for name in fields if getattr(user, name) != fields[name]}
    if not before:
        return user
    for name in before:
        setattr(user, name, fields[name])
    try:
        with transaction.atomic():
            user.save(update_fields=list(before))
    except IntegrityError as error:
        raise Refusal(_("Такое имя для входа или такая почта уже есть у другого человека.")) from error
    after = {name: fields[name] for name in before}
    trail.record("accounts.changed", user, by=by, before=before, after=after, organisation=place_of(user))
    return user


@transaction.atomic
def block_account(user: User, *, reason: str, by: User) -> None:
    """No more log-ins; sessions and codes end for good, so that none comes back to life when the account is opened again.
    Appointments stay as they are: who leaves for good gets an end of the appointment as well."""
    require_superior(by, user)
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False, session_number=F("session_number") + 1):
        return
    end_codes(user)
    end_sessions(user)
    trail.record("accounts.blocked", user, by=by, reason=reason, organisation=place_of(user))


@transaction.atomic
def unblock_account(user: User, *, by: User) -> None:
    """Log-in is possible again, with the password that was."""
    require_superior(by, user)
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        return
    trail.record("accounts.unblocked", user, by=by, organisation=place_of(user))


def put_news_away(user: User, *, number: int) -> None:
    """Remember up to which entry of «Что нового» the person has seen it; an older tab takes nothing back. No concern of the
    ledger."""
    User.objects.filter(pk=user.pk, news_seen__lt=number).update(news_seen=number)


def require_superior(by: User, user: User) -> None:
    """Refuse to touch an account that is not below."""
    if not may_help(by, user):
        raise Refusal(_("Данные и вход этого человека меняет только его руководитель."))
