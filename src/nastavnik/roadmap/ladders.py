"""The ladder of reminders: on which days before and after a due day a notice goes, and to whom. Pure: rows are read by
`queries.ladders`, calendars come from organisations."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from nastavnik.organisations.calendars import ONE_DAY, WorkingCalendar
from nastavnik.roadmap.enums import Audience

SHIPPED = Path(__file__).parent / "default_ladder.json"
LONGEST = 370  # days after which nobody is reminded by itself any more: the plan is of another year
FARTHEST, MOST_STEPS, LONGEST_PAUSE = 120, 12, 60


@dataclass(frozen=True, slots=True)
class Step:
    """`offset` days after the due day (before, when negative), to these people."""

    offset: int
    to: frozenset[Audience]


@dataclass(frozen=True)
class Ladder:
    """Steps in order; after the last one its notice returns every `repeat_every` days (0: never). Days are those of the
    calendar, or working days. A ladder that is not `is_on` sends nothing."""

    steps: tuple[Step, ...] = ()
    repeat_every: int = 0
    working_days: bool = False
    is_on: bool = True
    version: int = field(default=0, compare=False)

    def all_steps(self) -> Iterator[Step]:
        """The steps and the repetitions of the last one, as far as anybody is reminded."""
        yield from self.steps
        if self.steps and self.repeat_every:
            last = self.steps[-1]
            for offset in range(last.offset + self.repeat_every, LONGEST, self.repeat_every):
                yield Step(offset, last.to)

    def day_of(self, step: Step, due_on: date, calendar: WorkingCalendar) -> date:
        """The day of a step for a due day, before it has waited for a working day."""
        if self.working_days:
            return calendar.add_working_days(due_on, step.offset)
        return due_on + timedelta(days=step.offset)

    def notices(self, due_on: date, calendar: WorkingCalendar, most: int) -> list[tuple[date, Step]]:
        """When notices go and which step each follows, the first so many. A notice waits for a working day."""
        found: list[tuple[date, Step]] = []
        for step in self.all_steps() if self.is_on else ():
            if len(found) == most:
                break
            found.append((calendar.next_working_day(self.day_of(step, due_on, calendar)), step))
        return found

    def due_days(self, calendar: WorkingCalendar, since: date, day: date) -> dict[date, frozenset[Audience]]:
        """For which due days a step falls after `since` and not after `day`, and to whom the steps speak. None on a day on
        which nobody works."""
        found: dict[date, frozenset[Audience]] = {}
        if not self.is_on or not calendar.is_working_day(day):
            return found
        for step in self.all_steps():
            for due_on in self.due_days_of(step, calendar, since, day):
                found[due_on] = found.get(due_on, frozenset()) | step.to
        return found

    def due_days_of(self, step: Step, calendar: WorkingCalendar, since: date, day: date) -> Iterator[date]:
        """The due days whose step falls after `since` and not after `day`."""
        for number in range((day - since).days):
            on = day - timedelta(days=number)
            if not self.working_days or step.offset == 0:
                yield on - timedelta(days=step.offset)
            elif calendar.is_working_day(on):
                yield from counted_back(calendar, on, step.offset)


def counted_back(calendar: WorkingCalendar, on: date, offset: int) -> Iterator[date]:
    """The days from which `offset` working days lead to the working day `on`: one working day and the free days beside it."""
    found, step = calendar.add_working_days(on, -offset), ONE_DAY if offset > 0 else -ONE_DAY
    yield found
    while not calendar.is_working_day(found := found + step):
        yield found


def ladder_from(document: Mapping[str, Any]) -> Ladder:
    """A ladder from plain values."""
    steps = (Step(one["offset"], frozenset(map(Audience, one["to"]))) for one in document["steps"])
    return Ladder(
        steps=tuple(sorted(steps, key=lambda step: step.offset)),
        repeat_every=document["repeat_every"],
        working_days=document["working_days"],
    )


@cache
def default_ladder() -> Ladder:
    """The ladder of whoever has no own."""
    return ladder_from(json.loads(SHIPPED.read_text(encoding="utf-8")))
