"""Is it a working day there? One question about a day and a place; the calendar of a place is read once per organisation
object, so once per request, and for many places by one query for all (`load_calendars`)."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from nastavnik.organisations.calendars import WorkingCalendar
from nastavnik.organisations.models import Organisation, SpecialDay

KEPT_AS = "_working_calendar"  # on the organisation object


def is_working_day(day: date, place: Organisation) -> bool:
    """Do people of that organisation work on that day?"""
    return calendar_of(place).is_working_day(day)


def next_working_day(day: date, place: Organisation) -> date:
    """The day itself when it is a working one there, else the first one after it."""
    return calendar_of(place).next_working_day(day)


def add_working_days(day: date, number: int, place: Organisation) -> date:
    """The day `number` working days after (before, when negative) the day, as that organisation works."""
    return calendar_of(place).add_working_days(day, number)


def calendar_of(place: Organisation) -> WorkingCalendar:
    """The calendar of one organisation: one query for the first question, none for the next."""
    if KEPT_AS not in place.__dict__:
        load_calendars([place])
    found: WorkingCalendar = place.__dict__[KEPT_AS]
    return found


def load_calendars(places: Iterable[Organisation]) -> None:
    """Put their calendar on all of these organisations: one query, however many they are. Places of one municipality share
    one calendar."""
    places = [place for place in places if KEPT_AS not in place.__dict__]
    if not places:
        return
    levels = {place: (place.region_id, place.municipality_id) for place in places}
    shared = calendars_by_level(set(levels.values()))
    for place, level in levels.items():
        place.__dict__[KEPT_AS] = shared[level]


def calendars_by_level(levels: set[tuple[int | None, int | None]]) -> dict[tuple[int | None, int | None], WorkingCalendar]:
    """Calendars by (region, municipality): one query. A municipality's day wins over the region's, that over the country's."""
    rows: dict[int | None, dict[date, str]] = {}
    for place, day, kind in SpecialDay.objects.in_force().values_list("place_id", "day", "kind"):
        rows.setdefault(place, {})[day] = kind
    country = WorkingCalendar(rows.pop(None, {}))
    found = {}
    for level in levels:
        own = [rows[place] for place in level if place in rows]
        # Most places have no days of their own: they share the country's calendar.
        found[level] = WorkingCalendar(reduce(or_, own, dict(country.special))) if own else country
    return found
