"""From what the paper printed to days of the calendar."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from planreader.deadlines.stretches import Moment, Stretch
from planreader.deadlines.units import HALVES, TERMS
from planreader.model import Recurrence, Span

MOST_OCCURRENCES = 400
SUMMER = (6, 7, 8)
LEAST_DAYS = 28  # of a quarter that the end of the plan cuts, to count as one


def day_of(moment: Moment) -> date | None:
    """The calendar day, None for one that does not exist or lacks its year."""
    if moment.month is None or moment.year is None:
        return None
    if moment.day < 0:
        return date(moment.year, moment.month, 1) - timedelta(days=1)
    last = monthrange(moment.year, moment.month)[1]
    return date(moment.year, moment.month, moment.day or last) if moment.day <= last else None


def span_of(stretch: Stretch) -> Span | None:
    """Days of a stretch whose years are known, None if they are not days of the calendar in their order."""
    start, end = day_of(stretch.start) if stretch.start else None, day_of(stretch.end)
    if end is None or (stretch.start is not None and (start is None or start > end)):
        return None
    return Span(start, end)


def is_backwards(stretch: Stretch) -> bool:
    """Do both days exist, but the end before the start?"""
    start, end = day_of(stretch.start) if stretch.start else None, day_of(stretch.end)
    return start is not None and end is not None and start > end


def with_shared_years(stretches: Sequence[Stretch]) -> list[Stretch]:
    """In a list a printed year holds for the ones before it, and onward: «сентябрь, декабрь 2020», «декабрь 2020, май»."""
    found = list(stretches)
    for place in reversed(range(len(found) - 1)):
        one, after = found[place], found[place + 1]
        if one.year is None and after.year is not None:
            first = after.start or after.end
            later = (one.end.month or 0) > (first.month or 0)
            found[place] = one.in_year((first.year or after.year) - later)
    for place in range(1, len(found)):
        one, before = found[place], found[place - 1]
        if one.year is None and before.year is not None:
            earlier = (one.end.month or 0) < (before.end.month or 0)
            found[place] = one.in_year(before.year + earlier)
    return found


def calendar_order(span: Span) -> tuple[date, date, bool]:
    """By the end, then by the start; «до 1 июля» stands before the day itself, so that no two spans are alike."""
    last = span.end or date.max
    return last, span.start or last, span.start is not None


def spans_in(stretch: Stretch, horizon: Span | None) -> list[Span]:
    """The days: one span when the year is printed, else each that lies in the horizon (none without a horizon). A horizon
    that cuts the only year that fits is enough."""
    if stretch.year is not None:
        span = span_of(stretch.in_year(stretch.year))
        return [span] if span else []
    if horizon is None or horizon.start is None or horizon.end is None:
        return []
    candidates = [span_of(stretch.in_year(year)) for year in range(horizon.start.year, horizon.end.year + 2)]
    possible = [span for span in candidates if span is not None]
    inside = [span for span in possible if lies_in(span, horizon)]
    touching = [span for span in possible if touches(span, horizon)]
    return inside[:MOST_OCCURRENCES] or (touching if len(touching) == 1 else [])


def touches(span: Span, horizon: Span) -> bool:
    """Do they share a day (both ends of the horizon known)?"""
    first = span.start or span.end
    if first is None or span.end is None or horizon.start is None or horizon.end is None:
        return False
    return first <= horizon.end and span.end >= horizon.start


def lies_in(span: Span, horizon: Span) -> bool:
    """Does the span lie within the horizon (both ends known)?"""
    assert horizon.start is not None
    assert horizon.end is not None
    first = span.start or span.end
    return first is not None and span.end is not None and horizon.start <= first and span.end <= horizon.end


def occurrences_of(
    recurrence: Recurrence, horizon: Span | None, *, day: int | None = None, after: bool = False
) -> tuple[Span, ...]:
    """Every occurrence in the horizon; `day` turns months and quarters into «до N числа», `after` of the month after them.
    Schools rest in summer."""
    if horizon is None or horizon.start is None or horizon.end is None:
        return ()
    spans = MAKERS[recurrence](horizon.start, horizon.end)
    if day is not None:
        limits = [day_in_month(following_day(span.end) if after else span.end, day) for span in spans if span.end]
        spans = [Span(None, limit) for limit in limits if horizon.start <= limit]
    elif recurrence is Recurrence.QUARTERLY:
        spans = [cut for span in spans if (cut := cut_quarter(span, horizon.end))]
    return tuple([span for span in spans if span.end is not None and span.end <= horizon.end][:MOST_OCCURRENCES])


def day_in_month(day: date, number: int) -> date:
    """The same month, another day of it, at most its last one."""
    return day.replace(day=min(number, monthrange(day.year, day.month)[1]))


def following_day(day: date) -> date:
    """The next day."""
    return day + timedelta(days=1)


def cut_quarter(span: Span, end: date) -> Span | None:
    """The part of a quarter before the plan ends; less than a month of it, or only summer, is no quarter."""
    if span.end is None or span.end <= end:
        return span
    enough = span.start is not None and (end - span.start).days + 1 >= LEAST_DAYS
    return Span(span.start, end) if enough and end.month not in SUMMER else None


def months(start: date, end: date) -> list[Span]:
    """Months of the school year."""
    found, year, month = [], start.year, start.month
    while date(year, month, 1) <= end:
        if month not in SUMMER:
            found.append(Span(date(year, month, 1), date(year, month, monthrange(year, month)[1])))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


def quarters(start: date, end: date) -> list[Span]:
    """Quarters of the calendar year that touch the horizon; the first begins with it."""
    return [
        Span(max(date(year, month, 1), start), last)
        for year in range(start.year, end.year + 1)
        for month in (1, 4, 7, 10)
        if (last := date(year, month + 2, monthrange(year, month + 2)[1])) >= start and date(year, month, 1) <= end
    ]


def by_parts(parts: Sequence[tuple[tuple[int, int], tuple[int, int]]], start: date, end: date) -> list[Span]:
    """Parts of the school year in the order of the calendar."""
    spans = [
        Span(date(year, first[1], first[0]), date(year, last[1], last[0]))
        for year in range(start.year, end.year + 1)
        for first, last in parts
    ]
    return sorted((span for span in spans if span.start and span.start >= start), key=lambda span: span.end or end)


def years(start: date, end: date) -> list[Span]:
    """One span a year: school years when the horizon begins in summer or autumn, calendar years otherwise."""
    found = []
    if start.month >= 8:
        first = date(start.year, 9, 1)
        while first <= end:
            found.append(Span(max(first, start), min(date(first.year + 1, 8, 31), end)))
            first = date(first.year + 1, 9, 1)
        return found
    return [Span(max(date(year, 1, 1), start), min(date(year, 12, 31), end)) for year in range(start.year, end.year + 1)]


def weeks(start: date, end: date, step: int) -> list[Span]:
    """Weeks (or every second week) of the school year, Monday to Sunday."""
    found, monday = [], start - timedelta(days=start.weekday())
    while monday <= end:
        last = monday + timedelta(days=7 * step - 1)
        if last.month not in SUMMER:
            found.append(Span(max(monday, start), last))
        monday += timedelta(days=7 * step)
    return found


MAKERS = {
    Recurrence.WEEKLY: lambda start, end: weeks(start, end, 1),
    Recurrence.FORTNIGHTLY: lambda start, end: weeks(start, end, 2),
    Recurrence.MONTHLY: months,
    Recurrence.QUARTERLY: quarters,
    Recurrence.TERMLY: lambda start, end: by_parts(TERMS, start, end),
    Recurrence.HALF_YEARLY: lambda start, end: by_parts(HALVES, start, end),
    Recurrence.YEARLY: years,
}
