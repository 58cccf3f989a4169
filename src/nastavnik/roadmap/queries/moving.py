"""What moving a deadline would do, before anybody does it."""

from dataclasses import dataclass
from datetime import date

from nastavnik.organisations.working_days import is_working_day
from nastavnik.roadmap.models import Measure
from nastavnik.roadmap.models.assignments import OPEN
from nastavnik.roadmap.queries.order import bonds_of, order_of, term_of
from nastavnik.roadmap.queries.plans import horizon_of
from nastavnik.roadmap.schedule import (
    Term,
    all_after,
    collides,
    days_between,
    is_movable,
    moving_spans,
    shifted,
)
from planreader.model import Deadline


@dataclass(frozen=True, slots=True)
class Follower:
    """A measure that begins after the one that moves: its days now and after the same shift; `collides` if it stays."""

    measure: Measure
    old: Deadline
    new: Deadline
    collides: bool


@dataclass(frozen=True)
class Move:
    """`open` assignments take the new day, `closed` ones and those with `own` days keep theirs. `weekends` are new ends on a
    Saturday or Sunday, `beyond` new days outside of the plan's period, `waits_for` what would not have ended by then."""

    old: Deadline
    new: Deadline
    days: int
    open: int
    kept: int
    weekends: list[date]
    beyond: list[date]
    waits_for: list[Measure]
    followers: list[Follower]

    @property
    def changes(self) -> bool:
        """Is there anything to save?"""
        return moving_spans(self.old) != moving_spans(self.new)


def days_moved(old: Deadline, new: Deadline) -> int:
    """By how many days the end of the first occurrence that changed has moved."""
    for before, after in zip(moving_spans(old), moving_spans(new), strict=True):
        if before != after:
            return days_between(before.end, after.end)
    return 0


def preview_of(measure: Measure, new: Deadline) -> Move:
    """The consequences of new days: four queries."""
    old, days = measure.deadline, days_moved(measure.deadline, new)
    changed = [place for place, (was, is_) in enumerate(zip(moving_spans(old), moving_spans(new), strict=True)) if was != is_]
    rows = measure.assignments.filter(occurrence__in=changed)
    term = Term(new.start, new.end)
    following = rows.filter(OPEN, own_date=False).count()
    return Move(
        old=old, new=new, days=days, open=following, kept=rows.count() - following,
        weekends=days_off(measure, [moving_spans(new)[place].end for place in changed]),
        beyond=beyond_plan(measure, new),
        waits_for=[bond.first for bond in bonds_of(measure.roadmap)
                   if bond.second.pk == measure.pk and collides(term_of(bond.first), term)],
        followers=followers_of(measure, term, days),
    )  # fmt: skip


def days_off(measure: Measure, days: list[date]) -> list[date]:
    """Those on which the plan's owner does not work."""
    return [day for day in days if not is_working_day(day, measure.roadmap.organisation)]


def beyond_plan(measure: Measure, new: Deadline) -> list[date]:
    """New days before the plan's beginning or after its end."""
    horizon = horizon_of(measure.roadmap)
    if horizon is None:
        return []
    days = [day for span in moving_spans(new) for day in (span.start, span.end) if day]
    return sorted({day for day in days if day < horizon.start or day > horizon.end})


def followers_of(measure: Measure, term: Term, days: int) -> list[Follower]:
    """Everything that waits for the measure, with the same shift; nothing when its end stays."""
    if not days:
        return []
    horizon = horizon_of(measure.roadmap)
    direct = set(order_of(measure.roadmap).get(measure.pk, ()))
    return [
        Follower(one, one.deadline, shifted(one.deadline, days, horizon=horizon),
                 one.pk in direct and collides(term, term_of(one)))
        for one in successors_of(measure)
    ]  # fmt: skip


def successors_of(measure: Measure) -> list[Measure]:
    """Everything that waits for the measure, near or far, and has days to move: two queries."""
    keys = all_after(order_of(measure.roadmap), measure.pk)
    found = {one.pk: one for one in Measure.objects.filter(pk__in=keys)} if keys else {}
    return [found[key] for key in keys if is_movable(found[key].deadline)]
