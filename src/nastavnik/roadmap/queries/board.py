"""The board: organisations x measures in four queries (rows of the page, their cells, totals of all, the columns).

Its filters are those of the lists (`lists.narrowed`), so each number carries the address of the list that it counts.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from nastavnik.core.paging import Page, keyset_page
from nastavnik.core.text import with_words
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import WORST_FIRST, FactMark, ShownState
from nastavnik.roadmap.models import Assignment, Measure, MeasureFact, Roadmap, Section
from nastavnik.roadmap.models.assignments import AssignmentQuerySet
from nastavnik.roadmap.queries.lists import FINISHED, filters_of, in_state, narrowed
from nastavnik.roadmap.queries.plans import Tally, counted

# Of several occurrences the cell shows the one that needs attention most.
RANK = {state.value: place for place, state in enumerate(WORST_FIRST)}
DONE = (ShownState.DONE, ShownState.DONE_LATE)
ORDER = ["kind", "sort_key", "pk"]  # the municipality itself stands first, by the alphabet of the kinds
NOT_HERE = ("roadmap", "state")  # the plan stands in the path, and of the states only «late» narrows a board
PAGE_SIZE = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """What an organisation has to do for a measure: the worst state, how many occurrences are done, and whether facts hold
    the mark."""

    state: str
    done: int
    total: int
    by_fact: bool = False


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An organisation with its cells in the order of the columns and its tally over them."""

    organisation: Organisation
    cells: list[Cell | None]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Column:
    """A measure with the tally of all organisations (not only of this page) and the late ones of this page by name; `bound`
    to facts."""

    measure: Measure
    tally: Tally
    late_names: list[str]
    bound: bool = False


@dataclass(frozen=True)
class Board:
    """Everything that the page draws. With `late_only` the numbers count what is late, else what is done."""

    columns: list[Column]
    heads: list[tuple[Section, int]]
    sections: list[Section]
    rows: list[BoardRow]
    page: Page
    whole: Tally
    late_only: bool
    roadmap_id: Any
    filters: dict[str, str]

    @property
    def list_url(self) -> str:
        """The list of the plan's assignments within the filters of the board."""
        return list_url({"roadmap": str(self.roadmap_id), **self.filters})

    @property
    def number_url(self) -> str:
        """The list that the numbers count."""
        return f"{self.list_url}&state={self.counted_state}"

    @property
    def column_url(self) -> str:
        """The list that the number under a measure counts, up to the measure's key."""
        return list_url({**self.filters, "state": self.counted_state, "measure": ""})

    @property
    def counted_state(self) -> str:
        """What the numbers count."""
        return ShownState.LATE.value if self.late_only else FINISHED


def board_of(roadmap: Roadmap, user: Any, request: HttpRequest, *, size: int = PAGE_SIZE) -> Board:
    """The board of a plan for a person, `size` organisations of it, within the filters that all views share; of the
    states only `state=late`."""
    today, query = timezone.localdate(), request.GET
    late_only = query.get("state") == ShownState.LATE
    typed = {key: value for key, value in filters_of(query).items() if key not in NOT_HERE}
    shown = narrowed(Assignment.objects.visible_to(user).filter(roadmap=roadmap), user, typed)
    shown = in_state(shown, ShownState.LATE.value, today) if late_only else shown
    page = keyset_page(places_of(roadmap, user, typed, late_only=late_only), ORDER, request, size=size)
    states, by_fact = states_of(shown, page.rows, today)
    tallies = counted(shown, "measure_id")
    measures = measures_of(roadmap)
    columns = [one for one in measures if one.pk in tallies]
    return Board(
        columns=[Column(one, tallies[one.pk], late_names(states, page.rows, one), one.bound) for one in columns],
        heads=heads_of(columns),
        sections=[section for section, _width in heads_of(measures)],
        rows=[row_of(place, columns, states, by_fact) for place in page.rows],
        page=page,
        whole=summed(tallies),
        late_only=late_only,
        roadmap_id=roadmap.pk,
        filters=typed,
    )


def list_url(query: dict[str, str]) -> str:
    """Address of a list of assignments."""
    return f"{reverse('roadmap:assignment_list')}?{urlencode(query)}"


def places_of(roadmap: Roadmap, user: Any, typed: dict[str, str], *, late_only: bool) -> Any:
    """Organisations of the branch with at least one of the assignments. The branch and the typed name are asked of the
    organisation itself, so that the inner question stops at the first assignment."""
    inner = Assignment.objects.filter(organisation=OuterRef("pk"), roadmap=roadmap)
    inner = narrowed(inner, user, {**typed, "school": ""})
    inner = in_state(inner, ShownState.LATE.value, timezone.localdate()) if late_only else inner
    return with_words(Organisation.objects.visible_to(user), typed.get("school", ""), "search_text").filter(Exists(inner))


def measures_of(roadmap: Roadmap) -> list[Measure]:
    """All measures with their sections in the order of the paper, and whether each is `bound` to facts."""
    rows = roadmap.measures.annotate(bound=Exists(MeasureFact.objects.filter(measure=OuterRef("pk"))))
    rows = rows.select_related("section").defer("search_text", "warnings", "occurrences", "result", "section__occurrences")
    return list(rows.order_by("position"))


def states_of(
    shown: AssignmentQuerySet, places: Sequence[Organisation], today: date
) -> tuple[dict[tuple[int, Any], list[str]], set[tuple[int, Any]]]:
    """(organisation, measure) > shown states of its occurrences; and those of which facts hold a mark."""
    found: dict[tuple[int, Any], list[str]] = defaultdict(list)
    by_fact = set()
    rows = shown.filter(organisation__in=places).with_shown_state(today)
    for organisation, measure, state, mark in rows.values_list("organisation_id", "measure_id", "shown", "fact_mark"):
        found[organisation, measure].append(state)
        if mark == FactMark.BY_FACT:
            by_fact.add((organisation, measure))
    return found, by_fact


def row_of(
    place: Organisation, columns: Sequence[Measure], states: dict[tuple[int, Any], list[str]], by_fact: set[tuple[int, Any]]
) -> BoardRow:
    """The line of one organisation."""
    found = [states.get((place.pk, column.pk)) for column in columns]
    every = [state for part in found if part for state in part]
    tally = Tally(
        required=sum(state != ShownState.NOT_APPLICABLE for state in every),
        done=sum(state in DONE for state in every),
        late=sum(state == ShownState.LATE for state in every),
    )
    cells = [
        cell_of(part, by_fact=(place.pk, column.pk) in by_fact) if part else None
        for part, column in zip(found, columns, strict=True)
    ]
    return BoardRow(place, cells, tally)


def cell_of(states: Sequence[str], *, by_fact: bool) -> Cell:
    """One cell of several occurrences."""
    return Cell(min(states, key=RANK.__getitem__), sum(state in DONE for state in states), len(states), by_fact)


def late_names(states: dict[tuple[int, Any], list[str]], places: Sequence[Organisation], measure: Measure) -> list[str]:
    """Organisations of this page that are late with the measure."""
    return [place.name for place in places if ShownState.LATE in states.get((place.pk, measure.pk), ())]


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
