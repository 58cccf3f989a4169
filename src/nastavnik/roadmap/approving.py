"""Which way the paper of a roadmap goes, and who may take its next step. Reads rows in memory only."""

from datetime import date, timedelta
from typing import Any

from nastavnik.organisations.calendars import SchoolYear, school_year_of
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.enums import Purpose, RoadmapState, Stage

BEFORE_APPROVAL = (Stage.DRAFT, Stage.RETURNED)
# From May on one hands in what begins in September.
BEFORE_THE_YEAR = timedelta(days=123)


def year_asked(hand_in_on: date) -> SchoolYear:
    """The school year whose roadmaps are handed in by that day: from May on it is the next one."""
    return school_year_of(hand_in_on + BEFORE_THE_YEAR)


def asked_for(roadmap: Any, hand_in_on: date | None) -> bool:
    """Is the day of handing in about this plan? About those that reach into its school year."""
    if hand_in_on is None:
        return False
    year = year_asked(hand_in_on)
    begun = roadmap.starts_on is None or roadmap.starts_on <= year.end
    return begun and (roadmap.ends_on is None or roadmap.ends_on >= year.start)


def goes_further(roadmap: Any) -> bool:
    """Does an approved roadmap still wait for the department above? A school's does; others end with their approval."""
    return roadmap.organisation.kind == OrganisationKind.SCHOOL and roadmap.organisation.municipality_id is not None


def is_in_force(roadmap: Any) -> bool:
    """From its approval on a plan changes by amendments only."""
    return roadmap.purpose == Purpose.WORK and roadmap.stage not in BEFORE_APPROVAL


def has_paper(roadmap: Any) -> bool:
    """A plan at work of its own; models are published instead, what is in the archive takes no more steps."""
    return roadmap.purpose == Purpose.WORK and roadmap.state == RoadmapState.ACTIVE


def may_lead(user: Any, roadmap: Any) -> bool:
    """May the person work on this plan: that of the own organisation?"""
    place = user.appointment.organisation_id if user.appointment else None
    return user.may("roadmap.lead_roadmap") and roadmap.organisation_id == place


def may_sign(user: Any, roadmap: Any) -> bool:
    """May the person approve in the own name? Others who lead enter an approval from its paper, with the scan."""
    return may_lead(user, roadmap) and user.may("roadmap.approve_roadmap")


def may_endorse(user: Any, roadmap: Any) -> bool:
    """The department of the school's own municipality endorses and returns."""
    place = user.appointment.organisation_id if user.appointment else None
    own = goes_further(roadmap) and roadmap.organisation.municipality_id == place
    return own and user.may("roadmap.endorse_roadmap")
