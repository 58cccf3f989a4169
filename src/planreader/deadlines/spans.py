"""Productions of spans: «август - сентябрь 2020», «с 1 по 20 октября», «I-II кварталы 2023», «2020/2021 учебный год».

A Stretch still lacks what the paper did not print: years, sometimes months. `resolving` fills that from the horizon.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from planreader.deadlines.lexicon import (
    BEFORE_SPAN,
    DECADE_WORDS,
    HALF_WORDS,
    PARTS_OF_MONTH,
    QUARTER_WORDS,
    SCHOOL_WORDS,
    SEASONS,
    WEEK_WORDS,
    YEAR_WORDS,
)
from planreader.deadlines.tokens import Cursor


@dataclass(frozen=True, slots=True)
class Moment:
    """A day that may lack parts; `day` 0 is the last day of the month."""

    day: int
    month: int | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` (None for «до …») to `end`; `rough` when the paper only hinted («начало октября»)."""

    start: Moment | None
    end: Moment
    rough: bool = False

    @property
    def year(self) -> int | None:
        """The printed year, of the end if both have one."""
        return self.end.year or (self.start.year if self.start else None)

    @property
    def shape(self) -> tuple[bool, bool, bool]:
        """Rough form: a limit or a span, with a year or without, longer than a season or not."""
        months = 1
        if self.start is not None and self.start.month and self.end.month:
            years = (self.end.year or 0) - (self.start.year or self.end.year or 0)
            months = years * 12 + self.end.month - self.start.month
        return self.start is None, self.year is None, months >= 11

    def in_year(self, year: int) -> "Stretch":
        """The stretch with its end in this year; a start in a later month belongs to the year before."""
        start = self.start
        if start is not None and start.year is None:
            earlier = start.month is not None and self.end.month is not None and start.month > self.end.month
            start = replace(start, year=year - 1 if earlier else year)
        return replace(self, start=start, end=self.end if self.end.year else replace(self.end, year=year))

    def moved(self, years: int) -> "Stretch":
        """The stretch so many years later; both ends must have their year."""
        start = replace(self.start, year=self.start.year + years) if self.start and self.start.year else self.start
        return replace(self, start=start, end=replace(self.end, year=(self.end.year or 0) + years))


def year_after(cursor: Cursor) -> int | None:
    """A printed year with «г.», «года» … behind it."""
    mark = cursor.place
    cursor.take("comma")
    year = cursor.number("year")
    if year is None:
        cursor.place = mark
        return None
    skip_year_words(cursor)
    return year


def skip_year_words(cursor: Cursor) -> None:
    """«г.», «гг.», «г.г.», «года»."""
    while cursor.word(YEAR_WORDS):
        pass


def read_span(cursor: Cursor) -> Stretch | None:
    """One span, the longest production that fits; words that only introduce it are passed over."""
    mark = cursor.place
    while cursor.word(BEFORE_SPAN):
        pass
    best: tuple[int, Stretch] | None = None
    start = cursor.place
    for production in PRODUCTIONS:
        cursor.place = start
        found = production(cursor)
        if found is not None and (best is None or cursor.place > best[0]):
            best = (cursor.place, found)
    cursor.place = best[0] if best else mark
    return best[1] if best else None


def moment(cursor: Cursor) -> Moment | None:
    """A day: «13.10.2020», «13.10», «10 сентября 2020 г.»."""
    mark = cursor.place
    token = cursor.take("day", "daymonth")
    if token is not None:
        skip_year_words(cursor)
        if isinstance(token.value, date):
            return Moment(token.value.day, token.value.month, token.value.year)
        if isinstance(token.value, tuple) and 1 <= token.value[1] <= 12 and 1 <= token.value[0] <= 31:
            return Moment(*token.value, year_after(cursor))
    else:
        number, month = cursor.number("number"), cursor.number("month")
        if number is not None and month is not None and 1 <= number <= 31:
            return Moment(number, month, year_after(cursor))
    cursor.place = mark
    return None


def month_of(cursor: Cursor, day: int) -> Moment | None:
    """«октябрь 2020» as its first (1) or last (0) day."""
    month = cursor.number("month")
    return None if month is None else Moment(day, month, year_after(cursor))


def single_day(cursor: Cursor) -> Stretch | None:
    """«15 октября 2020»."""
    found = moment(cursor)
    return Stretch(found, found) if found else None


def month_span(cursor: Cursor) -> Stretch | None:
    """«октябрь 2020»."""
    found = month_of(cursor, 0)
    return Stretch(replace(found, day=1), found) if found else None


def span_between(cursor: Cursor) -> Stretch | None:
    """Two ends with a dash: months or days, «декабрь 2020 – январь 2021», «1-20 октября», «15.10 - 15.11.2020»."""
    first = moment(cursor) or month_of(cursor, 1) or lone_day(cursor)
    if first is None or cursor.take("dash") is None:
        return None
    last = moment(cursor) or month_of(cursor, 0)
    return join(first, last)


def span_from_to(cursor: Cursor) -> Stretch | None:
    """«с 1 по 20 октября 2021», «с сентября 2020 по май 2021»."""
    if not cursor.word({"с", "со"}):
        return None
    first = moment(cursor) or month_of(cursor, 1) or lone_day(cursor)
    if first is None or not cursor.word({"по", "до"}):
        return None
    last = moment(cursor) or month_of(cursor, 0)
    return join(first, last)


def lone_day(cursor: Cursor) -> Moment | None:
    """A day of the month whose month stands at the other end."""
    number = cursor.number("number")
    return Moment(number, None, None) if number is not None and 1 <= number <= 31 else None


def join(first: Moment, last: Moment | None) -> Stretch | None:
    """Ends complete each other: the later one lends its month and year."""
    if last is None or last.month is None:
        return None
    if first.month is None:
        first = replace(first, month=last.month, year=last.year)
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year - (first.month > last.month))  # type: ignore[operator]
    if last.year is None and first.year is not None:
        last = replace(last, year=first.year + (first.month > last.month))  # type: ignore[operator]
    return Stretch(first, last)


def part_of_month(cursor: Cursor) -> Stretch | None:
    """«начало октября», «конец мая 2021», «II декада ноября», «1-2 неделя октября»."""
    part = cursor.peek()
    if part is not None and part.text in PARTS_OF_MONTH:
        cursor.place += 1
        first, last = PARTS_OF_MONTH[part.text]
    else:
        bounds = decade_or_weeks(cursor)
        if bounds is None:
            return None
        first, last = bounds
    found = month_of(cursor, last)
    return Stretch(replace(found, day=first), found, rough=True) if found else None


def decade_or_weeks(cursor: Cursor) -> tuple[int, int] | None:
    """First and last day of decades or weeks of a month (0 is its last day)."""
    first, last = numbers(cursor)
    if first is None or last is None:
        return None
    if cursor.word(DECADE_WORDS) and last <= 3:
        return first * 10 - 9, 0 if last == 3 else last * 10
    if cursor.word(WEEK_WORDS) and last <= 5:
        return first * 7 - 6, 0 if last >= 4 else last * 7
    return None


def numbers(cursor: Cursor) -> tuple[int | None, int | None]:
    """«I», «2-й», «второй», «I-II», «1 и 2», «1, 2»."""
    first = cursor.number("roman", "number", "ordinal")
    if first is None:
        return None, None
    mark = cursor.place
    if cursor.take("dash", "comma") or cursor.word({"и"}):
        last = cursor.number("roman", "number", "ordinal")
        if last is not None and last > first:
            return first, last
        cursor.place = mark
    return first, first


def quarter(cursor: Cursor) -> Stretch | None:
    """«I квартал 2022», «III-IV кварталы»."""
    first, last = numbers(cursor)
    if first is None or last is None or not 1 <= last <= 4 or not cursor.word(QUARTER_WORDS):
        return None
    year = year_after(cursor)
    return Stretch(Moment(1, first * 3 - 2, year), Moment(0, last * 3, year))


def half_year(cursor: Cursor) -> Stretch | None:
    """«I полугодие 2021»: of the calendar year; with a school year behind it, September to December or January to May."""
    number = cursor.number("roman", "number", "ordinal")
    if number not in (1, 2) or not cursor.word(HALF_WORDS):
        return None
    school = school_years(cursor)
    if school is not None:
        first, last = school
        return (
            Stretch(Moment(1, 9, first), Moment(31, 12, first)) if number == 1 else Stretch(Moment(1, 1, last), Moment(31, 5, last))
        )
    year = year_after(cursor)
    if year is not None:
        return Stretch(Moment(1, number * 6 - 5, year), Moment(0, number * 6, year))
    return Stretch(Moment(1, 9, None), Moment(31, 12, None)) if number == 1 else Stretch(Moment(1, 1, None), Moment(31, 5, None))


def school_years(cursor: Cursor) -> tuple[int, int] | None:
    """«2020/2021», «2020-2021 учебный год», «2020/21 уч. г.»: the years in which it begins and ends."""
    mark = cursor.place
    cursor.word({"в", "на"})
    first = cursor.number("year")
    slash = cursor.take("slash")
    if first is not None and (slash or cursor.take("dash")):
        second = cursor.number("year", "number")
        if second is not None and second < 100:
            second += first // 100 * 100
        while cursor.word(SCHOOL_WORDS | YEAR_WORDS):
            slash = slash or cursor.tokens[cursor.place - 1] if cursor.tokens[cursor.place - 1].text in SCHOOL_WORDS else slash
        if slash and second is not None and first < second <= first + 30:
            return first, second
    cursor.place = mark
    return None


def school_year(cursor: Cursor) -> Stretch | None:
    """1 September of the first year to 31 August of the last."""
    found = school_years(cursor)
    return Stretch(Moment(1, 9, found[0]), Moment(31, 8, found[1])) if found else None


def calendar_years(cursor: Cursor) -> Stretch | None:
    """«2021 год», «2020-2024 годы», «с 2020 по 2024 год»."""
    since = cursor.word({"с"})
    first = cursor.number("year")
    if first is None:
        return None
    skip_year_words(cursor)
    mark = cursor.place
    if cursor.take("dash") or (since and cursor.word({"по", "до"})):
        last = cursor.number("year")
        if last is not None and last >= first:
            skip_year_words(cursor)
            return Stretch(Moment(1, 1, first), Moment(31, 12, last))
    cursor.place = mark
    return None if since else Stretch(Moment(1, 1, first), Moment(31, 12, first))


def season(cursor: Cursor) -> Stretch | None:
    """«осень 2021»."""
    token = cursor.peek()
    if token is None or token.text not in SEASONS:
        return None
    cursor.place += 1
    first, last = SEASONS[token.text]
    stretch = Stretch(Moment(1, first, None), Moment(0, last, None), rough=True)
    year = year_after(cursor)
    return stretch if year is None else stretch.in_year(year + (first > last))


PRODUCTIONS: tuple[Callable[[Cursor], Stretch | None], ...] = (
    span_from_to, span_between, single_day, month_span, part_of_month, quarter, half_year, school_year, calendar_years, season,
)  # fmt: skip
