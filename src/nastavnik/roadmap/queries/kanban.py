"""The board of cards: assignments by the state that their organisations say, in as many queries as there are columns and one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from nastavnik.core.paging import Page, keyset_page
from nastavnik.roadmap.enums import AssignmentState
from nastavnik.roadmap.models import Assignment
from nastavnik.roadmap.queries.lists import assignment_rows, for_list, in_order

PAGE_SIZE = 12
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Lane:
    """A column: its code, its words, the states in it, how its cards are ordered, and the state that a card gets there (none
    where a person must choose between two)."""

    code: str
    label: Any
    states: tuple[AssignmentState, ...]
    order: str = "due"


LANES = (
    Lane("planned", _("Не начато"), (AssignmentState.PLANNED,)),
    Lane("in_progress", _("В работе"), (AssignmentState.IN_PROGRESS,)),
    Lane("done", _("Сделано"), (AssignmentState.DONE,), "-done"),
    Lane(CLOSED, _("Не сделано, не требуется"), (AssignmentState.NOT_DONE, AssignmentState.NOT_APPLICABLE), "-marked"),
)
LANE_OF = {state.value: lane.code for lane in LANES for state in lane.states}


@dataclass(frozen=True)
class LaneCards:
    """A column with its cards; `total` counts all of them, not only those shown."""

    lane: Lane
    total: int
    page: Page
    cards: list[tuple[Assignment, bool]]


def kanban_of(user: Any, request: HttpRequest, may: Any, *, only: str = "") -> list[LaneCards]:
    """The columns within the filters of the address, or only one of them; `may` says whether the person may move a card. The
    cursor of the address belongs to that one column."""
    rows = assignment_rows(user, request.GET)
    totals = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    found = []
    for lane in LANES:
        if only and lane.code != only:
            continue
        ordered, order = in_order(for_list(rows.filter(state__in=lane.states)), {"order": lane.order})
        # Several columns stand at their beginnings.
        page = keyset_page(ordered, order, request if only else HttpRequest(), size=PAGE_SIZE)
        total = sum(totals.get(state.value, 0) for state in lane.states)
        found.append(LaneCards(lane, total, page, [(one, may(user, one)) for one in page.rows]))
    return found
