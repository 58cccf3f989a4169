"""A deadline written as the office writes it; read again it gives the same value."""

from calendar import monthrange
from datetime import date

from planreader.deadlines.lexicon import MONTH_NOMINATIVE
from planreader.model import Deadline, DeadlineKind, Recurrence, Span

WORDS = {
    Recurrence.WEEKLY: "еженедельно", Recurrence.FORTNIGHTLY: "1 раз в 2 недели", Recurrence.MONTHLY: "ежемесячно",
    Recurrence.QUARTERLY: "ежеквартально", Recurrence.TERMLY: "1 раз в четверть", Recurrence.HALF_YEARLY: "1 раз в полугодие",
    Recurrence.YEARLY: "ежегодно",
}  # fmt: skip
FIXED = {
    DeadlineKind.WHOLE_PERIOD: "в течение всего периода реализации", DeadlineKind.EXTERNAL: "по отдельному графику",
    DeadlineKind.ON_DEMAND: "по мере необходимости", DeadlineKind.NONE: "",
}  # fmt: skip
ROMAN = ("I", "II", "III", "IV")


def write_phrase(deadline: Deadline) -> str:
    """The canonical phrase of a value: «до 13.10.2020», «август – сентябрь 2020», «ежемесячно до 5 числа»."""
    if deadline.kind in FIXED:
        return FIXED[deadline.kind]
    if deadline.kind is DeadlineKind.UNRECOGNISED:
        return deadline.text
    if deadline.kind is DeadlineKind.RECURRING:
        return write_rhythm(deadline)
    return ", ".join(write_span(span) for span in deadline.occurrences or (Span(deadline.start, deadline.end),))


def write_rhythm(deadline: Deadline) -> str:
    """The rhythm, with the day of the month where every occurrence has one, or with the yearly day or month."""
    rhythm = deadline.recurrence or Recurrence.YEARLY
    days = {span.end.day for span in deadline.occurrences if span.start is None and span.end}
    if (
        len(days) == 1
        and rhythm in (Recurrence.MONTHLY, Recurrence.QUARTERLY)
        and all(span.start is None for span in deadline.occurrences)
    ):
        return f"{WORDS[rhythm]} до {days.pop()} числа"
    if rhythm is Recurrence.YEARLY and deadline.occurrences:
        first = deadline.occurrences[0]
        if first.end and first.start is None:
            return f"ежегодно до {first.end:%d.%m}"
        if first.start and first.end and is_month_bound(first) and (first.end - first.start).days < 300:
            return f"ежегодно, {yearless(first.start, first.end)}"
    return WORDS[rhythm]


def write_span(span: Span) -> str:
    """One span."""
    if span.end is None:
        return ""
    if span.start is None:
        return f"до {span.end:%d.%m.%Y}"
    return whole_years(span.start, span.end) or whole_months(span) or days(span.start, span.end)


def whole_years(start: date, end: date) -> str:
    """«2020 год», «2020–2024 годы», «2020/2021 учебный год», «I квартал 2022», or nothing."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year} год" if start.year == end.year else f"{start.year} – {end.year} годы"
    if (start.month, start.day, end.month, end.day) == (9, 1, 8, 31) and end.year > start.year:
        return f"{start.year}/{end.year} учебный год"
    quarter = start.month // 3
    if start.year == end.year and start.month % 3 == 1 and end.month == start.month + 2 and is_month_bound(Span(start, end)):
        return f"{ROMAN[quarter]} квартал {start.year}"
    return ""


def whole_months(span: Span) -> str:
    """«сентябрь 2020», «август – сентябрь 2020», «декабрь 2020 – январь 2021», or nothing."""
    start, end = span.start, span.end
    if start is None or end is None or not is_month_bound(span):
        return ""
    if start.year == end.year:
        return f"{yearless(start, end)} {end.year}"
    return f"{MONTH_NOMINATIVE[start.month - 1]} {start.year} – {MONTH_NOMINATIVE[end.month - 1]} {end.year}"


def yearless(start: date, end: date) -> str:
    """«сентябрь» or «август – сентябрь»."""
    first, last = MONTH_NOMINATIVE[start.month - 1], MONTH_NOMINATIVE[end.month - 1]
    return first if start.month == end.month else f"{first} – {last}"


def is_month_bound(span: Span) -> bool:
    """From a first to a last day of a month."""
    start, end = span.start, span.end
    return start is not None and end is not None and start.day == 1 and end.day == monthrange(end.year, end.month)[1]


def days(start: date, end: date) -> str:
    """«15.10.2020», «01.10.2020 – 20.10.2020»."""
    return f"{start:%d.%m.%Y}" if start == end else f"{start:%d.%m.%Y} – {end:%d.%m.%Y}"
