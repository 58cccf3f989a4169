"""A deadline written as the office writes it; read again it gives the same value."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from planreader.deadlines.lexicon import MONTH_NOMINATIVE
from planreader.deadlines.reading import read_deadline
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
WITH_DAY = (Recurrence.MONTHLY, Recurrence.QUARTERLY)


def write_phrase(deadline: Deadline, *, horizon: Span | None = None) -> str:
    """The canonical phrase of a value: «до 13.10.2020», «август – сентябрь 2020», «ежемесячно до 5 числа».

    A rhythm is short («ежегодно, октябрь») and leaves its years to the plan; with the plan's `horizon` it is the shortest
    phrase that gives exactly these occurrences there.
    """
    if deadline.kind in FIXED:
        return FIXED[deadline.kind]
    if deadline.kind is DeadlineKind.UNRECOGNISED:
        return deadline.text
    spans = deadline.occurrences or (Span(deadline.start, deadline.end),)
    if deadline.kind is not DeadlineKind.RECURRING:
        return write_spans(spans)
    candidates = list(rhythm_phrases(deadline.recurrence or Recurrence.YEARLY, deadline.occurrences))
    exact = (
        phrase for phrase in candidates if horizon and read_deadline(phrase, horizon=horizon).occurrences == deadline.occurrences
    )
    return next(exact, candidates[0])


def rhythm_phrases(rhythm: Recurrence, spans: tuple[Span, ...]) -> Iterator[str]:
    """Ways to write a rhythm, short ones first, the last ones with every day in it."""
    first, last = (spans[0], spans[-1]) if spans else (Span(None, None), Span(None, None))
    if first.end is None or last.end is None:
        yield WORDS[rhythm]
        return
    days = {span.end.day for span in spans if span.start is None and span.end}
    beat = WORDS[rhythm]
    if rhythm in WITH_DAY and first.start is None and len(days) == 1:
        number = days.pop()
        yield f"{beat} до {number} числа"
        yield f"до {number} числа месяца, следующего за отчетным{' кварталом' if rhythm is Recurrence.QUARTERLY else ''}"
        beat = f"{beat} до {number} числа,"
    short = write_yearly(first) if rhythm is Recurrence.YEARLY else ""
    if short:
        yield short
    yield beat
    begin = first.start or first.end.replace(day=1)
    yield f"{beat} {days_between(begin, max(last.end, begin))}"
    yield f"{write_span(first)}, далее {WORDS[rhythm]}"
    yield f"{WORDS[rhythm]}: {write_spans(spans)}"


def write_yearly(span: Span) -> str:
    """The day or month of every year: «ежегодно до 01.12», «ежегодно, октябрь», «ежегодно с 01.10 по 15.10»."""
    start, end = span.start, span.end
    if end is None:
        return ""
    if start is None:
        return f"ежегодно до {end:%d.%m}"
    if is_month_bound(span) and (end - start).days < 300:
        return f"ежегодно, {yearless(start, end)}"
    return f"ежегодно с {start:%d.%m} по {end:%d.%m}" if (end - start).days < 300 else ""


def write_spans(spans: tuple[Span, ...]) -> str:
    """All spans; among limits a span of one day is written with both ends, lest it be read as a limit, and a whole year
    stands behind a semicolon, lest it be read as the year of what stands before it."""
    limits = any(span.start is None for span in spans)
    years = any(span.start and span.end and whole_years(span.start, span.end) for span in spans)
    return ("; " if years else ", ").join(
        f"{span.start:%d.%m.%Y} – {span.end:%d.%m.%Y}" if limits and span.start and span.start == span.end else write_span(span)
        for span in spans
    )


def write_span(span: Span) -> str:
    """One span."""
    if span.end is None:
        return ""
    if span.start is None:
        return f"до {span.end:%d.%m.%Y}"
    return whole_years(span.start, span.end) or whole_months(span) or days_between(span.start, span.end)


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


def days_between(start: date, end: date) -> str:
    """«15.10.2020», «01.10.2020 – 20.10.2020»."""
    return f"{start:%d.%m.%Y}" if start == end else f"{start:%d.%m.%Y} – {end:%d.%m.%Y}"
