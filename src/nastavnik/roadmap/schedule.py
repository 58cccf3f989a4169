"""Pure rules of moving: a deadline moved by days, the order of measures, what follows and what collides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from planreader.deadlines import write_phrase
from planreader.model import Deadline, DeadlineKind, Span

# A rhythm moves as a whole; of a list each date moves by itself.
MOVABLE = (DeadlineKind.BY, DeadlineKind.RANGE, DeadlineKind.LIST, DeadlineKind.RECURRING)
Key = Any


def is_movable(deadline: Deadline) -> bool:
    """Has it days of its own that a person can move?"""
    return deadline.kind in MOVABLE and bool(moving_spans(deadline))


def moving_spans(deadline: Deadline) -> tuple[Span, ...]:
    """The spans that can be moved, in their order; each has an end."""
    spans = deadline.occurrences or (Span(deadline.start, deadline.end),)
    return spans if all(span.end for span in spans) else ()


def is_series(deadline: Deadline) -> bool:
    """Does it move as a whole?"""
    return deadline.kind is DeadlineKind.RECURRING


def moved_to(deadline: Deadline, index: int, new: Span, *, horizon: Span | None) -> Deadline:
    """The deadline with occurrence `index` on new days. A rhythm moves all its dates by as many days as that one's end."""
    spans = list(moving_spans(deadline))
    if is_series(deadline):
        return shifted(deadline, days_between(spans[index].end, new.end), horizon=horizon)
    spans[index] = new
    return with_spans(deadline, sorted(spans, key=lambda span: (span.end, span.start or span.end)), horizon)


def shifted(deadline: Deadline, days: int, *, horizon: Span | None) -> Deadline:
    """Every date so many days later."""
    step = timedelta(days=days)
    spans = [Span(span.start and span.start + step, span.end and span.end + step) for span in moving_spans(deadline)]
    return with_spans(deadline, spans, horizon)


def with_spans(deadline: Deadline, spans: Sequence[Span], horizon: Span | None) -> Deadline:
    """The same kind with other days, and the words for them. A period whose ends meet stays a period of one day."""
    starts = [span.start for span in spans if span.start]
    start = min(starts) if len(starts) == len(spans) else None
    end = max((span.end for span in spans if span.end), default=None)
    value = replace(deadline, start=start, end=end, occurrences=tuple(spans), inherited=False)
    return replace(value, text=write_phrase(value, horizon=horizon))


def days_between(first: date | None, second: date | None) -> int:
    """Signed days from one to the other; 0 when one of them is unknown."""
    return (second - first).days if first and second else 0


@dataclass(frozen=True, slots=True)
class Term:
    """From when and by when a measure runs, as far as it is known."""

    start: date | None
    end: date | None

    @property
    def begins(self) -> date | None:
        """The day that must not come before the end of what it waits for; «до …» has only its last day."""
        return self.start or self.end


def collides(first: Term, second: Term) -> bool:
    """Does the second begin before the first has ended? What has no days collides with nothing."""
    return bool(first.end and second.begins and second.begins < first.end)


Order = Mapping[Key, Iterable[Key]]


def path_between(order: Order, start: Key, goal: Key) -> list[Key]:
    """A way along the order from `start` to `goal`, both named; [] when there is none."""
    came: dict[Key, Key] = {start: start}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return walked(came, start, goal)
        for following in order.get(here, ()):
            if following not in came:
                came[following] = here
                waiting.append(following)
    return []


def walked(came: Mapping[Key, Key], start: Key, goal: Key) -> list[Key]:
    """The way back from the goal, turned round."""
    way = [goal]
    while way[-1] != start:
        way.append(came[way[-1]])
    return way[::-1]


def all_after(order: Order, start: Key) -> list[Key]:
    """Everything that follows, each once, nearest first."""
    found: dict[Key, None] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop(0)
        for following in order.get(here, ()):
            if following != start and following not in found:
                found[following] = None
                waiting.append(following)
    return list(found)


def median_day(counts: Sequence[tuple[date, int]]) -> date | None:
    """The day by which half of them were done; `counts` are (day, how many)."""
    total, passed = sum(count for _day, count in counts), 0
    for day, count in sorted(counts):
        passed += count
        if 2 * passed >= total:
            return day
    return None
