"""What the system would answer to the questions of a checklist."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nastavnik.monitoring.models import ControlItem, ControlRound, ControlSheet
from nastavnik.monitoring.queries.standings import standings_of
from nastavnik.monitoring.rules import Stand, proposed_by_fact, proposed_by_stand
from nastavnik.organisations.calendars import school_year_of
from nastavnik.roadmap.facts import Ask, answers_to


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value (empty when the system does not know), the words of the proof and where to see it."""

    value: str
    words: str
    url: str


def proposals_for(
    control: ControlRound, items: Sequence[ControlItem], sheets: Sequence[ControlSheet]
) -> dict[tuple[Any, Any], Proposal]:
    """(sheet, item) > proposal, for the school year in which the control begins: facts one question each, requirements three
    queries for all."""
    found = {**by_facts(control, items, sheets), **by_requirements(control, items, sheets)}
    return {key: proposal for key, proposal in found.items() if proposal.value}


def by_facts(
    control: ControlRound, items: Sequence[ControlItem], sheets: Sequence[ControlSheet]
) -> dict[tuple[Any, Any], Proposal]:
    """What facts say of the school year up to the end of the control."""
    year = school_year_of(control.opens_on)
    found = {}
    for item in items:
        asks = [Ask(sheet.organisation_id, year.start, min(control.closes_on, year.end)) for sheet in sheets] if item.fact else []
        answers = {ask.organisation_id: answer for ask, answer in answers_to(item.fact, asks).items()} if asks else {}
        for sheet in sheets:
            answer = answers.get(sheet.organisation_id)
            if answer is not None:
                found[sheet.pk, item.pk] = Proposal(proposed_by_fact(answer), answer.words, answer.url)
    return found


def by_requirements(
    control: ControlRound, items: Sequence[ControlItem], sheets: Sequence[ControlSheet]
) -> dict[tuple[Any, Any], Proposal]:
    """What the legality check says."""
    asked = [item for item in items if item.requirement]
    if not asked:
        return {}
    lines = standings_of([sheet.organisation for sheet in sheets], control.opens_on)
    stands = {(line.place.pk, stand.requirement.code): stand for line in lines for stand in line.stands}
    return {
        (sheet.pk, item.pk): proposal_of(stands[sheet.organisation_id, item.requirement])
        for sheet in sheets for item in asked if (sheet.organisation_id, item.requirement) in stands
    }  # fmt: skip


def proposal_of(stand: Stand) -> Proposal:
    """A standing as a proposal."""
    return Proposal(proposed_by_stand(stand) or "", stand.words, stand.url)
