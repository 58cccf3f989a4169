"""The list of requirements as a person keeps it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from nastavnik.monitoring.models import Requirement
from nastavnik.monitoring.rules import requirements_for
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.facts import all_facts


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a requirement: in force today, and whether the person's organisation wrote it."""

    requirement: Requirement
    in_force: bool
    own: bool


def entries_for(place: Organisation, day: date) -> list[tuple[str, list[Entry]]]:
    """All versions that the organisation knows, for municipalities and for schools: one query."""
    known = list(Requirement.objects.known_to(place).select_related("owner").order_by("position", "code", "valid_from", "pk"))
    return [
        (str(OrganisationKind(kind).label), list(entries_of(known, kind, place, day)))
        for kind in (OrganisationKind.SCHOOL, OrganisationKind.MUNICIPALITY)
    ]


def entries_of(known: list[Requirement], kind: str, place: Organisation, day: date) -> Iterable[Entry]:
    """The versions for one kind of organisation below the place."""
    below = Organisation(kind=kind, region_id=place.region_id, municipality_id=place.municipality_id)
    in_force = {one.pk for one in requirements_for(known, below, day)}
    return (Entry(one, one.pk in in_force, one.owner_id == place.pk) for one in known if one.kind == kind)


def facts_to_choose() -> list[tuple[str, Any]]:
    """Facts about organisations, for the form."""
    return [("", "–"), *((fact.code, fact.question) for fact in all_facts() if not fact.of_measure)]
