"""A month of assignments: per day the measures that are due and how many organisations they concern, in three queries whatever
the number of schools."""

from calendar import Calendar, monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from nastavnik.roadmap.enums import OPEN_STATES, AssignmentState, ShownState
from nastavnik.roadmap.models.assignments import AssignmentQuerySet
from nastavnik.roadmap.queries.lists import assignment_rows, filters_of

MOST_IN_CELL, MOST_ASIDE, MOST_GROUPS = 4, 12, 600
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure on a day: of `total` organisations `done`, `late` late. `state` is what its sign says, `url` the assignment
    where there is one, else the list of them."""

    number: str
    text: str
    total: int
    done: int
    late: int
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the grid; `more` counts the entries that did not fit, `url` is the list of the day."""

    date: date
    inside: bool
    is_today: bool
    is_weekend: bool
    entries: list[Entry]
    more: int
    url: str


@dataclass(frozen=True)
class Month:
    """The page: weeks of seven days, Monday first, and beside them what has no day."""

    first: date
    weeks: list[list[Day]]
    undated: list[Entry]
    endless: list[Entry]
    previous: str
    following: str
    total: int


def month_of(text: str | None) -> date:
    """«2026-11» as its first day; the present month for nonsense."""
    today = timezone.localdate()
    year, _dash, month = (text or "").partition("-")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and month.isascii() and month.isdigit() and len(month) <= 2):
        return today.replace(day=1)
    fits = FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= 12
    return date(int(year), int(month), 1) if fits else today.replace(day=1)


def calendar_of(user: Any, query: Any) -> Month:
    """The month that the address names within its filters."""
    first, today, filters = month_of(query.get("month")), timezone.localdate(), filters_of(query)
    grid = Calendar().monthdatescalendar(first.year, first.month)
    rows = assignment_rows(user, query)
    dated = rows.filter(due_on__gte=grid[0][0], due_on__lte=grid[-1][-1])
    groups = groups_of(dated, "due_on")
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for day, entry in entries_of(dated, groups, today, filters):
        by_day[day].append(entry)
    beside = groups_of(rows.filter(due_on=None), "awaits_date")
    return Month(
        first=first,
        weeks=[[day_of_grid(one, first, today, by_day[one], filters) for one in week] for week in grid],
        undated=aside(beside, today, filters, asking=True),
        endless=aside(beside, today, filters, asking=False),
        previous=f"{first - timedelta(days=1):%Y-%m}",
        following=f"{first + timedelta(days=monthrange(first.year, first.month)[1]):%Y-%m}",
        total=sum(group["total"] for group in groups if first <= group["due_on"] and group["due_on"].month == first.month),
    )


def groups_of(rows: AssignmentQuerySet, *by: str) -> list[dict[str, Any]]:
    """Assignments counted per measure (and day)."""
    late = Q(state__in=OPEN_STATES, awaits_date=False, due_on__lt=timezone.localdate())
    counts = {
        "total": Count("pk"), "done": Count("pk", filter=Q(state=AssignmentState.DONE)), "late": Count("pk", filter=late),
        "begun": Count("pk", filter=Q(state=AssignmentState.IN_PROGRESS)),
        "dropped": Count("pk", filter=Q(state__in=(AssignmentState.NOT_DONE, AssignmentState.NOT_APPLICABLE))),
        "asks": Count("pk", filter=Q(state__in=OPEN_STATES, awaits_date=True)),
        "refused": Count("pk", filter=Q(state=AssignmentState.NOT_DONE)),
    }  # fmt: skip
    columns = (*by, "measure_id", "measure__number", "measure__text")
    grouped = rows.order_by().values(*columns).annotate(**counts).order_by(*by, "measure__position", "measure_id")
    return list(grouped[:MOST_GROUPS])


def entries_of(
    rows: AssignmentQuerySet, groups: list[dict[str, Any]], today: date, filters: dict[str, str]
) -> list[tuple[date, Entry]]:
    """The groups as entries; where a measure concerns one organisation only, the entry opens its assignment."""
    alone = {(group["measure_id"], group["due_on"]) for group in groups if group["total"] == 1}
    single: dict[tuple[UUID, date], UUID] = {}
    if alone:
        found = rows.filter(measure__in={measure for measure, _day in alone})
        for key, measure, day in found.order_by("-pk").values_list("pk", "measure_id", "due_on")[: MOST_GROUPS * 10]:
            if (measure, day) in alone:
                single[measure, day] = key
    return [
        (group["due_on"], entry_of(group, today, filters, single.get((group["measure_id"], group["due_on"])), group["due_on"]))
        for group in groups
    ]


def entry_of(
    group: dict[str, Any], today: date, filters: dict[str, str], assignment: UUID | None = None, day: date | None = None
) -> Entry:
    """One group in the words of a cell."""
    url = reverse("roadmap:assignment_detail", args=[assignment]) if assignment else list_of(filters, group["measure_id"], day)
    return Entry(
        number=group["measure__number"], text=group["measure__text"], total=group["total"], done=group["done"],
        late=group["late"], state=state_of(group, day, today).value, url=url,
    )  # fmt: skip


def state_of(group: dict[str, Any], day: date | None, today: date) -> ShownState:
    """The sign of a group: late while anybody is late, done when all who must have done it."""
    if group["late"]:
        return ShownState.LATE
    if group["done"] + group["dropped"] == group["total"]:
        if group["done"]:
            return ShownState.DONE
        return ShownState.NOT_DONE if group["refused"] else ShownState.NOT_APPLICABLE
    if group["asks"]:
        return ShownState.ASK
    return ShownState.IN_PROGRESS if group["begun"] or group["done"] else ShownState.WAITING


def list_of(filters: dict[str, str], measure: UUID | None = None, day: date | None = None) -> str:
    """The list that an entry or a day counts."""
    query = dict(filters)
    if measure:
        query["measure"] = str(measure)
    if day:
        query |= {"from": day.isoformat(), "to": day.isoformat()}
    return f"{reverse('roadmap:assignment_list')}?{urlencode(query)}"


def day_of_grid(day: date, first: date, today: date, entries: list[Entry], filters: dict[str, str]) -> Day:
    """One cell: late first, then in the order of the plan."""
    entries = sorted(entries, key=lambda entry: entry.state != ShownState.LATE)
    return Day(
        date=day, inside=day.month == first.month, is_today=day == today, is_weekend=day.weekday() > 4,
        entries=entries[:MOST_IN_CELL], more=max(len(entries) - MOST_IN_CELL, 0), url=list_of(filters, day=day),
    )  # fmt: skip


def aside(groups: list[dict[str, Any]], today: date, filters: dict[str, str], *, asking: bool) -> list[Entry]:
    """Measures without a day, the first of them in the order of the plan: those that somebody must still name, or the others."""
    return [entry_of(group, today, filters) for group in groups if group["awaits_date"] == asking][:MOST_ASIDE]
