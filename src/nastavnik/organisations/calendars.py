"""The school year (1 September to 31 August) and the working days of a place. Pure: rows are read by `working_days`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from nastavnik.organisations.enums import FREE_DAYS, DayKind

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """One school year, named by the calendar year in which it begins."""

    begins: int

    @property
    def start(self) -> date:
        """First day."""
        return date(self.begins, 9, 1)

    @property
    def end(self) -> date:
        """Last day."""
        return date(self.begins + 1, 8, 31)

    @property
    def title(self) -> str:
        """«2026/27»."""
        return f"{self.begins}/{(self.begins + 1) % 100:02d}"


def school_year_of(day: date) -> SchoolYear:
    """The school year in which a day lies."""
    return SchoolYear(day.year if day.month >= 9 else day.year - 1)


LEAST_SHARE = timedelta(days=60)


def years_of_period(start: date | None, end: date | None) -> list[SchoolYear]:
    """The school years that a plan is meant for: those of which it covers more than two months, or that it lies in."""
    if start is None or end is None:
        return []
    first, last = school_year_of(start), school_year_of(end)
    every = [SchoolYear(begins) for begins in range(first.begins, last.begins + 1)]
    long = [year for year in every if min(end, year.end) - max(start, year.start) > LEAST_SHARE]
    return long or [school_year_of(start + (end - start) / 2)]


def year_within(start: date | None, end: date | None, day: date) -> SchoolYear:
    """The school year of a day, held within the years that the period is meant for."""
    years, found = years_of_period(start, end), school_year_of(day)
    return min(years, key=lambda year: abs(year.begins - found.begins)) if years else found


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days of one place: Monday to Friday, but for the special days."""

    special: Mapping[date, str] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        """Do people work on that day?"""
        kind = self.special.get(day)
        return kind not in FREE_DAYS if kind else day.weekday() < SATURDAY

    def is_shortened(self, day: date) -> bool:
        """Is the day an hour shorter?"""
        return self.special.get(day) == DayKind.SHORTENED

    def next_working_day(self, day: date) -> date:
        """The day itself when it is a working one, else the first one after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def previous_working_day(self, day: date) -> date:
        """The day itself when it is a working one, else the last one before it."""
        while not self.is_working_day(day):
            day -= ONE_DAY
        return day

    def add_working_days(self, day: date, number: int) -> date:
        """The day `number` working days after (or before, when negative) the day; for 0 the day itself, working or not."""
        step = ONE_DAY if number > 0 else -ONE_DAY
        for _one in range(abs(number)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days there are from the first day to the last, both counted."""
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return sum(self.is_working_day(day) for day in days)
