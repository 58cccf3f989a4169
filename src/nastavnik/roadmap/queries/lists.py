"""Assignments as lists. One set of filters, read from the address, serves the screen, the paper, the export and the board,
so that a number and the list behind it cannot differ."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Appointment
from nastavnik.core.identifiers import is_uuid
from nastavnik.core.text import day_of, with_words
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import AssignmentState, ShownState
from nastavnik.roadmap.models import Assignment, ResponsibleParty, Roadmap
from nastavnik.roadmap.models.assignments import OPEN, AssignmentQuerySet
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
    PlanRole.SCHOOL_HEAD: Role.SCHOOL_HEAD, PlanRole.SCHOOL_COORDINATOR: Role.SCHOOL_COORDINATOR,
    PlanRole.DEPUTY_HEAD: Role.DEPUTY_HEAD,
}  # fmt: skip
FINISHED, REQUIRED, UNFINISHED = "finished", "required", "open"
NO_KEY = UUID(int=0)


def key_of(text: str) -> UUID:
    """A typed key; one that is none finds nothing."""
    return UUID(text) if is_uuid(text) else NO_KEY


def number_of(text: str) -> int | None:
    """A typed position; nonsense counts as nothing."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


LOOKUPS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "roadmap": ("roadmap_id", key_of), "measure": ("measure_id", key_of),
    "organisation": ("organisation__slug", str), "municipality": ("organisation__municipality__slug", str),
    "section": ("measure__section__position", number_of), "occurrence": ("occurrence", number_of),
    "from": ("due_on__gte", day_of), "to": ("due_on__lte", day_of),
}  # fmt: skip


def at_work(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    """Only of plans at work. The plans are named first: joined instead, years of old plans would be read along."""
    return rows.filter(roadmap__in=Roadmap.objects.active())


def assignment_rows(user: Any, query: Any) -> AssignmentQuerySet:
    """Assignments of the branch with `shown` and `sort_day`, by the filters of the address (`narrowed`) and one state
    (`in_state`): of plans at work, or of the one that the address names."""
    today = timezone.localdate()
    rows = Assignment.objects.visible_to(user)
    if not (query.get("roadmap") or query.get("measure")):
        rows = at_work(rows)
    rows = in_state(narrowed(rows, user, query), query.get("state", ""), today)
    return rows.with_shown_state(today).annotate(sort_day=Coalesce(F("due_on"), Value(NO_DAY)))


def narrowed(rows: AssignmentQuerySet, user: Any, query: Any) -> AssignmentQuerySet:
    """Filters of the address: `roadmap`, `measure` (keys), `organisation`, `municipality` (addresses), `own`, `section`,
    `occurrence` (numbers), `role` (of the plan), `from`, `to` (days), `school` (words of its name), `q` (words of either).

    A key that is none finds nothing; nonsense in the others counts as nothing typed.
    """
    for name, (lookup, value_of) in LOOKUPS.items():
        typed = query.get(name)
        if typed and (value := value_of(typed)) is not None:
            rows = rows.filter(**{lookup: value})
    if query.get("own"):
        rows = rows.of_own_organisation(user)
    if query.get("role"):
        rows = rows.filter(Exists(ResponsibleParty.objects.filter(measure=OuterRef("measure"), role=query["role"])))
    return worded(rows, query)


def worded(rows: AssignmentQuerySet, query: Any) -> AssignmentQuerySet:
    """Typed words: each must occur in the school's name (`school`), or in the measure or the school's name (`q`)."""
    if query.get("school"):
        rows = rows.filter(organisation__in=with_words(Organisation.objects.all(), query["school"], "search_text"))
    return with_words(rows, query.get("q", ""), "measure__search_text", "organisation__search_text")


def in_state(rows: AssignmentQuerySet, state: str, today: date) -> AssignmentQuerySet:
    """Only one shown state; «required» is all but «Не требуется», «finished» both kinds of done, «open» what is not closed."""
    if state == UNFINISHED:
        return rows.filter(OPEN)
    if state == REQUIRED:
        return rows.exclude(state=AssignmentState.NOT_APPLICABLE)
    if state == FINISHED:
        return rows.filter(state=AssignmentState.DONE)
    return rows.shown_as(state, today) if state in ShownState.values else rows


def for_list(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    """What a list shows of each row."""
    return rows.select_related("measure", "measure__section", "organisation").defer(
        "measure__search_text", "measure__warnings", "measure__occurrences", "measure__section__occurrences"
    )


def executors_of(assignment: Assignment) -> list[Appointment]:
    """People of the organisation whose role the measure asks for: two queries."""
    parties = [PlanRole(party.role) for party in assignment.measure.parties.all()]
    roles = {ROLE_OF_PARTY[role] for role in parties if role in ROLE_OF_PARTY} or {
        Role.SCHOOL_COORDINATOR,
        Role.MUNICIPAL_COORDINATOR,
    }
    held = assignment.organisation.appointments.in_force(timezone.localdate()).filter(role__in=roles)
    return list(held.select_related("user").order_by("user__sort_key"))
