"""From printed words to the Plan: the horizon, deadlines, parties, and doubts in words for a person."""

from collections.abc import Sequence
from dataclasses import replace

from planreader.clean import one_line
from planreader.deadlines import deadline_warnings, read_deadline, read_horizon
from planreader.deadlines.horizon import length
from planreader.model import Deadline, DeadlineKind, Measure, Party, Plan, Role, Scope, Section, Span
from planreader.oddities import with_doubts
from planreader.outline import RawMeasure, RawSection
from planreader.parties import find_aliases, read_parties
from planreader.stamp import Intro

NOBODY = "Не указан ответственный."
UNKNOWN_PARTY = "Исполнитель «{text}» не распознан."
NO_DEADLINE = "Срок не указан."
NO_HORIZON = "Период плана в документе не назван: укажите его."


def assemble(intro: Intro, sections: Sequence[RawSection], *, warnings: Sequence[str] = ()) -> Plan:
    """The Plan of the printed words."""
    horizon = intro.period or stated_horizon(intro.title, sections)
    aliases = aliases_of(sections)
    read = tuple(section_of(section, horizon, aliases) for section in sections)
    period = horizon or horizon_of_dates(read)
    notes = (*warnings, *(() if period else (NO_HORIZON,)))
    return with_doubts(Plan(intro.title, period, intro.approval, read, notes))


def stated_horizon(title: str, sections: Sequence[RawSection]) -> Span | None:
    """The period in the title, else the longest in the headings of sections."""
    stated = read_horizon(title)
    if stated is not None:
        return stated
    found = [span for span in (read_horizon(section.title) for section in sections) if span is not None]
    return max(found, key=length, default=None)


def horizon_of_dates(sections: Sequence[Section]) -> Span | None:
    """From the first to the last day that any measure names."""
    deadlines = [measure.deadline for section in sections for measure in section.measures]
    ends = [deadline.end for deadline in deadlines if deadline.end]
    starts = [deadline.start or deadline.end for deadline in deadlines if deadline.end]
    return Span(min(start for start in starts if start), max(ends)) if ends else None


def aliases_of(sections: Sequence[RawSection]) -> dict[str, str]:
    """Short names that any responsible cell defines."""
    texts = [one_line(text) for section in sections for measure in section.measures for text, _ in measure.parties]
    return {short: full for text in texts for short, full in find_aliases(text).items()}


def section_of(raw: RawSection, horizon: Span | None, aliases: dict[str, str]) -> Section:
    """A section with its measures."""
    deadline = read_deadline(raw.deadline, horizon=horizon) if raw.deadline else None
    measures = tuple(measure_of(measure, deadline, horizon, aliases) for measure in raw.measures)
    return Section(raw.number, one_line(raw.title), deadline, measures)


def measure_of(raw: RawMeasure, section: Deadline | None, horizon: Span | None, aliases: dict[str, str]) -> Measure:
    """A measure; without a term of its own it has the section's."""
    deadline = read_deadline(raw.deadline, horizon=horizon)
    if deadline.kind is DeadlineKind.NONE and not deadline.text and section is not None and section.kind is not DeadlineKind.NONE:
        deadline = replace(section, inherited=True)
    parties = tuple(party for text, side in raw.parties for party in read_parties(text, scope=side, aliases=aliases))
    notes = [*raw.warnings, *deadline_warnings(deadline, horizon), *party_warnings(parties)]
    if deadline.kind is DeadlineKind.NONE:
        notes.append(NO_DEADLINE)
    return Measure(raw.number, one_line(raw.text), deadline, parties, one_line(raw.result) or None, tuple(dict.fromkeys(notes)))


def party_warnings(parties: Sequence[Party]) -> list[str]:
    """Nobody, or somebody whom no rule knows."""
    if not parties:
        return [NOBODY]
    return [UNKNOWN_PARTY.format(text=party.text) for party in parties if party.role is Role.OTHER and party.scope is Scope.UNKNOWN]
