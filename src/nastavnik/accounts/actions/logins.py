"""Log-in with a password or a one-time code, then with the second factor where there is one: throttled, noted in the access
ledger."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, authenticate, login
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.factors import use_any_code
from nastavnik.accounts.actions.passwords import use_code
from nastavnik.accounts.actions.sessions import end_session
from nastavnik.accounts.actions.throttling import (
    CODE_FROM_ADDRESS,
    FACTOR_OF_ACCOUNT,
    LOGIN_FROM_ADDRESS,
    LOGIN_OF_ACCOUNT,
    forget_tries,
    here,
    is_over,
    minutes_left,
    take_back_try,
)
from nastavnik.accounts.models import SecondFactor, User
from nastavnik.accounts.rules import place_of
from nastavnik.audit.models import Access
from nastavnik.audit.trail import build_access
from nastavnik.core.errors import Refusal

BACKEND = "nastavnik.accounts.backends.NameOrEmailBackend"
WAITING = "waits for the second factor"
FACTOR_WITHIN = timedelta(minutes=5)


def try_to_log_in(request: HttpRequest, *, username: str, password: str) -> str:
    """Log the person in (or ask for the second factor next) and return "", or return one sentence that says why not.

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
    admit_or_ask(request, user)
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
    admit_or_ask(request, user, ground=_("одноразовый код"))
    return ""


def admit_or_ask(request: HttpRequest, user: User, *, ground: str = "") -> None:
    """Begin a session, or remember for five minutes who has shown the first factor. The hash ties that to the password of
    now: after a change of password the log-in begins anew."""
    if not SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists():
        admit(request, user, ground=ground)
        return
    request.session.flush()
    request.session[WAITING] = {
        "user": str(user.pk), HASH_SESSION_KEY: user.get_session_auth_hash(), "at": timezone.now().timestamp(), "ground": ground,
    }  # fmt: skip


def person_waiting(request: HttpRequest) -> User | None:
    """Who has shown the first factor in this browser within the last minutes."""
    waiting = request.session.get(WAITING)
    if not waiting or timezone.now().timestamp() - waiting["at"] > FACTOR_WITHIN.total_seconds():
        return None
    user = User.objects.filter(pk=waiting["user"], is_active=True).first()
    if user is None or not constant_time_compare(waiting[HASH_SESSION_KEY], user.get_session_auth_hash()):
        return None
    return user


def try_factor(request: HttpRequest, user: User, *, code: str) -> str:
    """Log the person in by the second factor and return "", or return one sentence that says why not. Tries are counted per
    account alone: whoever has got that far knows the password, wherever the tries come from."""
    if is_over(FACTOR_OF_ACCOUNT, str(user.pk)):
        return too_many(minutes_left(FACTOR_OF_ACCOUNT))
    try:
        fits = use_any_code(user, code)
    except Refusal as refusal:
        return str(refusal)
    if not fits:
        note_failure(user.username, ground=_("второй фактор"), meant=user)
        return _("Код не подошёл. Наберите новый код из приложения: каждый действует один раз.")
    forget_tries(FACTOR_OF_ACCOUNT, str(user.pk))
    ground = request.session.pop(WAITING)["ground"]
    admit(request, user, ground=ground or _("со вторым фактором"))
    return ""


def too_many(minutes: int) -> str:
    """The sentence for somebody who has to wait."""
    return _("Слишком много попыток. Подождите %(minutes)s мин. и попробуйте снова.") % {"minutes": minutes}


def admit(request: HttpRequest, user: Any, *, ground: str = "") -> None:
    """Begin a session with a new key, and note it; one that was open in this browser ends."""
    if getattr(request, "user_session", None) is not None:
        end_session(request.user_session)
    login(request, user, backend=BACKEND)
    build_access(Access.Kind.LOGIN, user, by=user, ground=ground).save(force_insert=True)


def note_failure(name: str, *, ground: str = "", meant: User | None = None) -> None:
    """A failed log-in is noted on the account that was meant, if there is one, for those who lead its organisation."""
    meant = meant or User.objects.filter(Q(username=name) | Q(email=name)).order_by("pk").first()
    place = place_of(meant) if meant else None
    build_access(Access.Kind.LOGIN_FAILED, meant or User, by=None, ground=ground, organisation=place).save(force_insert=True)
