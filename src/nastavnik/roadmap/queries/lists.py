"""Assignments as lists. One set of filters, read from the address, serves the screen, the paper, the export and the board,
so that a number and the list behind it cannot differ."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Appointment
from nastavnik.core.identifiers import is_uuid
from nastavnik.core.paging import flip
from nastavnik.core.text import day_of, number_of, with_words
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import WORST_FIRST, AssignmentState, FactMark, ShownState
from nastavnik.roadmap.facts import fact_of
from nastavnik.roadmap.models import Assignment, FactState, MeasureFact, ResponsibleParty, Roadmap
from nastavnik.roadmap.models.assignments import OPEN, AssignmentQuerySet, shown_condition
from planreader.model import Role as PlanRole

NO_DAY, FIRST_DAY = date(9999, 12, 31), date(1, 1, 1)
NO_TIME, FIRST_TIME = datetime(9000, 1, 1, tzinfo=UTC), datetime(1000, 1, 1, tzinfo=UTC)
# What `order` in the address may say; with a minus before it the first column falls.
ORDERS = {
    "due": ["sort_day", "organisation__sort_key", "pk"],
    "school": ["organisation__sort_key", "sort_day", "pk"],
    "number": ["measure__position", "organisation__sort_key", "pk"],
    "state": ["rank", "sort_day", "pk"],
    "done": ["done_day", "organisation__sort_key", "pk"],
    "marked": ["marked_time", "pk"],
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


LOOKUPS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "roadmap": ("roadmap_id", key_of), "measure": ("measure_id", key_of),
    "organisation": ("organisation__slug", str), "municipality": ("organisation__municipality__slug", str),
    "section": ("measure__section__position", number_of), "occurrence": ("occurrence", number_of),
    "from": ("due_on__gte", day_of), "to": ("due_on__lte", day_of),
}  # fmt: skip


FILTERS = (*LOOKUPS, "own", "role", "school", "fact", "holds", "mark", "q", "state")
LONGEST_FILTER = 100
MOST_COUNTED = 1000


def filters_of(query: Any) -> dict[str, str]:
    """The filters that all views of the list share, as typed: nothing else of the address, nothing empty, nothing that a
    database would choke on."""
    typed = {name: str(query.get(name) or "").replace("\0", "").strip()[:LONGEST_FILTER] for name in FILTERS}
    return {name: value for name, value in typed.items() if value}


def at_work(rows: AssignmentQuerySet, user: Any) -> AssignmentQuerySet:
    """Only of plans that bind, without what schools plan for themselves unless it is the user's own school. The plans are
    named first: joined instead, years of old plans would be read along."""
    return rows.filter(roadmap__in=Roadmap.objects.binding().without_others_own(user))


def assignment_rows(user: Any, query: Any) -> AssignmentQuerySet:
    """Assignments of the branch with `shown` and `sort_day`, by the filters of the address (`narrowed`) and one state
    (`in_state`): of plans at work, or of the one that the address names."""
    today, query = timezone.localdate(), filters_of(query)
    rows = Assignment.objects.visible_to(user)
    if not (query.get("roadmap") or query.get("measure")):
        rows = at_work(rows, user)
    rows = in_state(narrowed(rows, user, query), query.get("state", ""), today)
    return rows.with_shown_state(today).annotate(sort_day=Coalesce(F("due_on"), Value(NO_DAY)))


def narrowed(rows: AssignmentQuerySet, user: Any, query: Any) -> AssignmentQuerySet:
    """Filters of the address: `roadmap`, `measure` (keys), `organisation`, `municipality` (addresses), `own`, `section`,
    `occurrence` (numbers), `role` (of the plan), `from`, `to` (days), `fact` (code) with `holds` (yes or
    no), `mark` (of the facts), `school` (words of its name), `q` (words of either).

    A key that is none finds nothing; nonsense in the others counts as nothing typed.
    """
    query = filters_of(query)
    for name, (lookup, value_of) in LOOKUPS.items():
        typed = query.get(name)
        if typed and (value := value_of(typed)) is not None:
            rows = rows.filter(**{lookup: value})
    if query.get("fact"):
        rows = hanging_on(rows, query["fact"], query.get("holds", ""))
    if query.get("mark") in FactMark.values:
        rows = rows.filter(fact_mark=query["mark"])
    if query.get("own"):
        rows = rows.of_own_organisation(user)
    if query.get("role"):
        rows = rows.filter(Exists(ResponsibleParty.objects.filter(measure=OuterRef("measure"), role=query["role"])))
    return worded(rows, query)


def hanging_on(rows: AssignmentQuerySet, code: str, holds: str) -> AssignmentQuerySet:
    """Assignments that hang on a fact; `holds` yes or no: only those of which it is (not) true. For a fact about the work on
    a measure."""
    bound = MeasureFact.objects.filter(measure=OuterRef("measure"), code=code)
    states = FactState.objects.filter(
        organisation=OuterRef("organisation"), code=code, measure=OuterRef("measure"), occurrence=OuterRef("occurrence"), holds=True
    )  # fmt: skip
    fact = fact_of(code)
    rows = rows.filter(Exists(bound), organisation__kind__in=fact.kinds if fact else ())
    if fact is None or not fact.of_measure or holds not in ("yes", "no"):
        return rows
    return rows.filter(Exists(states) if holds == "yes" else ~Exists(states))


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


def in_order(rows: AssignmentQuerySet, query: Any) -> tuple[AssignmentQuerySet, list[str]]:
    """Rows with the columns by which the address wants them ordered, and those columns; what is empty stands last."""
    named = query.get("order") or ""
    name, falls = named.removeprefix("-"), named.startswith("-")
    if name not in ORDERS:
        name, falls = "due", False
    first, *further = ORDERS[name]
    rows = rows.annotate(
        sort_day=Coalesce(F("due_on"), Value(FIRST_DAY if falls and name == "due" else NO_DAY)),
        **sort_column(name, falls=falls),
    )
    return rows, [flip(first) if falls else first, *further]


def sort_column(name: str, *, falls: bool) -> dict[str, Any]:
    """The further column that an order needs."""
    if name == "state":
        whens = shown_condition(timezone.localdate())
        ranks = [When(whens[state], then=Value(place)) for place, state in enumerate(WORST_FIRST)]
        return {"rank": Case(*ranks, default=Value(len(WORST_FIRST)))}
    if name == "done":
        return {"done_day": Coalesce(F("done_on"), Value(FIRST_DAY if falls else NO_DAY))}
    if name == "marked":
        return {"marked_time": Coalesce(F("marked_at"), Value(FIRST_TIME if falls else NO_TIME))}
    return {}


def counted_to(rows: AssignmentQuerySet, most: int = MOST_COUNTED) -> tuple[int, bool]:
    """How many rows there are, counted no further than `most`; the second says that there are more."""
    found = rows.order_by().values("pk")[: most + 1].count()
    return min(found, most), found > most


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
