"""Which ladder holds where, and which due days are spoken of on a day."""

from datetime import date, timedelta
from typing import Any

from nastavnik.organisations.calendars import ONE_DAY, WorkingCalendar
from nastavnik.organisations.models import Organisation
from nastavnik.organisations.working_days import calendars_by_level
from nastavnik.roadmap.enums import Audience
from nastavnik.roadmap.ladders import Ladder, default_ladder
from nastavnik.roadmap.models import DigestRun, ReminderLadder

LOOKED_BACK = timedelta(days=14)  # after a longer silence of the machine nobody is told of steps that have passed
DueDays = dict[date, frozenset[Audience]]


def ladder_of(place: Organisation) -> Ladder:
    """The ladder of a municipality, or the one that everybody has."""
    own = ReminderLadder.objects.filter(organisation=place).prefetch_related("steps").first()
    return own.as_ladder() if own else default_ladder()


class DaysSpokenOf:
    """For one day of sending: the due days that each municipality's ladder speaks of. Ladders and the last run are read at the
    beginning (three queries), calendars with the first question about a level; municipalities that have the same ladder and
    the same calendar are worked out once."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.own = {one.organisation_id: one.as_ladder() for one in ReminderLadder.objects.prefetch_related("steps")}
        self.last_run = DigestRun.last_finished(day)
        self.calendars: dict[tuple[int | None, int | None], WorkingCalendar] = {}
        self.known: dict[tuple[Ladder, int], DueDays] = {}

    def load(self, levels: set[tuple[int | None, int | None]]) -> None:
        """Read the calendars of these (region, municipality) at once."""
        if missing := levels - self.calendars.keys():
            self.calendars |= calendars_by_level(missing)

    def of(self, place: Any) -> DueDays:
        """The due days for an organisation."""
        level = (place.region_id, place.municipality_id)
        self.load({level})
        ladder, calendar = self.own.get(place.municipality_id, default_ladder()), self.calendars[level]
        key = (ladder, id(calendar.special))
        if key not in self.known:
            self.known[key] = ladder.due_days(calendar, self.since(calendar), self.day)
        return self.known[key]

    def since(self, calendar: WorkingCalendar) -> date:
        """Steps after this day are due: those that waited for a working day, and those of days on which nothing was sent."""
        worked = calendar.previous_working_day(self.day - ONE_DAY)
        return max(min(worked, self.last_run or worked), self.day - LOOKED_BACK)
