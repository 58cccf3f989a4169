"""What a calendar link shows: the same assignments that its appointment sees in the list, as dated events."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.enums import OPEN_STATES, AssignmentState, ShownState
from nastavnik.roadmap.models import Assignment, CalendarFeed
from nastavnik.roadmap.models.assignments import AssignmentQuerySet
from nastavnik.roadmap.queries.calendar import list_of
from nastavnik.roadmap.queries.lists import assignment_rows, filters_of, for_list

MOST_EVENTS, LONGEST_SUMMARY = 2000, 140
DONE = (ShownState.DONE, ShownState.DONE_LATE)
BACK = timedelta(days=120)  # what is older is history, and a calendar on a phone grows slow


@dataclass(frozen=True, slots=True)
class Event:
    """One all-day event. `sequence` grows with every change; `path` is where it opens; `dropped` crosses it out."""

    uid: str
    day: date
    summary: str
    description: str
    path: str
    sequence: int
    changed_at: datetime
    dropped: bool = False


def feed_by(digest: str) -> CalendarFeed | None:
    """The link with that digest while it works: not revoked, its account open, its appointment in force. One query."""
    rows = CalendarFeed.objects.alive(timezone.localdate()).filter(token_digest=digest)
    return rows.select_related("user", "appointment__organisation").first()


def events_of(feed: CalendarFeed) -> list[Event]:
    """Events of a link, as its appointment sees them now: one query. A school gets its assignments, those above it measures
    with the number of schools."""
    reader, query = feed.user, QueryDict(feed.query)
    reader.appointment = feed.appointment
    if not reader.may("roadmap.view_roadmap"):
        return []
    rows = assignment_rows(reader, query).filter(due_on__gte=timezone.localdate() - BACK)
    if feed.appointment.organisation.kind in (OrganisationKind.SCHOOL, OrganisationKind.PARTNER):
        found = for_list(rows).select_related("measure__roadmap").order_by("due_on", "pk")[:MOST_EVENTS]
        return [event_of(one) for one in found]
    return [event_of_many(group, filters_of(query)) for group in grouped(rows)]


def event_of(one: Assignment) -> Event:
    """An assignment as an event."""
    shown, measure = ShownState(one.shown), one.measure
    lines = [
        str(shown.label), _("Срок в плане: %(deadline)s") % {"deadline": measure.deadline_text} if measure.deadline_text else "",
        _("Результат: %(result)s") % {"result": measure.result} if measure.result else "",
    ]  # fmt: skip
    return Event(
        uid=f"assignment-{one.pk}", day=one.due_on, summary=titled(measure.number, measure.text, finished=shown in DONE),
        description="\n".join(line for line in lines if line), path=reverse("roadmap:assignment_detail", args=[one.pk]),
        sequence=one.version + measure.version - 2, changed_at=one.marked_at or measure.roadmap.created_at,
        dropped=one.state == AssignmentState.NOT_APPLICABLE,
    )  # fmt: skip


def grouped(rows: AssignmentQuerySet) -> list[dict[str, Any]]:
    """Assignments counted per measure and day."""
    columns = ("due_on", "measure_id", "measure__number", "measure__text", "measure__version", "measure__roadmap__created_at")
    late = Q(state__in=OPEN_STATES, awaits_date=False, due_on__lt=timezone.localdate())
    found = rows.order_by().values(*columns).annotate(
        total=Count("pk"), versions=Sum("version"), marked=Max("marked_at"), late=Count("pk", filter=late),
        done=Count("pk", filter=Q(state=AssignmentState.DONE)),
        dropped=Count("pk", filter=Q(state=AssignmentState.NOT_APPLICABLE)),
    )  # fmt: skip
    return list(found.order_by("due_on", "measure__position", "measure_id")[:MOST_EVENTS])


def event_of_many(group: dict[str, Any], filters: dict[str, str]) -> Event:
    """A measure of many organisations as one event."""
    required, done, late = group["total"] - group["dropped"], group["done"], group["late"]
    words = _("Сделали: %(done)s из %(required)s.") % {"done": done, "required": required}
    if late:
        words += " " + _("Просрочено: %(late)s.") % {"late": late}
    finished = bool(required) and done == required
    return Event(
        uid=f"measure-{group['measure_id']}-{group['due_on']:%Y%m%d}", day=group["due_on"],
        summary=titled(group["measure__number"], group["measure__text"], finished=finished, note=f"{done}/{required}"),
        description=words, path=list_of(filters, group["measure_id"], group["due_on"]),
        sequence=group["versions"] - group["total"] + group["measure__version"] - 1,
        changed_at=group["marked"] or group["measure__roadmap__created_at"], dropped=not required,
    )  # fmt: skip


def titled(number: str, text: str, *, finished: bool, note: str = "") -> str:
    """«✓ 2.1. Мониторинг»: the sign says what is finished, since calendar programs show no states."""
    parts = ("✓" if finished else "", number, Truncator(text).chars(LONGEST_SUMMARY), f"({note})" if note else "")
    return " ".join(part for part in parts if part)
