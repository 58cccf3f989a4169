"""Whose request it is. One query finds the session, its person, whether there is a second factor, and in whose account the
person helps out. It takes the place of Django's own middleware, which believes the cookie alone."""

import logging
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from nastavnik.accounts.actions.sessions import KEY, digest_of, note_seen
from nastavnik.accounts.models import SecondFactor, User, UserSession
from nastavnik.audit.trail import support_by

logger = logging.getLogger(__name__)


class LiveSessionMiddleware(AuthenticationMiddleware):
    """Put the person on the request, lazily; afterwards note that the session was used. That is done here and not in the view,
    because a page writes nothing."""

    def process_request(self, request: HttpRequest) -> None:
        """Nothing is asked of the database before somebody looks at the user."""
        request.user_session = None
        request.user = SimpleLazyObject(lambda: user_of(request))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """A database that is busy must not take away an answer that is ready."""
        try:
            if request.user_session is not None:
                note_seen(request.user_session)
        except DatabaseError:
            logger.warning("The last use of a session was not noted.")
        return response


def user_of(request: HttpRequest) -> User | AnonymousUser:
    """The person of a live session, else a visitor; a dead cookie is thrown away."""
    key = request.session.get(KEY)
    if not key:
        return AnonymousUser()
    session, now = found(key), timezone.now()
    if session is None or not session.is_live(now) or not fits(request, session.user):
        request.session.flush()
        return AnonymousUser()
    request.user_session = session
    session.user.has_factor = session.has_factor
    return helped_person(request, session) or session.user


def found(key: str) -> Any:
    """The session of a key with all that a request needs to know, by one query on a unique index."""
    factor = SecondFactor.objects.filter(user=OuterRef("user"), confirmed_at__isnull=False)
    rows = UserSession.objects.select_related("user", "support__person", "support__appointment")
    return rows.annotate(has_factor=Exists(factor)).filter(key_digest=digest_of(key)).first()


def fits(request: HttpRequest, user: User) -> bool:
    """The account is open and its password is the one of the log-in."""
    return user.is_active and constant_time_compare(request.session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())


def helped_person(request: HttpRequest, session: UserSession) -> User | None:
    """Whom the session works as, if it helps out in another account. What is over is ended by `SupportMiddleware`."""
    visit = session.support
    request.support_is_over = visit is not None and not visit.is_on(timezone.now())
    if visit is None or request.support_is_over:
        return None
    person = visit.person
    person.supported_by, person.support_visit = session.user, visit
    support_by(session.user_id, visit.appointment.role)
    return person
