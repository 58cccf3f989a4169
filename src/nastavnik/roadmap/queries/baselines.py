"""Deadlines as they stood, beside those of today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nastavnik.roadmap.models import Baseline, Measure, Roadmap
from nastavnik.roadmap.models.deadlines import day
from nastavnik.roadmap.queries.lists import is_uuid

NO_BASELINE = "off"


@dataclass(frozen=True, slots=True)
class Was:
    """How a deadline stood: its days and words. `moved` when today's differ; `days` by how many the end moved, None when one
    of the two has no day. `added`: the measure came into the plan later."""

    start: date | None
    end: date | None
    text: str
    moved: bool
    days: int | None
    added: bool = False


ADDED = Was(None, None, "", moved=False, days=None, added=True)


def baselines_of(roadmap: Roadmap) -> list[Baseline]:
    """Baselines of a plan without their dates, the first one first: one query."""
    return list(roadmap.baselines.defer("dates").order_by("taken_at", "pk"))


def chosen_baseline(roadmap: Roadmap, asked: str) -> Baseline | None:
    """The baseline that the address names, else the first one; None when it is switched off or there is none: one query."""
    if asked == NO_BASELINE:
        return None
    rows = roadmap.baselines.order_by("taken_at", "pk")
    named = rows.filter(pk=asked) if is_uuid(asked) else rows
    return named.first()


def was_of(measure: Measure, dates: Mapping[str, Mapping[str, Any]]) -> Was:
    """A measure's deadline in a baseline."""
    entry = dates.get(str(measure.pk))
    if entry is None:
        return ADDED
    start, end = day(entry["start"]), day(entry["end"])
    days = (measure.ends_on - end).days if measure.ends_on and end else None
    return Was(start, end, entry["text"], (start, end) != (measure.starts_on, measure.ends_on), days)


def removed_from(measures: set[str], dates: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Numbers of measures that stood in the baseline and have left the plan."""
    return [entry["number"].rstrip(".") for key, entry in dates.items() if key not in measures]
