"""What a phrase says, before the horizon gives it days."""

from dataclasses import dataclass, replace
from enum import StrEnum

from planreader.deadlines.stretches import ROUGH, Stretch
from planreader.model import DeadlineKind, Recurrence

PARTLY_READ = "Понята только часть срока, проверьте."
# Months in one beat; a span that is longer is the time in which the rhythm holds, a shorter one is its day.
BEAT = {Recurrence.QUARTERLY: 3, Recurrence.TERMLY: 3, Recurrence.HALF_YEARLY: 6, Recurrence.YEARLY: 12}


class Extent(StrEnum):
    """Spans that only the plan's period can tell."""

    PERIOD = "period"  # «в течение всего периода реализации»
    ONE_YEAR = "one_year"  # «в течение (учебного) года»


@dataclass(frozen=True, slots=True)
class Phrase:
    """One reading. `items` are the printed spans; those of a rhythm are its days or the time in which it holds. `day` is the
    day of the month of a rhythm, `day_after` puts it into the month after the beat; `unmet` marks a rhythm that the
    calendar of the model does not have («3 раза в год»)."""

    kind: DeadlineKind
    items: tuple[Stretch, ...] = ()
    recurrence: Recurrence | None = None
    day: int | None = None
    day_after: bool = False
    extent: Extent | None = None
    since: Stretch | None = None
    unmet: bool = False
    notes: tuple[str, ...] = ()

    @property
    def dated(self) -> bool:
        """Days are printed, and nothing else."""
        return self.recurrence is None and bool(self.items)

    @property
    def loose(self) -> bool:
        """It may end in words that no lexicon knows: the name of a programme, of another paper, of an event."""
        return self.extent is Extent.PERIOD or self.kind in (DeadlineKind.EXTERNAL, DeadlineKind.ON_DEMAND)

    def noted(self, *notes: str) -> "Phrase":
        """The same with more doubts."""
        return replace(self, notes=tuple(dict.fromkeys((*self.notes, *notes))))


def joined(first: Phrase, second: Phrase) -> Phrase | None:
    """Two phrases of one cell: «ежегодно» + «до 1 декабря», «октябрь 2020» + «по графику ОО». None: they contradict."""
    rhythm, other = (first, second) if first.recurrence or first.unmet else (second, first)
    if rhythm.recurrence or rhythm.unmet:
        return rhythm_with(rhythm, other)
    by_others = (DeadlineKind.EXTERNAL, DeadlineKind.ON_DEMAND)
    if second.kind in by_others and first.kind not in by_others:
        return first.noted(PARTLY_READ)
    if first.kind in by_others:
        return first if second.kind in by_others or second.extent else second.noted(PARTLY_READ) if second.dated else None
    if first.extent and second.extent:
        return first if first.extent is Extent.ONE_YEAR else second
    if first.extent or second.extent:
        return extent_with(first, second)
    return None


def rhythm_with(rhythm: Phrase, other: Phrase) -> Phrase | None:
    """A rhythm and what limits it."""
    notes = (*rhythm.notes, *other.notes)
    if other.kind in (DeadlineKind.EXTERNAL, DeadlineKind.ON_DEMAND):
        return rhythm.noted(*notes, PARTLY_READ)
    if other.recurrence or other.unmet:
        return two_rhythms(rhythm, other)
    if other.since is not None:
        return None if rhythm.since else replace(rhythm, since=other.since, notes=notes)
    if other.extent:
        return replace(rhythm, notes=notes)
    return rhythm_on(replace(rhythm, notes=notes), other.items)


def rhythm_on(rhythm: Phrase, items: tuple[Stretch, ...]) -> Phrase | None:
    """A rhythm with its days and the time in which it holds: «май, ежегодно, до 2024 года». Days that it already has may be
    said again: «до 1 октября 2020, далее ежегодно до 1 октября»."""
    days = [item for item in rhythm.items if not is_period(item, rhythm.recurrence)]
    new = [item for item in items if not is_period(item, rhythm.recurrence)]
    if days and new:
        return rhythm if [item.yearless for item in days] == [item.yearless for item in new] else None
    if len(days) == len(rhythm.items) or len(new) == len(items):
        return replace(rhythm, items=(*rhythm.items, *items))
    return None


def is_period(item: Stretch, rhythm: Recurrence | None) -> bool:
    """Is it the time in which the rhythm holds («ежемесячно (сентябрь-май)», «ежегодно до 2024 года»), not its day?"""
    beat = BEAT.get(rhythm or Recurrence.YEARLY, 0)
    if item.start is None:
        return beat == 0 or (item.end.year is not None and ROUGH in item.notes)
    return item.whole_years or (item.months > beat and item.start != item.end)


def two_rhythms(one: Phrase, other: Phrase) -> Phrase | None:
    """«ежеквартально, до 5 числа месяца, следующего за отчётным»: the day belongs to the rhythm that is named; «октябрь 2020,
    далее ежегодно до 1 октября» keeps both spans."""
    if one.unmet or other.unmet or (one.day and other.day):
        return None
    with_day, named = (one, other) if one.day else (other, one)
    if with_day.day and not named.items:
        return replace(named, day=with_day.day, day_after=with_day.day_after)
    if one.recurrence is other.recurrence and not other.items:
        return one
    return None


def extent_with(first: Phrase, second: Phrase) -> Phrase | None:
    """«постоянно» + «в течение 2021 года» is that year; «октябрь 2020, далее постоянно» begins with the month."""
    whole, dated = (first, second) if first.extent else (second, first)
    if dated.since is not None:
        return dated
    if whole is first and whole.extent is Extent.PERIOD:
        return dated
    return dated.noted(PARTLY_READ)
