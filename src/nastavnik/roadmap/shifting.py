"""A plan's days carried to a later year. Pure. What a deadline means stays: months stay months, a quarter a quarter, a rhythm
a rhythm; its words and its days are rewritten together, so that read again the words give the days."""

import re
from calendar import monthrange
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from planreader.deadlines import read_deadline, write_phrase
from planreader.model import Deadline, DeadlineKind, Span

SCHOOL_YEAR = re.compile(r"(?<!\d)(20\d\d)(\s?[/–-]\s?)(20\d\d|\d\d)(?!\d)")
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
# Their words name no day that could be carried on.
WITHOUT_DAYS = (DeadlineKind.EXTERNAL, DeadlineKind.ON_DEMAND, DeadlineKind.NONE, DeadlineKind.UNRECOGNISED)


def later_day(day: date, years: int) -> date:
    """The same day and month; 29 February becomes the 28th where there is none."""
    most = monthrange(day.year + years, day.month)[1]
    return day.replace(year=day.year + years, day=min(day.day, most))


def later_span(span: Span, years: int) -> Span:
    """Both ends; whole months stay whole, also in a leap year."""
    start = later_day(span.start, years) if span.start else None
    end = later_day(span.end, years) if span.end else None
    if end and is_whole_months(span):
        end = end.replace(day=monthrange(end.year, end.month)[1])
    return Span(start, end)


def is_whole_months(span: Span) -> bool:
    """From a first to a last day of a month."""
    start, end = span.start, span.end
    return start is not None and end is not None and start.day == 1 and end.day == monthrange(end.year, end.month)[1]


def later_words(text: str, years: int, known: Collection[int] | None = None) -> str:
    """The text with its years counted on: «2026/27», «2026–2027», «2026». Only years among `known` where that is given: the
    year of an order that a title names stays."""

    def pair(found: re.Match[str]) -> str:
        first, between, second = found.groups()
        if known is not None and int(first) not in known:
            return found.group()
        last = str(int(second) + years) if len(second) == 4 else f"{(int(second) + years) % 100:02d}"
        return f"{int(first) + years}{between}{last}"

    parts, place = [], 0
    for found in SCHOOL_YEAR.finditer(text):
        parts += [later_years(text[place : found.start()], years, known), pair(found)]
        place = found.end()
    return "".join([*parts, later_years(text[place:], years, known)])


def later_years(text: str, years: int, known: Collection[int] | None) -> str:
    """Single years of a text without pairs."""
    return YEAR.sub(
        lambda found: str(int(found.group()) + years) if known is None or int(found.group()) in known else found.group(), text
    )


def years_in(horizon: Span | None) -> list[int] | None:
    """Calendar years of a plan's period."""
    return list(range(horizon.start.year, horizon.end.year + 1)) if horizon and horizon.start and horizon.end else None


def later_deadline(deadline: Deadline, years: int, *, horizon: Span | None) -> Deadline:
    """The deadline in a later year; `horizon` is the period of the plan as it was."""
    later = later_span(horizon, years) if horizon else None
    if deadline.kind is DeadlineKind.UNRECOGNISED:
        return deadline
    if deadline.kind in WITHOUT_DAYS:
        words = later_words(deadline.text, years, years_in(horizon))
        same = read_deadline(words, horizon=later).kind is deadline.kind
        return replace(deadline, text=words if same else deadline.text)
    carried = carry_days(deadline, years)
    words = later_words(deadline.text, years)
    read = read_deadline(words, horizon=later)
    if deadline.kind is DeadlineKind.RECURRING and is_same_rhythm(read, carried):
        return replace(read, inherited=deadline.inherited)
    if days_of(read) == days_of(carried):
        return replace(carried, text=words)
    return replace(carried, text=write_phrase(carried, horizon=later))


def carry_days(deadline: Deadline, years: int) -> Deadline:
    """All days of a deadline; its first and its last follow the occurrences that they come from."""
    spans = tuple(later_span(span, years) for span in deadline.occurrences)
    whole = later_span(Span(deadline.start, deadline.end), years)
    days = {
        before: after
        for old, new in zip(deadline.occurrences, spans, strict=True)
        for before, after in ((old.start, new.start), (old.end, new.end))
    }
    return replace(deadline, start=days.get(deadline.start, whole.start), end=days.get(deadline.end, whole.end), occurrences=spans)


def is_same_rhythm(read: Deadline, carried: Deadline) -> bool:
    """Do the words give the same rhythm in the later year, not before the days that were carried on? (Weekly work falls on
    other days of the month then.)"""
    return (
        read.kind is carried.kind
        and read.recurrence is carried.recurrence
        and bool(read.occurrences) == bool(carried.occurrences)
        and abs(len(read.occurrences) - len(carried.occurrences)) <= 1
        and all(
            new.end is not None and old.end is not None and abs((new.end - old.end).days) < 7
            for new, old in zip(read.occurrences[:1], carried.occurrences[:1], strict=True)
        )
    )


def days_of(deadline: Deadline) -> tuple[object, ...]:
    """What a deadline means, without its words."""
    spans = () if deadline.kind is DeadlineKind.WHOLE_PERIOD else deadline.occurrences
    return deadline.kind, deadline.start, deadline.end, spans, deadline.recurrence


def chosen_days(deadline: Deadline) -> list[date]:
    """Days by which something has to be done that somebody has chosen, in their order: not the ends of whole months."""
    if deadline.kind is DeadlineKind.WHOLE_PERIOD:
        return []
    spans = deadline.occurrences or (Span(deadline.start, deadline.end),)
    return [span.end for span in spans if span.end and not is_whole_months(span)]
