"""Spans as the paper prints them: years, sometimes months, may still be missing. `resolving` makes days of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

ROUGH = "Срок назван приблизительно, дни взяты по календарю."
YEAR_OF_END = "Год напечатан только у конца срока, начало отнесено к предыдущему году."
MOST_YEARS = 40


@dataclass(frozen=True, slots=True)
class Moment:
    """A day that may lack parts; `day` 0 is the last day of the month, -1 the day before its first."""

    day: int
    month: int | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` (None for «до …») to `end`. `notes` are doubts in words; `whole_years` marks «2020 год», «2020/2021»."""

    start: Moment | None
    end: Moment
    notes: tuple[str, ...] = ()
    whole_years: bool = False

    @property
    def year(self) -> int | None:
        """The printed year, of the end if both have one."""
        return self.end.year or (self.start.year if self.start else None)

    @property
    def shape(self) -> tuple[bool, bool, bool]:
        """Rough form: a limit or a span, with a year or without, years or less."""
        return self.start is None, self.year is None, self.whole_years

    @property
    def months(self) -> int:
        """How many months it touches; the year, where none is printed, does not matter."""
        if self.start is None or self.start.month is None or self.end.month is None:
            return 1
        years = (self.end.year - self.start.year) if self.end.year and self.start.year else 0
        months = years * 12 + self.end.month - self.start.month
        return (months if months >= 0 else months + 12) + 1

    def in_year(self, year: int) -> "Stretch":
        """The stretch with its end in this year; a start in a later month belongs to the year before."""
        start = self.start
        if start is not None and start.year is None:
            start = replace(start, year=year - 1 if self.wraps else year)
        return replace(self, start=start, end=self.end if self.end.year else replace(self.end, year=year))

    @property
    def wraps(self) -> bool:
        """Does it run over New Year («декабрь – январь»)?"""
        return bool(self.start and self.start.month and self.end.month and self.start.month > self.end.month)

    @property
    def yearless(self) -> "Stretch":
        """The same days in a year that is open."""
        start = replace(self.start, year=None) if self.start else None
        return Stretch(start, replace(self.end, year=None), self.notes)

    def in_school_year(self, first: int) -> "Stretch":
        """The stretch in the school year that begins in this September (what ends in August comes before it)."""
        return self.in_year(first if (self.end.month or 0) >= 9 else first + 1)

    def moved(self, years: int) -> "Stretch":
        """The stretch so many years later; both ends must have their year."""
        start = replace(self.start, year=self.start.year + years) if self.start and self.start.year else self.start
        return replace(self, start=start, end=replace(self.end, year=(self.end.year or 0) + years))

    def noted(self, *notes: str) -> "Stretch":
        """The same with more doubts."""
        return replace(self, notes=tuple(dict.fromkeys((*self.notes, *notes))))

    def as_limit(self) -> "Stretch":
        """«до …»: only the end counts."""
        return replace(self, start=None, whole_years=False)


@dataclass(frozen=True, slots=True)
class Years:
    """Years that hold for spans printed without one: «2020-2024 гг.», «2020/2021 учебный год»."""

    years: tuple[int, ...]
    school: bool = False


def with_years(items: Sequence[Stretch], years: Years) -> tuple[Stretch, ...] | None:
    """The spans in each of the years. Two years that follow each other are a school year where only that makes sense:
    «сентябрь-май 2020-2021», «октябрь, апрель 2020-2021»."""
    if any(item.year is not None for item in items):
        return None
    first, last = years.years[0], years.years[-1]
    ends = [item.end.month or 0 for item in items]
    over_new_year = any(item.wraps for item in items) or ends != sorted(ends)
    if years.school or (len(years.years) == 2 and last == first + 1 and over_new_year):
        return tuple(item.in_school_year(year) for year in years.years[:-1] for item in items)
    return tuple(item.in_year(year) for year in years.years for item in items)


def years_between(first: int, last: int) -> tuple[int, ...] | None:
    """All years from the first to the last, None when they are not in order."""
    return tuple(range(first, last + 1)) if first < last <= first + MOST_YEARS else None


def join(first: Stretch, last: Stretch) -> Stretch | None:
    """From the beginning of one to the end of the other; the ends complete each other: the later lends month and year."""
    start, end = first.start, last.end
    if start is None or end.month is None or (last.whole_years and not first.whole_years):
        return None
    if start.month is None:
        if last.start is None or last.start.day != end.day:
            return None
        start = replace(start, month=end.month, year=end.year)
    wraps = (start.month or 0) > end.month
    notes = (*first.notes, *last.notes)
    if start.year is None and end.year is not None:
        start = replace(start, year=end.year - wraps)
        notes = (*notes, YEAR_OF_END) if wraps else notes
    if end.year is None and start.year is not None:
        end = replace(end, year=start.year + wraps)
    return Stretch(start, end, tuple(dict.fromkeys(notes)), first.whole_years and last.whole_years)
