"""How far the measures of a plan are, by occurrence, and when they were in fact done."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count

from nastavnik.roadmap.enums import AssignmentState, ShownState
from nastavnik.roadmap.models import Measure
from nastavnik.roadmap.models.assignments import AssignmentQuerySet
from nastavnik.roadmap.queries.plans import NO_TALLY, Tally, counted
from nastavnik.roadmap.schedule import median_day


@dataclass(frozen=True, slots=True)
class Progress:
    """A measure's tally over all its dates, and by each. `given`: somebody of the branch has it to do."""

    tally: Tally
    by_occurrence: dict[int, Tally]

    @property
    def given(self) -> bool:
        """Is anybody asked?"""
        return bool(self.by_occurrence)


NOTHING = Progress(NO_TALLY, {})


@dataclass(frozen=True, slots=True)
class Fact:
    """The days on which organisations did it: the first, the one by which half had done it, the last."""

    first: date
    median: date
    last: date


def progress_of(rows: AssignmentQuerySet) -> dict[UUID, Progress]:
    """Measure > progress, from one aggregate."""
    found: dict[UUID, dict[int, Tally]] = defaultdict(dict)
    for (measure, occurrence), tally in counted(rows, "measure_id", "occurrence").items():
        found[measure][occurrence] = tally
    return {measure: Progress(added_up(parts.values()), parts) for measure, parts in found.items()}


def added_up(tallies: Any) -> Tally:
    """All together."""
    parts = list(tallies)
    return Tally(sum(part.required for part in parts), sum(part.done for part in parts), sum(part.late for part in parts))


def facts_of(rows: AssignmentQuerySet) -> dict[UUID, Fact]:
    """Measure > when it was done, from one aggregate."""
    counts: dict[UUID, list[tuple[date, int]]] = defaultdict(list)
    done = rows.filter(state=AssignmentState.DONE, done_on__isnull=False).order_by()
    for measure, day, count in done.values_list("measure_id", "done_on").annotate(Count("pk")):
        counts[measure].append((day, count))
    return {measure: fact_of_counts(parts) for measure, parts in counts.items()}


def fact_of_counts(counts: list[tuple[date, int]]) -> Fact:
    """First, median, last."""
    days = [day for day, _count in counts]
    return Fact(min(days), median_day(counts) or min(days), max(days))


def state_of(measure: Measure, progress: Progress, today: date) -> str:
    """What a lane says as a whole; "" when nobody of the branch has it to do."""
    tally = progress.tally
    if not progress.given:
        return ""
    if tally.late:
        return ShownState.LATE.value
    if not tally.required:
        return ShownState.NOT_APPLICABLE.value
    if tally.done == tally.required:
        return ShownState.DONE.value
    if not measure.is_settled:
        return ShownState.ASK.value
    begun = tally.done or (measure.starts_on and measure.starts_on <= today)
    return (ShownState.IN_PROGRESS if begun else ShownState.WAITING).value


def state_at(progress: Progress, index: int, whole: str) -> str:
    """What one date of several says; the state of the whole where there is but one."""
    if len(progress.by_occurrence) < 2:
        return whole
    tally = progress.by_occurrence.get(index, NO_TALLY)
    if tally.late:
        return ShownState.LATE.value
    if tally.required and tally.done == tally.required:
        return ShownState.DONE.value
    return (ShownState.IN_PROGRESS if tally.done else ShownState.WAITING).value
