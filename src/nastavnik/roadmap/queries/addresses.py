"""One list, several views: what of an address they share, and the address of each view."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

from nastavnik.roadmap.columns import COLUMNS
from nastavnik.roadmap.enums import ViewKind
from nastavnik.roadmap.models import DefaultView, Roadmap, SavedView
from nastavnik.roadmap.queries.lists import ORDERS, filters_of

ICONS = {
    ViewKind.TABLE: "list-check", ViewKind.BOARD: "table", ViewKind.KANBAN: "layout-board", ViewKind.CALENDAR: "calendar-month",
    ViewKind.TIMELINE: "route",
}  # fmt: skip
OF_ONE_PLAN = (ViewKind.BOARD, ViewKind.TIMELINE)
NAMES = {
    ViewKind.TABLE: "assignment_list", ViewKind.BOARD: "board", ViewKind.KANBAN: "kanban", ViewKind.CALENDAR: "calendar",
    ViewKind.TIMELINE: "timeline",
}  # fmt: skip
EVERYTHING = "all=1"
MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Tab:
    """One view in the switcher."""

    label: str
    icon: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A saved view as a link."""

    view: SavedView
    url: str
    current: bool
    is_default: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Switcher:
    """What stands above every view of the list: the views, the saved ones, and what «Сохранить вид» would keep."""

    kind: str
    tabs: list[Tab]
    chips: list[Chip]
    query: str
    is_saved: bool


def kept_query(query: QueryDict) -> str:
    """What a saved view keeps of an address: filters, order, columns, density; neither the page nor the month. The answer
    read again gives itself."""
    pairs = list(filters_of(query).items())
    order = query.get("order", "")
    if order.removeprefix("-") in ORDERS and order != "due":
        pairs.append(("order", order))
    named = set(query.getlist("column"))
    pairs += [("column", column.code) for column in COLUMNS if column.code in named]
    if query.get("dense"):
        pairs.append(("dense", "1"))
    return urlencode(pairs)


def address_of(kind: str, query: str, plan: Any = None) -> str:
    """The address of a view. A matrix and a timeline show one plan: the one that the query names, else `plan` (its key);
    "" when there is none."""
    name, arguments = f"roadmap:{NAMES[ViewKind(kind)]}", []
    if kind in OF_ONE_PLAN:
        plan = QueryDict(query).get("roadmap") or plan
        if not plan:
            return ""
        arguments = [plan]
    try:
        path = reverse(name, args=arguments)
    except NoReverseMatch:  # a key in an old address that cannot be one
        return ""
    return f"{path}?{query or EVERYTHING}"


def switcher_of(user: Any, kind: str, query: QueryDict, plan: Any = None) -> Switcher:
    """The views of the list with the filters of the present address: two queries, one when the plan is known."""
    kept, shared = kept_query(query), urlencode(filters_of(query))
    plan = filters_of(query).get("roadmap") or plan or newest_plan(user)
    chips = chips_of(user, kind, kept, plan)
    tabs = []
    for one in ViewKind:
        # The matrix and the timeline name their plan in the path: leaving them, it becomes a filter.
        mine = with_plan(shared, plan) if kind in OF_ONE_PLAN else shared
        if url := address_of(one, kept if one == kind else mine, plan):
            tabs.append(Tab(str(one.label), ICONS[one], url, one == kind))
    if kind in OF_ONE_PLAN:
        kept = with_plan(kept, plan)
    return Switcher(kind, tabs, chips, kept, any(chip.current for chip in chips))


def with_plan(query: str, plan: Any) -> str:
    """The query with its plan named."""
    found = QueryDict(query, mutable=True)
    if plan:
        found["roadmap"] = str(plan)
    return kept_query(found)


def newest_plan(user: Any) -> Any:
    """The key of the plan at work that came last; None without one."""
    return Roadmap.objects.visible_to(user).active().order_by("-created_at", "-pk").values_list("pk", flat=True).first()


def chips_of(user: Any, kind: str, kept: str, plan: Any = None, *, openable: bool = True) -> list[Chip]:
    """Own and shared views of the present organisation, own ones first, by default only those that lead somewhere: one
    query."""
    chosen = DefaultView.objects.filter(view=OuterRef("pk"), user=user.pk)
    rows = SavedView.objects.visible_to(user).annotate(is_default=Exists(chosen))
    compared = with_plan(kept, plan) if kind in OF_ONE_PLAN else kept
    found = [
        Chip(
            view=one,
            url=address_of(one.kind, one.query, plan),
            current=one.kind == kind and one.query == compared,
            is_default=one.is_default,
            own=one.owner_id == user.pk,
        )
        for one in rows.select_related("owner").order_by("name", "pk")[:MOST_SHOWN]
    ]
    return sorted((chip for chip in found if chip.url or not openable), key=lambda chip: not chip.own)


def default_address(user: Any) -> str:
    """Where «Задания» leads a person who chose a view to begin with; "" for nobody's choice: one query."""
    views = SavedView.objects.visible_to(user).filter(defaults__user=user.pk)
    chosen = views.first()
    return address_of(chosen.kind, chosen.query) if chosen else ""
