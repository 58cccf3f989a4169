"""The timeline of one plan: its lanes on screen, with progress, order and the deadlines as they once stood.

The filters of the address are those of the lists (`lists.narrowed`); `zoom`, `at` (the first month on screen), `base` (a
baseline or «off») and `fact` belong to the timeline alone. The number of queries does not depend on the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from nastavnik.core.paging import Page, keyset_page
from nastavnik.core.text import day_of, number_of, with_words
from nastavnik.roadmap.layout import (
    MONTH,
    QUARTER,
    YEAR,
    Arrow,
    LaneLayout,
    Window,
    arrow_between,
    lay_out,
    neighbours_of,
    whole_of,
    window_of,
    with_labels,
)  # fmt: skip
from nastavnik.roadmap.models import Assignment, Baseline, Measure, ResponsibleParty, Roadmap, Section
from nastavnik.roadmap.queries.baselines import Was, baselines_of, chosen_baseline, removed_from, was_of
from nastavnik.roadmap.queries.lists import in_state, narrowed
from nastavnik.roadmap.queries.order import Bond, bonds_of
from nastavnik.roadmap.queries.plans import Tally
from nastavnik.roadmap.queries.progress import NOTHING, Fact, Progress, added_up, facts_of, progress_of, state_of
from nastavnik.roadmap.schedule import is_movable
from planreader.model import Span

LANES, MOST_PRINTED = 50, 2000
ORDER = ["position"]
# What narrows the list of assignments; the state alone is left out of the numbers «k из n».
FILTERS = ("q", "state", "section", "role", "organisation", "municipality", "school", "own", "from", "to", "occurrence")
OF_ASSIGNMENTS = tuple(name for name in FILTERS if name not in ("section", "role"))
LABEL_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Lane:
    """A measure on the timeline. `after` are the bonds that it waits for; `row` its place among all lines of the screen."""

    measure: Measure
    layout: LaneLayout
    progress: Progress
    state: str
    was: Was | None
    fact: Fact | None
    after: tuple[Bond, ...]
    movable: bool
    row: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """A section with its lanes on screen; `tally` is None where only a part of the section is on this page."""

    section: Section
    lanes: list[Lane]
    tally: Tally | None
    row: int = 0


@dataclass(frozen=True)
class Timeline:
    """Everything that the page draws."""

    window: Window
    whole: Window
    zoom: str
    before: date | None
    after: date | None
    groups: list[Group]
    page: Page
    arrows: list[Arrow]
    conflicts: list[Bond]
    baselines: list[Baseline]
    base: Baseline | None
    removed: list[str]
    sections: list[Section]
    total: int
    tally: Tally
    filtered: bool

    @property
    def lanes(self) -> list[Lane]:
        """All lanes of the screen."""
        return [lane for group in self.groups for lane in group.lanes]

    @property
    def moved(self) -> list[Lane]:
        """Lanes whose deadline differs from the baseline."""
        return [lane for lane in self.lanes if lane.was and lane.was.moved]


def timeline_of(roadmap: Roadmap, user: Any, request: HttpRequest, *, size: int = LANES, facts: bool = False) -> Timeline:
    """The timeline of a plan for a person, `size` measures of it."""
    query, today = request.GET, timezone.localdate()
    zoom = query.get("zoom") if query.get("zoom") in (YEAR, QUARTER, MONTH) else YEAR
    whole = whole_period(roadmap, today)
    window = window_of(whole, zoom, day_of(f"{query.get('at', '')}-01"), today)
    page = keyset_page(measures_shown(roadmap, user, query), ORDER, request, size=size)
    rows = narrowed(Assignment.objects.visible_to(user).filter(roadmap=roadmap, measure__in=page.rows), user,
                    {name: query.get(name, "") for name in FILTERS if name != "state"})  # fmt: skip
    base, bonds = chosen_baseline(roadmap, query.get("base", "")), bonds_of(roadmap)
    make = LaneMaker(window, today, progress_of(rows), facts_of(rows) if facts else {}, base, bonds)
    sections = sections_of(roadmap)
    groups = grouped([make.lane(measure) for measure in page.rows], sections)
    before, after = neighbours_of(window, whole)
    return Timeline(
        window=window, whole=whole, zoom=zoom, before=before, after=after, groups=groups, page=page,
        arrows=arrows_of(groups, bonds, window), conflicts=[bond for bond in bonds if bond.broken],
        baselines=baselines_of(roadmap), base=base, removed=removed_of(roadmap, base), sections=sections,
        total=sum(section.measure_count for section in sections),
        tally=added_up(lane.progress.tally for group in groups for lane in group.lanes),
        filtered=any(query.get(name) for name in FILTERS),
    )  # fmt: skip


def lane_of(roadmap: Roadmap, measure: Measure, user: Any, request: HttpRequest) -> dict[str, Any]:
    """One measure in full: its `lane`, and `followers` as bonds."""
    today, whole = timezone.localdate(), whole_period(roadmap, timezone.localdate())
    rows = Assignment.objects.visible_to(user).filter(measure=measure)
    base, bonds = chosen_baseline(roadmap, request.GET.get("base", "")), bonds_of(roadmap)
    make = LaneMaker(whole, today, progress_of(rows), facts_of(rows), base, bonds)
    return {"lane": make.lane(measure), "base": base, "followers": [bond for bond in bonds if bond.first.pk == measure.pk]}


def whole_period(roadmap: Roadmap, today: date) -> Window:
    """All months of a plan: one query."""
    days = roadmap.measures.aggregate(Min("starts_on"), Min("ends_on"), Max("ends_on")).values()
    known = [day for day in days if day]
    plan = Span(roadmap.starts_on, roadmap.ends_on)
    return whole_of(plan, known or ([] if plan.start or plan.end else [today]))


def measures_shown(roadmap: Roadmap, user: Any, query: Any) -> QuerySet[Measure]:
    """Measures of a plan within the filters: section and role ask the measure itself, all else its assignments."""
    rows = roadmap.measures.select_related("section").defer("search_text", "warnings", "section__occurrences")
    section = number_of(query.get("section") or "")
    if section is not None:
        rows = rows.filter(section__position=section)
    if query.get("role"):
        rows = rows.filter(Exists(ResponsibleParty.objects.filter(measure=OuterRef("pk"), role=query["role"])))
    typed = {name: query.get(name, "") for name in OF_ASSIGNMENTS}
    if not any(typed.values()):
        return rows
    inner = narrowed(Assignment.objects.visible_to(user).filter(measure=OuterRef("pk")), user, typed)
    found = Q(Exists(in_state(inner, typed["state"], timezone.localdate())))
    if typed["q"] and not any(value for name, value in typed.items() if name != "q"):
        found |= Q(pk__in=with_words(roadmap.measures.order_by(), typed["q"], "search_text").values("pk"))
    return rows.filter(found)


def sections_of(roadmap: Roadmap) -> list[Section]:
    """Sections in the order of the paper with `measure_count`: one query."""
    return list(roadmap.sections.annotate(measure_count=Count("measures")).order_by("position").defer("occurrences"))


@dataclass(frozen=True)
class LaneMaker:
    """What all lanes share."""

    window: Window
    today: date
    progress: dict[UUID, Progress]
    facts: dict[UUID, Fact]
    base: Baseline | None
    bonds: list[Bond]

    def lane(self, measure: Measure) -> Lane:
        """The lane of one measure."""
        layout = lay_out(measure.deadline, self.window)
        letters = [LABEL_LETTERS if mark.kind == "diamond" else 0 for mark in layout.marks]
        now = self.window.middle(self.today) if self.window.holds(self.today) else None
        progress = self.progress.get(measure.pk, NOTHING)
        return Lane(
            measure=measure, layout=replace(layout, marks=with_labels(layout.marks, letters, now)), progress=progress,
            state=state_of(measure, progress, self.today), was=was_of(measure, self.base.dates) if self.base else None,
            fact=self.facts.get(measure.pk), after=tuple(bond for bond in self.bonds if bond.second.pk == measure.pk),
            movable=is_movable(measure.deadline),
        )  # fmt: skip


def grouped(lanes: Sequence[Lane], sections: Sequence[Section]) -> list[Group]:
    """Lanes under their sections, every line with its place; a section without lanes is left out."""
    groups, row = [], 0
    for section in sections:
        own = [lane for lane in lanes if lane.measure.section_id == section.pk]
        if not own:
            continue
        placed = [replace(lane, row=row + place) for place, lane in enumerate(own, start=1)]
        whole = len(own) == section.measure_count
        groups.append(Group(section, placed, added_up(lane.progress.tally for lane in own) if whole else None, row))
        row += len(own) + 1
    return groups


def arrows_of(groups: Sequence[Group], bonds: Sequence[Bond], window: Window) -> list[Arrow]:
    """Arrows between lanes that are both on screen."""
    rows = {lane.measure.pk: lane.row for group in groups for lane in group.lanes}
    count = len(rows) + len(groups)
    found = []
    for bond in bonds:
        ends, begins = bond.first.ends_on, bond.second.starts_on or bond.second.ends_on
        if ends and begins and bond.first.pk in rows and bond.second.pk in rows:
            places = (rows[bond.first.pk], rows[bond.second.pk], count)
            found.append(arrow_between(window, ends, begins, places, broken=bond.broken, to_sign=bond.second.starts_on is None))
    return [arrow for arrow in found if arrow]


def removed_of(roadmap: Roadmap, base: Baseline | None) -> list[str]:
    """Numbers of measures that the baseline knows and the plan no longer has."""
    if base is None:
        return []
    return removed_from({str(pk) for pk in roadmap.measures.values_list("pk", flat=True)}, base.dates)
