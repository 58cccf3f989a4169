"""What follows from the present appointment for one row."""

from typing import Any

from nastavnik.organisations.enums import OrganisationKind


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
