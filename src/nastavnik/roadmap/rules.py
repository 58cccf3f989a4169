"""Pure rules: which days a deadline makes due, and which organisations a measure falls to."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nastavnik.organisations.enums import OrganisationKind
from planreader.contract import party_from_json
from planreader.model import Deadline, DeadlineKind, Party, Scope


@dataclass(frozen=True, slots=True)
class DueSpan:
    """One occurrence: from when, by when; `awaits_date` while a person must still say when."""

    starts_on: date | None
    due_on: date | None
    awaits_date: bool = False


def due_spans(deadline: Deadline) -> list[DueSpan]:
    """One span per occurrence; at least one, so that no measure is lost.

    Work over the whole period or on demand has no due day and is never late (domain: deadline catalogue, rule 5).
    """
    if deadline.kind in (DeadlineKind.EXTERNAL, DeadlineKind.UNRECOGNISED):
        return [DueSpan(None, None, awaits_date=True)]
    if deadline.kind in (DeadlineKind.ON_DEMAND, DeadlineKind.NONE):
        return [DueSpan(None, None)]
    if deadline.kind is DeadlineKind.WHOLE_PERIOD:
        return [DueSpan(deadline.start, None)]
    if deadline.occurrences:
        return [DueSpan(span.start, span.end, awaits_date=span.end is None) for span in deadline.occurrences]
    if deadline.end is not None:
        return [DueSpan(deadline.start, deadline.end)]
    return [DueSpan(None, None, awaits_date=True)]


@dataclass(frozen=True, slots=True)
class Place:
    """What fan-out needs to know of an organisation."""

    id: int
    kind: str


def target_ids(owner: Place, parties: Sequence[tuple[str, int | None]], below: Sequence[Place]) -> list[int]:
    """Organisations that must act, in the order of `below`, the plan's owner first.

    `parties` are (scope, named organisation or None). A school's own plan falls to the school alone. Outside bodies
    (region, partner, unknown) get no task of their own unless a person named the organisation; when nobody is left,
    the owner answers for the measure, so that it is on somebody's list.
    """
    scopes = {scope for scope, _ in parties}
    named = {organisation for _, organisation in parties if organisation is not None}
    if owner.kind in (OrganisationKind.SCHOOL, OrganisationKind.PARTNER):
        return [owner.id]
    found = []
    if (Scope.MUNICIPALITY in scopes and owner.kind == OrganisationKind.MUNICIPALITY) or (
        Scope.REGION in scopes and owner.kind == OrganisationKind.REGION
    ):
        found.append(owner.id)
    for place in below:
        each_school = place.kind == OrganisationKind.SCHOOL and Scope.EACH_SCHOOL in scopes
        each_municipality = place.kind == OrganisationKind.MUNICIPALITY and Scope.MUNICIPALITY in scopes
        if each_school or each_municipality or place.id in named:
            found.append(place.id)
    return found or [owner.id]


@dataclass(frozen=True, slots=True)
class NamedParty(Party):
    """A party for which a person has named the organisation: the measure becomes that organisation's task."""

    organisation_id: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The party of the contract with the organisation's key beside it."""
        return {**Party.to_json(self), "organisation": self.organisation_id}


def known_party(value: dict[str, Any]) -> Party:
    """A party that `to_json` wrote, named or not."""
    party = party_from_json(value)
    named = value.get("organisation")
    return NamedParty(party.text, party.role, party.scope, party.name, named) if named is not None else party


def line_digest(text: str, deadline: str, parties: Sequence[str], result: str) -> str:
    """What makes two lines of a plan the same, whatever their numbers and spaces."""
    words = [" ".join(part.split()) for part in (text, deadline, *parties, result)]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()
