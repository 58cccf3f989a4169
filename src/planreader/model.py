"""What an official plan («дорожная карта») says, as values.

A Plan holds sections, a section holds measures, a measure has one deadline and the parties who must do it. Raw text is
kept beside everything that was understood: what could not be read is a value too (`DeadlineKind.UNRECOGNISED`,
`Role.OTHER`), never an error. `to_json` gives the contract of `plan.schema.json`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class DeadlineKind(StrEnum):
    """How a printed term binds: a day, a span, several spans, a rhythm, or something outside the plan."""

    BY = "by"
    RANGE = "range"
    LIST = "list"
    RECURRING = "recurring"
    WHOLE_PERIOD = "whole_period"
    EXTERNAL = "external"
    ON_DEMAND = "on_demand"
    NONE = "none"
    UNRECOGNISED = "unrecognised"


class Recurrence(StrEnum):
    """The rhythm of a recurring deadline."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    TERMLY = "termly"  # once in a school quarter («четверть»)
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


class Role(StrEnum):
    """Who must act, in the vocabulary of the model; `OTHER` keeps whoever the vocabulary does not know."""

    REGION_AUTHORITY = "region_authority"
    REGIONAL_CENTRE = "regional_centre"
    MUNICIPAL_DEPARTMENT = "municipal_department"
    MUNICIPAL_HEAD = "municipal_head"
    SCHOOL_HEAD = "school_head"
    SCHOOL_COORDINATOR = "school_coordinator"
    DEPUTY_HEAD = "deputy_head"
    CLASS_TEACHER = "class_teacher"
    PSYCHOLOGIST = "psychologist"
    MENTOR = "mentor"
    MENTEE = "mentee"
    WORKING_GROUP = "working_group"
    PARTNER = "partner"
    OTHER = "other"


class Scope(StrEnum):
    """Where the duty falls: `EACH_SCHOOL` means one task per school of the list."""

    REGION = "region"
    MUNICIPALITY = "municipality"
    EACH_SCHOOL = "each_school"
    PARTNER = "partner"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start` to `end`, both included; `start` is None for «до …»."""

    start: date | None
    end: date | None

    def to_json(self) -> dict[str, Any]:
        """`{"start": ISO | None, "end": ISO | None}`."""
        return {"start": iso(self.start), "end": iso(self.end)}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A printed term and what it means. `occurrences` is empty for kinds without dates."""

    text: str
    kind: DeadlineKind
    start: date | None = None
    end: date | None = None
    occurrences: tuple[Span, ...] = ()
    recurrence: Recurrence | None = None
    inherited: bool = False

    def to_json(self) -> dict[str, Any]:
        """The shape D of the JSON contract."""
        return {
            "text": self.text,
            "kind": self.kind.value,
            "start": iso(self.start),
            "end": iso(self.end),
            "occurrences": [span.to_json() for span in self.occurrences],
            "recurrence": self.recurrence.value if self.recurrence else None,
            "inherited": self.inherited,
        }


@dataclass(frozen=True, slots=True)
class Party:
    """A responsible party: `text` as printed, `name` where a person or an organisation is named."""

    text: str
    role: Role
    scope: Scope
    name: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The shape of a party in the JSON contract."""
        return {"text": self.text, "role": self.role.value, "scope": self.scope.value, "name": self.name}


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the plan. `number` is kept as printed; `warnings` are Russian sentences for a person."""

    number: str
    text: str
    deadline: Deadline
    parties: tuple[Party, ...] = ()
    result: str | None = None
    warnings: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The shape of a measure in the JSON contract."""
        return {
            "number": self.number,
            "text": self.text,
            "deadline": self.deadline.to_json(),
            "parties": [party.to_json() for party in self.parties],
            "result": self.result,
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the plan with its measures; its own deadline is inherited by measures that have none."""

    number: str
    title: str
    deadline: Deadline | None = None
    measures: tuple[Measure, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The shape of a section in the JSON contract."""
        return {
            "number": self.number,
            "title": self.title,
            "deadline": self.deadline.to_json() if self.deadline else None,
            "measures": [measure.to_json() for measure in self.measures],
        }


@dataclass(frozen=True, slots=True)
class Approval:
    """The stamp «УТВЕРЖДАЮ»: post and name as printed, date if it stands there."""

    post: str
    name: str
    date: date | None = None

    def to_json(self) -> dict[str, Any]:
        """The shape of the approval in the JSON contract."""
        return {"post": self.post, "name": self.name, "date": iso(self.date)}


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan. `horizon` is the period that the title, the sections or the dates give."""

    title: str
    horizon: Span | None = None
    approval: Approval | None = None
    sections: tuple[Section, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All measures in the order of the paper."""
        return tuple(measure for section in self.sections for measure in section.measures)

    def to_json(self) -> dict[str, Any]:
        """The JSON contract of `plan.schema.json`."""
        return {
            "title": self.title,
            "horizon": self.horizon.to_json() if self.horizon else None,
            "approval": self.approval.to_json() if self.approval else None,
            "sections": [section.to_json() for section in self.sections],
            "warnings": list(self.warnings),
        }


def iso(day: date | None) -> str | None:
    """ISO form of a day, None for None."""
    return day.isoformat() if day else None
