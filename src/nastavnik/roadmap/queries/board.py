"""The board: organisations x measures. One query for the rows of the page, one for the cells, one for the totals."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from nastavnik.core.paging import Page, keyset_page
from nastavnik.core.text import search_form
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import ShownState
from nastavnik.roadmap.models import Assignment, Measure, Roadmap, Section
from nastavnik.roadmap.queries.lists import day_of
from nastavnik.roadmap.queries.plans import NO_TALLY, Tally, counted

# Of several occurrences the cell shows the one that needs attention most.
WORST_FIRST = (
    ShownState.LATE, ShownState.ASK, ShownState.NOT_DONE, ShownState.IN_PROGRESS, ShownState.WAITING, ShownState.DONE_LATE,
    ShownState.DONE, ShownState.NOT_APPLICABLE,
)  # fmt: skip
RANK = {state.value: place for place, state in enumerate(WORST_FIRST)}
ORDER = ["kind", "sort_key", "pk"]  # the municipality itself stands first, by the alphabet of the kinds
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """What an organisation has to do for a measure: the worst state, and how many occurrences are done."""

    state: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An organisation with its cells in the order of the columns and its tally over them."""

    organisation: Organisation
    cells: list[Cell | None]
    tally: Tally


@dataclass(frozen=True)
class Board:
    """Everything that the page draws."""

    columns: list[Measure]
    heads: list[tuple[Section, int]]
    rows: list[BoardRow]
    page: Page
    totals: list[Tally]
    whole: Tally
    late_measures: int


def board_of(roadmap: Roadmap, user: Any, request: HttpRequest) -> Board:
    """The board of a plan for a person; filters `late`, `section`, `until` (day), `q`."""
    today = timezone.localdate()
    shown = assignments_shown(roadmap, user, request)
    columns = columns_of(roadmap, request, shown)
    places = Organisation.objects.visible_to(user).filter(pk__in=shown.values("organisation_id"))
    for word in search_form(request.GET.get("q", "")).split():
        places = places.filter(search_text__contains=word)
    page = keyset_page(places, ORDER, request, size=PAGE_SIZE)
    cells = cells_of(shown, page.rows, today)
    by_place, by_measure = counted(shown.filter(organisation__in=page.rows), "organisation_id"), counted(shown, "measure_id")
    rows = [
        BoardRow(place, [cells.get((place.pk, column.pk)) for column in columns], by_place.get(place.pk, NO_TALLY))
        for place in page.rows
    ]
    totals = [by_measure.get(column.pk, NO_TALLY) for column in columns]
    return Board(
        columns, heads_of(columns), rows, page, totals, summed(by_measure), sum(tally.late > 0 for tally in by_measure.values())
    )


def assignments_shown(roadmap: Roadmap, user: Any, request: HttpRequest) -> Any:
    """Assignments of the plan in the person's branch, within the filters of the address."""
    rows = Assignment.objects.visible_to(user).filter(roadmap=roadmap)
    until = day_of(request.GET.get("until"))
    if until:
        rows = rows.filter(due_on__lte=until)
    if request.GET.get("late"):
        rows = rows.late(timezone.localdate()).filter(awaits_date=False)
    section = request.GET.get("section", "")
    if section.isdigit():
        rows = rows.filter(measure__section__position=int(section))
    return rows


def columns_of(roadmap: Roadmap, request: HttpRequest, shown: Any) -> list[Measure]:
    """Measures that have a cell, in the order of the paper."""
    measures = roadmap.measures.select_related("section").defer("search_text", "warnings", "occurrences").order_by("position")
    return list(measures.filter(pk__in=shown.values("measure_id")))


def cells_of(shown: Any, places: Sequence[Organisation], today: date) -> dict[tuple[int, Any], Cell]:
    """(organisation, measure) > cell."""
    found: dict[tuple[int, Any], list[str]] = defaultdict(list)
    rows = shown.filter(organisation__in=places).with_shown_state(today).values_list("organisation_id", "measure_id", "shown")
    for organisation, measure, state in rows:
        found[organisation, measure].append(state)
    return {place: cell_of(states) for place, states in found.items()}


def cell_of(states: Sequence[str]) -> Cell:
    """One cell of several occurrences."""
    done = sum(state in (ShownState.DONE, ShownState.DONE_LATE) for state in states)
    return Cell(min(states, key=RANK.__getitem__), done, len(states))


def heads_of(columns: Sequence[Measure]) -> list[tuple[Section, int]]:
    """Sections over the columns with their width."""
    heads: list[tuple[Section, int]] = []
    for column in columns:
        if heads and heads[-1][0].pk == column.section_id:
            heads[-1] = (heads[-1][0], heads[-1][1] + 1)
        else:
            heads.append((column.section, 1))
    return heads


def summed(tallies: dict[Any, Tally]) -> Tally:
    """All tallies together."""
    parts = list(tallies.values())
    return Tally(sum(part.required for part in parts), sum(part.done for part in parts), sum(part.late for part in parts))
