"""Assignments as lists: filters of the address, the same for screen, print and export."""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date

from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Appointment
from nastavnik.core.text import search_form
from nastavnik.roadmap.enums import RoadmapState, ShownState
from nastavnik.roadmap.models import Assignment
from planreader.model import Role as PlanRole

NO_DAY = date(9999, 12, 31)
ORDERS = {
    "due": ["sort_day", "organisation__sort_key", "pk"],
    "school": ["organisation__sort_key", "sort_day", "pk"],
    "number": ["measure__position", "organisation__sort_key", "pk"],
}
# Which appointment does what a party of the plan is asked to do.
ROLE_OF_PARTY = {
    PlanRole.MUNICIPAL_HEAD: Role.MUNICIPAL_HEAD, PlanRole.MUNICIPAL_DEPARTMENT: Role.MUNICIPAL_COORDINATOR,
    PlanRole.SCHOOL_HEAD: Role.SCHOOL_HEAD, PlanRole.SCHOOL_COORDINATOR: Role.SCHOOL_COORDINATOR, PlanRole.DEPUTY_HEAD: Role.DEPUTY_HEAD,
}  # fmt: skip


def assignment_rows(user: Any, query: QueryDict) -> QuerySet[Assignment]:
    """Assignments of the branch with `shown`: `roadmap`, `measure`, `organisation` (address), `state` (shown state or «open»),
    `section`, `from`, `to`, `own=1`, `q`."""
    today = timezone.localdate()
    rows = Assignment.objects.visible_to(user).filter(roadmap__state=RoadmapState.ACTIVE).with_shown_state(today)
    rows = rows.annotate(sort_day=Coalesce(F("due_on"), Value(NO_DAY)))
    for name, lookup in (("roadmap", "roadmap_id"), ("measure", "measure_id")):
        if query.get(name):
            rows = rows.filter(**{lookup: query[name]}) if is_uuid(query[name]) else rows.none()
    if query.get("organisation"):
        rows = rows.filter(organisation__slug=query["organisation"])
    if query.get("own"):
        rows = rows.of_own_organisation(user)
    if query.get("section", "").isdigit():
        rows = rows.filter(measure__section__position=int(query["section"]))
    rows = in_state(rows, query.get("state", ""), today)
    since, until = day_of(query.get("from")), day_of(query.get("to"))
    if since:
        rows = rows.filter(due_on__gte=since)
    if until:
        rows = rows.filter(due_on__lte=until)
    for word in search_form(query.get("q", "")).split():
        rows = rows.filter(Q(measure__search_text__contains=word) | Q(organisation__search_text__contains=word))
    return rows


def in_state(rows: Any, state: str, today: date) -> Any:
    """Only one shown state; «required» is all but «Не требуется», «finished» both kinds of done."""
    if state == "required":
        return rows.exclude(state="not_applicable")
    if state == "finished":
        return rows.filter(state="done")
    return rows.shown_as(state, today) if state in ShownState.values else rows


def for_list(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """What a list shows of each row."""
    return rows.select_related("measure", "measure__section", "organisation").defer(
        "measure__search_text", "measure__warnings", "measure__occurrences", "measure__section__occurrences"
    )


def is_uuid(text: str) -> bool:
    """Could this be a key? Anything else finds nothing."""
    return len(text.replace("-", "")) == 32 and all(letter in "0123456789abcdefABCDEF-" for letter in text)


def day_of(text: str | None) -> date | None:
    """A typed day; nonsense counts as nothing."""
    try:
        return parse_date(text or "")
    except ValueError:
        return None


def executors_of(assignment: Assignment) -> list[Appointment]:
    """People of the organisation whose role the measure asks for: one query."""
    parties = [PlanRole(party.role) for party in assignment.measure.parties.all()]
    roles = {ROLE_OF_PARTY[role] for role in parties if role in ROLE_OF_PARTY} or {
        Role.SCHOOL_COORDINATOR,
        Role.MUNICIPAL_COORDINATOR,
    }
    held = assignment.organisation.appointments.in_force(timezone.localdate()).filter(role__in=roles)
    return list(held.select_related("user").order_by("user__sort_key"))
