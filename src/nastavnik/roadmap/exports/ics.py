"""A calendar file (RFC 5545) of all-day events. Equal events give equal bytes, so that a client that has them is told so."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from hashlib import sha256

from icalendar import Calendar, Event, vDuration

from nastavnik.roadmap.queries.feeds import Event as Dated

MAKER = "-//Nastavnik//Roadmap//RU"
REFRESH = timedelta(hours=1)
MEDIA_TYPE = "text/calendar; charset=utf-8"


def write_calendar(name: str, events: Iterable[Dated], *, site: str, host: str) -> bytes:
    """The file; `site` begins the addresses of the events, `host` ends their identifiers."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for one in events:
        calendar.add_component(component_of(one, site=site, host=host))
    return calendar.to_ical()


def component_of(one: Dated, *, site: str, host: str) -> Event:
    """One event that takes a whole day and nobody's time."""
    changed = one.changed_at.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", f"{one.uid}@{host}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", max(one.sequence, 0))
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", one.summary)
    event.add("description", one.description)
    event.add("url", site + one.path)
    event.add("status", "CANCELLED" if one.dropped else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def tag_of(content: bytes) -> str:
    """What an unchanged file is recognised by."""
    return f'"{sha256(content).hexdigest()[:32]}"'
