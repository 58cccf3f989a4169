"""Log-in: throttled, noted in the access ledger."""

from typing import Any

from django.contrib.auth import authenticate, login
from django.http import HttpRequest
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.throttling import (
    LOGIN_FROM_ADDRESS,
    LOGIN_OF_ACCOUNT,
    forget_tries,
    is_over,
    minutes_left,
)
from nastavnik.accounts.models import User
from nastavnik.audit.models import Access
from nastavnik.audit.trail import build_access


def try_to_log_in(request: HttpRequest, *, username: str, password: str) -> str:
    """Log the person in and return "", or return one sentence that says why not.

    Tries are counted before the password is looked at, per account and address and per address alone.
    """
    address = request.META.get("REMOTE_ADDR", "")
    name = username.strip().casefold()
    if is_over(LOGIN_FROM_ADDRESS, address) or is_over(LOGIN_OF_ACCOUNT, name, address):
        return _("Слишком много попыток. Подождите %(minutes)s мин. и попробуйте снова.") % {
            "minutes": minutes_left(LOGIN_OF_ACCOUNT)
        }
    user = authenticate(request, username=name, password=password)
    if user is None:
        note_failure(name)
        return _("Имя или пароль не подходят. Проверьте раскладку и Caps Lock. Если забыли пароль, получите новый.")
    forget_tries(LOGIN_OF_ACCOUNT, name, address)
    login(request, user)
    build_access(Access.Kind.LOGIN, user, by=user).save(force_insert=True)
    return ""


def note_failure(name: str) -> None:
    """A failed log-in is noted on the account that was meant, if there is one."""
    meant: Any = User.objects.filter(username=name).first()
    build_access(Access.Kind.LOGIN_FAILED, meant or User, by=None).save(force_insert=True)
