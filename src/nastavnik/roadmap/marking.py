"""What follows from the present appointment for one row."""

from typing import Any

from django.utils import timezone

from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.enums import ShownState


def may_mark(user: Any, assignment: Any) -> bool:
    """The own organisation's assignments; those who lead a municipality also mark for its schools."""
    if user.appointment is None or not user.may("roadmap.mark_assignment"):
        return False
    place = user.appointment.organisation
    if place.pk == assignment.organisation_id:
        return True
    return (
        place.kind == OrganisationKind.MUNICIPALITY
        and user.may("roadmap.lead_roadmap")
        and assignment.organisation.municipality_id == place.pk
    )


def marks_for_other(user: Any, assignment: Any) -> bool:
    """Does the person speak for an organisation that is not the own one? The system itself (None) speaks for nobody."""
    appointment = getattr(user, "appointment", None)
    return appointment is not None and appointment.organisation_id != assignment.organisation_id


def may_remind(user: Any, assignment: Any) -> bool:
    """Whoever leads reminds others of what is late; nobody reminds oneself."""
    late = assignment.shown_state(timezone.localdate()) is ShownState.LATE
    return late and user.may("roadmap.remind_schools") and marks_for_other(user, assignment)


def may_receive(user: Any, assignment: Any) -> bool:
    """A report is received by the organisation right above the one that wrote it."""
    place = user.appointment.organisation_id if user.appointment else None
    return user.may("roadmap.receive_reports") and place is not None and assignment.organisation.parent_id == place
