"""Sessions: begin, note that they are used, end."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from nastavnik.accounts.devices import coarse_address, device_words
from nastavnik.accounts.models import User, UserSession
from nastavnik.accounts.rules import place_of
from nastavnik.audit import trail

KEY = "key"
SEEN_EVERY = timedelta(minutes=2)
KEPT = timedelta(days=90)


def begin_session(request: HttpRequest, user: User) -> UserSession:
    """A row for a log-in; its key goes into the cookie, only the digest is stored."""
    key = secrets.token_urlsafe(32)
    request.session[KEY] = key
    request.user_session = UserSession.objects.create(
        region_id=user.region_id,
        user=user,
        key_digest=digest_of(key),
        address=coarse_address(trail.current_trace.get().address),
        device=device_words(request.META.get("HTTP_USER_AGENT", "")[:400]),
    )
    return request.user_session


def digest_of(key: str) -> str:
    """Keyed with the installation's secret."""
    return salted_hmac("nastavnik.session", key, algorithm="sha256").hexdigest()


def note_seen(session: UserSession) -> None:
    """Write the last use, at most every few minutes; a session that has just been ended stays ended."""
    now = timezone.now()
    if now - session.last_seen_at >= SEEN_EVERY:
        address = coarse_address(trail.current_trace.get().address)
        UserSession.objects.filter(pk=session.pk, ended_at=None).update(last_seen_at=now, address=address)


def end_sessions(user: User, *, but: UserSession | None = None) -> int:
    """All sessions of an account are dead from now on, except one; returns how many there were. Part of other actions."""
    rows = UserSession.objects.filter(user=user, ended_at=None)
    return (rows if but is None else rows.exclude(pk=but.pk)).update(ended_at=timezone.now())


def end_session(session: UserSession) -> None:
    """This one is dead, whoever still holds a copy of its cookie."""
    UserSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=timezone.now())


@transaction.atomic
def end_one_session(session: UserSession, *, by: Any) -> None:
    """«Выйти» on another device."""
    user = session.user
    end_session(session)
    trail.record("accounts.session_ended", user, by=by, after={"device": session.device}, organisation=place_of(user))


@transaction.atomic
def end_other_sessions(user: User, *, but: UserSession | None, by: Any) -> None:
    """«Выйти на других устройствах»."""
    if end_sessions(user, but=but):
        trail.record("accounts.sessions_ended", user, by=by, organisation=place_of(user))


def forget_old_sessions() -> int:
    """Rows of sessions that nobody can use any more; returns how many went."""
    return UserSession.objects.filter(last_seen_at__lt=timezone.now() - KEPT).delete()[0]
