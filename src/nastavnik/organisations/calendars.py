"""The school year: 1 September to 31 August."""

from dataclasses import dataclass
from datetime import date


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
