"""From printed words to the Plan: the horizon, deadlines, parties, and doubts in words for a person."""

from collections.abc import Sequence
from dataclasses import replace

from planreader.clean import fold, one_line
from planreader.deadlines import deadline_warnings, read_deadline, read_horizon
from planreader.deadlines.horizon import length
from planreader.model import Approval, Deadline, DeadlineKind, Measure, Party, Plan, Role, Scope, Section, Span
from planreader.numbering import number_key
from planreader.outline import RawMeasure, RawSection
from planreader.parties import find_aliases, read_parties

NOBODY = "Не указан ответственный."
UNKNOWN_PARTY = "Исполнитель «{text}» не распознан."
NO_DEADLINE = "Срок не указан."
GAP = "Перед номером {number} пропущен номер."
TWICE = "Номер {number} стоит ещё раз."
SIMILAR = "Похожее мероприятие уже есть под номером {number}."
NO_NUMBERS = "В плане нет номеров мероприятий, взят порядок строк."
WEIGHTLESS = frozenset("данных уровне целевой модели реализации внедрения внедрению году".split())
NO_HORIZON = "Период плана в документе не назван: укажите его."


def assemble(title: str, approval: Approval | None, sections: Sequence[RawSection], *, warnings: Sequence[str] = ()) -> Plan:
    """The Plan of the printed words."""
    horizon = stated_horizon(title, sections)
    aliases = aliases_of(sections)
    read = tuple(section_of(section, horizon, aliases) for section in sections)
    plan = Plan(title, horizon or horizon_of_dates(read), approval, with_doubts(read))
    notes = list(warnings)
    if plan.horizon is None:
        notes.append(NO_HORIZON)
    if not any(measure.number for measure in plan.measures):
        notes.append(NO_NUMBERS)
    return replace(plan, warnings=tuple(notes))


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


def with_doubts(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Add what only the whole plan shows: gaps and repetitions of numbers, similar measures."""
    seen_numbers: dict[tuple[int, ...], str] = {}
    seen_texts: dict[str, str] = {}
    found = []
    for section in sections:
        before: tuple[int, ...] = ()
        measures = []
        for measure in section.measures:
            key, text = number_key(measure.number), similar_form(measure.text)
            notes = number_notes(measure.number, key, before, seen_numbers)
            if text in seen_texts and len(text) > 20:
                notes.append(SIMILAR.format(number=seen_texts[text].rstrip(".")))
            seen_texts.setdefault(text, measure.number)
            before = key or before
            measures.append(replace(measure, warnings=(*measure.warnings, *notes)))
        found.append(replace(section, measures=tuple(measures)))
    return tuple(found)


def number_notes(number: str, key: tuple[int, ...], before: tuple[int, ...], seen: dict[tuple[int, ...], str]) -> list[str]:
    """A gap before this number, or the number again."""
    notes = []
    if key and key in seen:
        notes.append(TWICE.format(number=number.rstrip(".")))
    first_missing = key and not before and len(key) > 1 and key[-1] > 1
    jumped = key and before and len(key) == len(before) and key[:-1] == before[:-1] and key[-1] > before[-1] + 1
    if first_missing or jumped:
        notes.append(GAP.format(number=number.rstrip(".")))
    if key:
        seen[key] = number
    return notes


def similar_form(text: str) -> str:
    """What a measure is about: its first three words of weight, by their stems. «Формирование базы данных о наставляемых …»
    and «Формирование базы наставляемых в … учебном году» are one thing printed twice."""
    words = [word.strip('(),.;:«»"') for word in fold(text).split()]
    return " ".join([word[:8] for word in words if len(word) > 3 and word not in WEIGHTLESS][:3])
