"""The school year: 1 September to 31 August."""

from dataclasses import dataclass
from datetime import date, timedelta


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
