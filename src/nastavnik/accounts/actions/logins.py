"""Log-in with a password or a one-time code: throttled, noted in the access ledger."""

from typing import Any

from django.contrib.auth import authenticate, login
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.passwords import use_code
from nastavnik.accounts.actions.throttling import (
    CODE_FROM_ADDRESS,
    LOGIN_FROM_ADDRESS,
    LOGIN_OF_ACCOUNT,
    forget_tries,
    here,
    is_over,
    minutes_left,
    take_back_try,
)
from nastavnik.accounts.models import User
from nastavnik.accounts.rules import place_of
from nastavnik.audit.models import Access
from nastavnik.audit.trail import build_access

BACKEND = "nastavnik.accounts.backends.NameOrEmailBackend"


def try_to_log_in(request: HttpRequest, *, username: str, password: str) -> str:
    """Log the person in and return "", or return one sentence that says why not.

    Tries are counted before the password is looked at, per account and address and per address alone.
    """
    address, name = here(), username.strip().casefold()
    if is_over(LOGIN_FROM_ADDRESS, address) or is_over(LOGIN_OF_ACCOUNT, name, address):
        return too_many(minutes_left(LOGIN_OF_ACCOUNT))
    user = authenticate(request, username=name, password=password)
    if user is None:
        note_failure(name)
        return _("Имя или пароль не подходят. Проверьте раскладку и Caps Lock. Если забыли пароль, получите новый.")
    forget_tries(LOGIN_OF_ACCOUNT, name, address)
    take_back_try(LOGIN_FROM_ADDRESS, address)
    admit(request, user)
    return ""


def try_code(request: HttpRequest, *, username: str, code: str) -> str:
    """Log the person in by a printed code and return "", or return one sentence that says why not."""
    if is_over(CODE_FROM_ADDRESS, here()):
        return too_many(minutes_left(CODE_FROM_ADDRESS))
    user = use_code(username, code)
    if user is None:
        note_failure(username.strip().casefold(), ground=_("одноразовый код"))
        return _("Код не подошёл: он одноразовый и действует три дня. Попросите руководителя напечатать новый.")
    take_back_try(CODE_FROM_ADDRESS, here())
    admit(request, user, ground=_("одноразовый код"))
    return ""


def too_many(minutes: int) -> str:
    """The sentence for somebody who has to wait."""
    return _("Слишком много попыток. Подождите %(minutes)s мин. и попробуйте снова.") % {"minutes": minutes}


def admit(request: HttpRequest, user: Any, *, ground: str = "") -> None:
    """Begin a session with a new key, and note it."""
    login(request, user, backend=BACKEND)
    build_access(Access.Kind.LOGIN, user, by=user, ground=ground).save(force_insert=True)


def note_failure(name: str, *, ground: str = "") -> None:
    """A failed log-in is noted on the account that was meant, if there is one, for those who lead its organisation."""
    meant = User.objects.filter(Q(username=name) | Q(email=name)).order_by("pk").first()
    place = place_of(meant) if meant else None
    build_access(Access.Kind.LOGIN_FAILED, meant or User, by=None, ground=ground, organisation=place).save(force_insert=True)
