"""Passwords: change, reset by mail, reset by a one-time code that a superior prints."""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.throttling import RESET_OF_ACCOUNT, is_over
from nastavnik.accounts.models import OneTimeCode, User
from nastavnik.accounts.rules import may_help
from nastavnik.accounts.signals import code_issued, password_reset_asked
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without 0, O, 1 and I, which are mistaken for each other on paper
CODE_LENGTH = 10
CODE_VALID = timedelta(days=3)


@transaction.atomic
def set_new_password(user: User, password: str, *, by: Any, action: str = "accounts.password_changed") -> None:
    """Store the password; every other session of the account ends, open codes die."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    user.codes.filter(used_at=None).update(used_at=timezone.now())
    trail.record(action, user, by=by)


@transaction.atomic
def end_all_sessions(user: User, *, by: Any) -> None:
    """«Выйти везде»."""
    user.session_number += 1
    user.save(update_fields=["session_number"])
    trail.record("accounts.sessions_ended", user, by=by)


@transaction.atomic
def ask_for_reset(name: str) -> None:
    """Mail a link for a new password to the account with this name or mail. Says nothing about whether there is one."""
    name = name.strip().casefold()
    if not name or is_over(RESET_OF_ACCOUNT, name):
        return
    for user in User.objects.filter(Q(username=name) | Q(email=name), is_active=True).exclude(email="")[:3]:
        path = reverse("accounts:new_password", kwargs={"pk": user.pk, "token": default_token_generator.make_token(user)})
        password_reset_asked.send(User, user=user, path=path)
        trail.record("accounts.reset_asked", user, by=None)


@transaction.atomic
def issue_code(user: User, *, by: User) -> str:
    """A one-time code for somebody below the issuer; earlier codes die. Returned once, stored as a hash only."""
    if not may_help(by, user):
        raise Refusal(_("Код может выдать только руководитель того, кому он нужен."))
    user.codes.filter(used_at=None).update(used_at=timezone.now())
    code = new_code()
    OneTimeCode.objects.create(
        region_id=user.region_id,
        user=user,
        code_hash=code_hash(user, code),
        issued_by=by,
        expires_at=timezone.now() + CODE_VALID,
    )
    trail.record("accounts.code_issued", user, by=by)
    code_issued.send(User, user=user, by=by)
    return code


@transaction.atomic
def use_code(name: str, code: str) -> User | None:
    """The account whose code this is; the code is used up by that. None when nothing fits."""
    name = name.strip().casefold()
    clean = "".join(letter for letter in code.upper() if letter.isalnum())
    now = timezone.now()
    waiting = OneTimeCode.objects.select_related("user").filter(
        Q(user__username=name) | Q(user__email=name), used_at=None, expires_at__gt=now, user__is_active=True
    )
    for one in waiting:
        fits = constant_time_compare(one.code_hash, code_hash(one.user, clean))
        if fits and OneTimeCode.objects.filter(pk=one.pk, used_at=None).update(used_at=now):
            User.objects.filter(pk=one.user_id).update(must_change_password=True)
            trail.record("accounts.code_used", one.user, by=one.user)
            one.user.must_change_password = True
            return one.user
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
