"""The JSON contract read back into values (`Plan.to_json` writes it, `plan.schema.json` describes it)."""

from datetime import date
from typing import Any

from planreader.model import Approval, Deadline, DeadlineKind, Measure, Party, Plan, Recurrence, Role, Scope, Section, Span


def plan_from_json(value: dict[str, Any]) -> Plan:
    """The Plan that `to_json` wrote."""
    approval = value["approval"]
    return Plan(
        title=value["title"],
        horizon=span_from_json(value["horizon"]) if value["horizon"] else None,
        approval=Approval(approval["post"], approval["name"], day(approval["date"])) if approval else None,
        sections=tuple(section_from_json(section) for section in value["sections"]),
        warnings=tuple(value["warnings"]),
    )


def section_from_json(value: dict[str, Any]) -> Section:
    """A section."""
    deadline = deadline_from_json(value["deadline"]) if value["deadline"] else None
    return Section(value["number"], value["title"], deadline, tuple(measure_from_json(measure) for measure in value["measures"]))


def measure_from_json(value: dict[str, Any]) -> Measure:
    """A measure."""
    return Measure(
        number=value["number"],
        text=value["text"],
        deadline=deadline_from_json(value["deadline"]),
        parties=tuple(party_from_json(party) for party in value["parties"]),
        result=value["result"],
        warnings=tuple(value["warnings"]),
    )


def party_from_json(value: dict[str, Any]) -> Party:
    """A responsible party."""
    return Party(value["text"], Role(value["role"]), Scope(value["scope"]), value["name"])


def deadline_from_json(value: dict[str, Any]) -> Deadline:
    """A deadline."""
    return Deadline(
        text=value["text"],
        kind=DeadlineKind(value["kind"]),
        start=day(value["start"]),
        end=day(value["end"]),
        occurrences=tuple(span_from_json(span) for span in value["occurrences"]),
        recurrence=Recurrence(value["recurrence"]) if value["recurrence"] else None,
        inherited=value["inherited"],
    )


def span_from_json(value: dict[str, Any]) -> Span:
    """A span."""
    return Span(day(value["start"]), day(value["end"]))


def day(value: str | None) -> date | None:
    """An ISO day."""
    return date.fromisoformat(value) if value else None
