"""Rhythms: «ежегодно до 1 декабря», «1 раз в квартал», «до 5 числа месяца, следующего за отчётным»."""

from collections.abc import Sequence

from planreader.deadlines.lexicon import COUNTS, RECURRENCES, TIMES_A_YEAR, UNITS, YEAR_WORDS
from planreader.deadlines.meaning import Meaning
from planreader.deadlines.resolving import occurrences_of, spans_in
from planreader.deadlines.spans import Stretch, read_span
from planreader.deadlines.tokens import Cursor
from planreader.model import DeadlineKind, Recurrence, Span

MONTH_UNKNOWN = "Не назван месяц: один раз или каждый месяц?"
TERMS_DIFFER = "Дни четвертей и полугодий у школ разные, проверьте сроки."
EACH = frozenset("каждый каждую каждое каждого каждом каждой".split())
MONTH_GENITIVE = frozenset({"месяца", "месяц"})


def recurring(cursor: Cursor, horizon: Span | None) -> Meaning | None:
    """Any rhythm."""
    day_first = day_of_month(cursor, horizon)
    if day_first is not None:
        return day_first
    rhythm = named_rhythm(cursor) or counted_rhythm(cursor)
    if rhythm is None:
        return None
    return with_limits(cursor, rhythm, horizon)


def named_rhythm(cursor: Cursor) -> Recurrence | None:
    """«ежемесячно», «каждый квартал»."""
    word = cursor.word(RECURRENCES)
    if word:
        return Recurrence(RECURRENCES[word])
    mark = cursor.place
    cursor.word({"в"})
    if cursor.word(EACH):
        unit = cursor.word(UNITS)
        if unit:
            return Recurrence(UNITS[unit])
    cursor.place = mark
    return None


def counted_rhythm(cursor: Cursor) -> Recurrence | None:
    """«1 раз в квартал», «не реже 2 раз в год», «раз в 2 недели», «дважды в год»."""
    mark = cursor.place
    cursor.words({"не"}, {"реже", "менее"})
    number = cursor.number("number")
    if number is None:
        word = cursor.word(COUNTS)
        number = COUNTS[word] if word else None
    said = cursor.word({"раз", "раза", "дважды", "трижды"}) or (
        cursor.tokens[cursor.place - 1].text in {"дважды", "трижды"} if number else None
    )
    if said and cursor.word({"в", "за"}):
        worded = None if (every := cursor.number("number")) else cursor.word({"две", "два", "три"})
        every = every or COUNTS.get(worded or "", 1)
        cursor.word({"учебный", "календарный", "учебного"})
        unit = cursor.word(UNITS)
        if unit:
            return rhythm_of(number or 1, every, UNITS[unit])
    cursor.place = mark
    return None


def rhythm_of(times: int, every: int, unit: str) -> Recurrence:
    """«2 раза в год» is once in half a year, «1 раз в 2 недели» is fortnightly."""
    if unit == "weekly" and every == 2:
        return Recurrence.FORTNIGHTLY
    if unit == "monthly" and every in (3, 6):
        return Recurrence.QUARTERLY if every == 3 else Recurrence.HALF_YEARLY
    if unit == "monthly" and times == 2:
        return Recurrence.FORTNIGHTLY
    if unit == "yearly":
        return Recurrence(TIMES_A_YEAR.get(times, "yearly"))
    return Recurrence(unit)


def with_limits(cursor: Cursor, rhythm: Recurrence, horizon: Span | None) -> Meaning:
    """What stands behind the rhythm: months in brackets, «до 1 декабря», «до 5 числа»."""
    from planreader.deadlines.phrases import limit  # noqa: PLC0415 -- the two modules describe each other's phrases

    mark = cursor.place
    while cursor.take("open", "comma", "dash") or cursor.word({"в"}):
        pass
    day = month_day(cursor)
    if day is not None:
        close(cursor)
        return rhythm_meaning(rhythm, horizon, day=day)
    items: list[Stretch] = []
    while (item := limit(cursor) or read_span(cursor)) is not None:
        items.append(item)
        while cursor.take("comma", "semi") or cursor.word({"и"}):
            pass
    if not items:
        cursor.place = mark
        return rhythm_meaning(rhythm, horizon)
    close(cursor)
    return limited(items, rhythm, horizon)


def close(cursor: Cursor) -> None:
    """The bracket that was opened."""
    cursor.take("close")


def month_day(cursor: Cursor) -> int | None:
    """«до 5 числа (каждого месяца | месяца, следующего за отчётным)»."""
    mark = cursor.place
    strict = cursor.words({"не"}, {"позднее", "позже"})
    if strict or cursor.word({"до", "к"}):
        day = cursor.number("number")
        if day is not None and 1 <= day <= 31 and cursor.word({"числа", "число"}):
            return day
    cursor.place = mark
    return None


def day_of_month(cursor: Cursor, horizon: Span | None) -> Meaning | None:
    """A phrase that begins with the day: «до 5 числа каждого месяца», «не позднее 20 числа»."""
    day = month_day(cursor)
    if day is None:
        return None
    rhythm, certain = Recurrence.MONTHLY, cursor.word(EACH) is not None
    certain = (cursor.word(MONTH_GENITIVE) is not None) or certain
    cursor.take("comma")
    if cursor.words({"следующего"}, {"за"}):
        cursor.word({"отчетным"})
        rhythm = Recurrence.QUARTERLY if cursor.word({"кварталом"}) else rhythm
        cursor.word({"месяцем", "периодом"})
        certain = True
    word = cursor.word(RECURRENCES)
    if word:
        rhythm, certain = Recurrence(RECURRENCES[word]), True
    meaning = rhythm_meaning(rhythm, horizon, day=day)
    return meaning if certain else meaning.with_note(MONTH_UNKNOWN)


def rhythm_meaning(rhythm: Recurrence, horizon: Span | None, *, day: int | None = None) -> Meaning:
    """A rhythm over the whole horizon."""
    notes = (TERMS_DIFFER,) if rhythm in (Recurrence.TERMLY, Recurrence.HALF_YEARLY) else ()
    return Meaning(DeadlineKind.RECURRING, occurrences_of(rhythm, horizon, day=day), rhythm, notes)


def limited(items: Sequence[Stretch], rhythm: Recurrence, horizon: Span | None) -> Meaning:
    """A rhythm whose months or days are named."""
    spans = {span for item in items for span in spans_in(item, horizon)}
    return Meaning(DeadlineKind.RECURRING, ordered(spans), rhythm)


def ordered(spans: set[Span]) -> tuple[Span, ...]:
    """In the order of the calendar."""
    return tuple(sorted(spans, key=lambda span: (span.end, span.start or span.end)))


def then_yearly(cursor: Cursor, items: Sequence[Stretch], horizon: Span | None) -> Meaning | None:
    """«май 2022, далее ежегодно», «до 1 декабря ежегодно»: from the printed year on, or in every year."""
    mark = cursor.place
    while cursor.take("comma", "open", "dash") or cursor.word({"далее", "затем", "и"}):
        pass
    said = cursor.word({"ежегодно"}) or cursor.words(EACH, YEAR_WORDS)
    if not said:
        cursor.place = mark
        return None
    close(cursor)
    spans: set[Span] = set()
    for item in items:
        spans.update(repeated(item, horizon))
    return Meaning(DeadlineKind.RECURRING, ordered(spans), Recurrence.YEARLY)


def repeated(item: Stretch, horizon: Span | None) -> list[Span]:
    """The stretch in its own year and each later one of the horizon."""
    if item.year is None:
        return spans_in(item, horizon)
    last = horizon.end if horizon else None
    found = []
    for year in range(item.year, max(last.year if last else item.year, item.year) + 1):
        found += [span for span in spans_in(item.moved(year - item.year), horizon) if not (last and span.end and span.end > last)]
    return found
