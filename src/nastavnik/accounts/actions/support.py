"""Helping out in another person's account: begin, end. The session stays the helper's own."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.factors import use_any_code
from nastavnik.accounts.models import SupportVisit, User, UserSession
from nastavnik.accounts.rules import may_support, place_of
from nastavnik.accounts.signals import support_begun
from nastavnik.audit import trail
from nastavnik.audit.models import Access
from nastavnik.core.errors import Refusal

SUPPORT_LASTS = timedelta(minutes=30)


@transaction.atomic
def begin_support(session: UserSession, person: User, *, reason: str, by: User, code: str = "") -> SupportVisit:
    """Let a session work as somebody below for half an hour; the person is told at once. Whoever has a second factor shows it
    once more."""
    if by.supported_by is not None or not may_support(by, person):
        raise Refusal(_("От имени этого человека вы работать не можете."))
    if by.has_factor and not use_any_code(by, code):
        raise Refusal(_("Код не подошёл. Наберите новый код из приложения."))
    now = timezone.now()
    visit = SupportVisit.objects.create(
        region_id=person.region_id, supporter=by, appointment=by.appointment, person=person, reason=reason,
        began_at=now, ends_at=now + SUPPORT_LASTS,
    )  # fmt: skip
    UserSession.objects.filter(pk=session.pk).update(support=visit)
    place = place_of(person)
    trail.record("accounts.support_begun", person, by=by, reason=reason, organisation=place)
    trail.build_access(Access.Kind.SUPPORT, person, by=by, ground=reason[:200], organisation=place).save(force_insert=True)
    support_begun.send(User, visit=visit)
    return visit


@transaction.atomic
def end_support(session: UserSession) -> None:
    """The session is its owner's again. Doing it twice changes nothing."""
    visit = session.support
    if visit is None or not UserSession.objects.filter(pk=session.pk, support=visit).update(support=None):
        return
    ended = min(timezone.now(), visit.ends_at)
    SupportVisit.objects.filter(pk=visit.pk, ended_at=None).update(ended_at=ended)
    trail.record("accounts.support_ended", visit.person, by=session.user, organisation=place_of(visit.person))
