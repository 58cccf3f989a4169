"""Passwords: change, reset by mail, reset by a one-time code that a superior prints."""

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.sessions import end_sessions
from nastavnik.accounts.actions.throttling import RESET_FROM_ADDRESS, RESET_OF_ACCOUNT, here, is_over
from nastavnik.accounts.models import OneTimeCode, User, UserSession
from nastavnik.accounts.rules import may_help, place_of
from nastavnik.accounts.signals import code_issued, password_reset_asked
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.jobs.actions import enqueue

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without 0, O, 1 and I, which are mistaken for each other on paper
CODE_LENGTH = 10
CODE_VALID = timedelta(days=3)


def set_new_password(user: User, password: str, *, by: Any, but: UserSession | None = None) -> None:
    """Store the password; every session of the account ends but the present one, open codes die. Hashing is slow on purpose, so
    it is done before the transaction: nobody else has to wait for the write lock meanwhile."""
    store_password(user, make_password(password), by=by, action="accounts.password_changed", but=but)


def use_reset_link(user: User, token: str, password: str) -> bool:
    """Set the password by a mailed link. False when the link has been used or has expired meanwhile; the row is locked while
    the link is looked at again, so that of two uses at once one wins."""
    hashed = make_password(password)
    with transaction.atomic():
        fresh = User.objects.select_for_update().get(pk=user.pk)
        if not default_token_generator.check_token(fresh, token):
            return False
        store_password(fresh, hashed, by=fresh, action="accounts.password_reset")
    return True


@transaction.atomic
def store_password(user: User, hashed: str, *, by: Any, action: str, but: UserSession | None = None) -> None:
    """Write the hash and what follows from it."""
    user.password, user.must_change_password = hashed, False
    user.save(update_fields=["password", "must_change_password"])
    end_codes(user)
    end_sessions(user, but=but)
    trail.record(action, user, by=by, organisation=place_of(user))


def end_codes(user: User) -> None:
    """No earlier code of the account works any more."""
    user.codes.filter(used_at=None).update(used_at=timezone.now())


@transaction.atomic
def ask_for_reset(name: str) -> None:
    """Have a link for a new password mailed to the accounts with this name or mail. The work is left to a job, also when there
    is no such account: neither the answer nor how long it takes says whether there is one."""
    name = name.strip().casefold()
    if not name or is_over(RESET_FROM_ADDRESS, here()) or is_over(RESET_OF_ACCOUNT, name):
        return
    found = User.objects.filter(Q(username=name) | Q(email=name), is_active=True).exclude(email="").order_by("pk")
    enqueue("accounts.send_reset_links", accounts=[str(pk) for pk in found.values_list("pk", flat=True)[:3]])


@transaction.atomic
def send_reset_links(accounts: list[str]) -> None:
    """Tell the apps above to mail the links; they alone know how."""
    for user in User.objects.filter(pk__in=[UUID(pk) for pk in accounts], is_active=True):
        path = reverse("accounts:new_password", kwargs={"pk": user.pk, "token": default_token_generator.make_token(user)})
        password_reset_asked.send(User, user=user, path=path)
        trail.record("accounts.reset_asked", user, by=None, organisation=place_of(user))


@transaction.atomic
def issue_code(user: User, *, by: User) -> str:
    """A one-time code for somebody below the issuer; earlier codes die. Returned once, stored as a hash only."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not may_help(by, user):
        raise Refusal(_("Код может выдать только руководитель того, кому он нужен."))
    if not user.is_active:
        raise Refusal(_("Вход этого человека закрыт. Сначала откройте вход, потом выдайте код."))
    end_codes(user)
    code = new_code()
    OneTimeCode.objects.create(
        region_id=user.region_id,
        user=user,
        code_hash=code_hash(user, code),
        issued_by=by,
        expires_at=timezone.now() + CODE_VALID,
    )
    trail.record("accounts.code_issued", user, by=by, organisation=place_of(user))
    code_issued.send(User, user=user, by=by)
    return code


@transaction.atomic
def use_code(name: str, code: str) -> User | None:
    """The account whose code this is; the code is used up by that and all sessions of the account end. None when nothing
    fits. Until a new password is set, the account opens nothing else."""
    name = name.strip().casefold()
    clean = "".join(letter for letter in code.upper() if letter.isalnum())
    now = timezone.now()
    waiting = OneTimeCode.objects.select_related("user").filter(
        Q(user__username=name) | Q(user__email=name), used_at=None, expires_at__gt=now, user__is_active=True
    )
    for one in waiting:
        fits = constant_time_compare(one.code_hash, code_hash(one.user, clean))
        if fits and OneTimeCode.objects.filter(pk=one.pk, used_at=None).update(used_at=now):
            User.objects.filter(pk=one.user_id).update(must_change_password=True, session_number=F("session_number") + 1)
            end_sessions(one.user)
            trail.record("accounts.code_used", one.user, by=one.user, organisation=place_of(one.user))
            return User.objects.get(pk=one.user_id)
    return None


def new_code() -> str:
    """Ten readable letters and digits by chance."""
    return "".join(secrets.choice(CODE_LETTERS) for _number in range(CODE_LENGTH))


def code_hash(user: User, code: str) -> str:
    """Keyed with the installation's secret and the account."""
    return salted_hmac(f"nastavnik.code {user.pk}", code, algorithm="sha256").hexdigest()


def spaced(code: str) -> str:
    """«ABCDE FGHJK», easier to copy from paper."""
    return f"{code[:5]} {code[5:]}"
