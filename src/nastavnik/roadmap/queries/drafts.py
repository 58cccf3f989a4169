"""A plan that waits for acceptance, as a person sees it: printed beside understood, doubtful lines first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from nastavnik.core.text import number_of
from nastavnik.roadmap.models import PlanDraft
from nastavnik.roadmap.rules import known_party
from planreader import plan_from_json
from planreader.contract import day, deadline_from_json, span_from_json
from planreader.deadlines import deadline_warnings, read_deadline
from planreader.model import Approval, Deadline, DeadlineKind, Measure, Party, Plan, Role, Scope, Section, Span

# A page of 500 measures stays light: so many lines of a list at once.
LINES_AT_ONCE = 30


@dataclass(frozen=True)
class DraftLine:
    """One measure of the draft. `printed` is the paper, `measure` what would be accepted."""

    index: int
    section: int
    printed: Measure
    measure: Measure
    reasons: tuple[str, ...]
    decided: bool
    left_out: bool
    horizon: Span | None

    @property
    def deadline_in_doubt(self) -> bool:
        """Is one of the reasons about the term?"""
        return bool(set(self.reasons) & set(deadline_warnings(self.printed.deadline, self.horizon)))

    @property
    def printed_parties(self) -> list[tuple[str, bool]]:
        """The words of each party, and whether nobody knows who that is."""
        return [(party.text, self.is_doubtful and is_unknown(party)) for party in self.printed.parties]

    @property
    def is_doubtful(self) -> bool:
        """A person should look at it."""
        return bool(self.reasons) and not self.decided and not self.left_out

    @property
    def blocks(self) -> bool:
        """It must be decided before acceptance: nobody knows when."""
        undated = self.measure.deadline.kind is DeadlineKind.UNRECOGNISED
        return undated and not self.decided and not self.left_out


class DraftReading:
    """The plan of a draft with its corrections."""

    def __init__(self, draft: PlanDraft) -> None:
        self.draft = draft
        self.printed: Plan = plan_from_json(draft.plan)
        heading = draft.corrections.get("heading", {})
        self.horizon = span_of(heading) or self.printed.horizon
        self.title: str = heading.get("title", self.printed.title)
        self.approval = approval_of(heading) or self.printed.approval

    @cached_property
    def lines(self) -> list[DraftLine]:
        """All measures in the order of the paper."""
        found, index = [], 0
        for number, section in enumerate(self.printed.sections):
            for printed in section.measures:
                found.append(self.line(index, number, printed))
                index += 1
        return found

    def line(self, index: int, section: int, printed: Measure) -> DraftLine:
        """One measure with what a person changed."""
        correction = self.draft.corrections.get(str(index), {})
        deadline = self.deadline_of(printed, correction)
        parties = printed.parties
        if "parties" in correction:
            parties = tuple(known_party(value) for value in correction["parties"])
        measure = replace(
            printed, number=correction.get("number", printed.number), text=correction.get("text", printed.text),
            result=correction.get("result", printed.result), deadline=deadline, parties=parties,
        )  # fmt: skip
        corrected = bool({"deadline", "parties"} & correction.keys())
        reasons = self.reasons(printed, measure) if not corrected else remaining_reasons(measure, self.horizon)
        decided = bool(correction.get("confirmed") or correction.get("left_undated"))
        return DraftLine(index, section, printed, measure, reasons, decided, bool(correction.get("left_out")), self.horizon)

    def deadline_of(self, printed: Measure, correction: dict[str, Any]) -> Deadline:
        """The corrected deadline; another period of the plan lets the printed words be read anew."""
        if correction.get("deadline"):
            return deadline_from_json(correction["deadline"])
        if self.horizon != self.printed.horizon and not printed.deadline.inherited:
            return read_deadline(printed.deadline.text, horizon=self.horizon)
        return printed.deadline

    def reasons(self, printed: Measure, measure: Measure) -> tuple[str, ...]:
        """Doubts about an untouched line."""
        if self.horizon == self.printed.horizon:
            return printed.warnings
        of_reader = [
            warning for warning in printed.warnings if warning not in deadline_warnings(printed.deadline, self.printed.horizon)
        ]
        return (*deadline_warnings(measure.deadline, self.horizon), *of_reader)

    @property
    def doubtful(self) -> list[DraftLine]:
        """Lines that a person should look at, those that stop acceptance first."""
        return sorted((line for line in self.lines if line.is_doubtful), key=lambda line: not line.blocks)

    @property
    def blocking(self) -> int:
        """How many lines stop acceptance."""
        return sum(line.blocks for line in self.lines)

    @property
    def taken(self) -> list[DraftLine]:
        """Lines that would be accepted."""
        return [line for line in self.lines if not line.left_out]

    def plan(self) -> Plan:
        """What would be accepted; sections without measures stay, they are headings of the paper."""
        sections = tuple(self.section(number, section) for number, section in enumerate(self.printed.sections))
        return Plan(self.title, self.horizon, self.approval, sections, self.printed.warnings)

    def section(self, number: int, section: Section) -> Section:
        """A section with its accepted measures."""
        return replace(section, measures=tuple(line.measure for line in self.taken if line.section == number))


def remaining_reasons(measure: Measure, horizon: Span | None) -> tuple[str, ...]:
    """Doubts that a correction leaves."""
    if measure.deadline.kind is DeadlineKind.UNRECOGNISED:
        return deadline_warnings(measure.deadline, horizon)
    return ()


def span_of(heading: dict[str, Any]) -> Span | None:
    """The corrected period."""
    return span_from_json(heading["horizon"]) if heading.get("horizon") else None


def approval_of(heading: dict[str, Any]) -> Approval | None:
    """The corrected stamp."""
    value = heading.get("approval")
    return Approval(value["post"], value["name"], day(value["date"])) if value else None


def is_unknown(party: Party) -> bool:
    """The vocabulary does not know the party, nor where it stands."""
    return party.role is Role.OTHER and party.scope is Scope.UNKNOWN


@dataclass(frozen=True)
class Stretch:
    """A part of a list of lines: `first` is its offset, `previous` and `following` those of its neighbours, if any."""

    lines: list[DraftLine]
    total: int
    first: int
    previous: int | None
    following: int | None

    @property
    def last(self) -> int:
        """The number of its last line, counted from 1."""
        return self.first + len(self.lines)


def stretch_of(lines: list[DraftLine], asked: str, edited: int | None) -> Stretch:
    """The stretch of the line that is being edited, else the one that was asked for."""
    places = [place for place, line in enumerate(lines) if line.index == edited]
    first = places[0] if places else min(number_of(asked) or 0, max(len(lines) - 1, 0))
    first -= first % LINES_AT_ONCE
    following = first + LINES_AT_ONCE
    return Stretch(
        lines[first:following], len(lines), first, first - LINES_AT_ONCE if first else None,
        following if following < len(lines) else None,
    )  # fmt: skip


def next_doubtful(lines: Iterable[DraftLine], after: int) -> int | None:
    """The doubtful line to show after one was decided."""
    doubtful = [line.index for line in lines]
    later = [index for index in doubtful if index > after]
    return next(iter(later or doubtful), None)
