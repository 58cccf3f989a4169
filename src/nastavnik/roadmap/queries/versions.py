"""A plan as comparable lines: as it stands now, and as its versions keep it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from nastavnik.roadmap.comparing import Line
from nastavnik.roadmap.models import Measure, ResponsibleParty, Roadmap, RoadmapVersion, Section
from nastavnik.roadmap.queries.plans import deadline_words


def lines_of(roadmap: Roadmap) -> list[Line]:
    """The plan as it stands: three queries."""
    return lines_of_many([roadmap.pk])[roadmap.pk]


def lines_of_many(keys: Iterable[Any]) -> dict[Any, list[Line]]:
    """Several plans as they stand, by key: three queries, however many."""
    wanted = list(keys)
    measures: dict[Any, list[Line]] = defaultdict(list)
    parties: dict[Any, list[str]] = defaultdict(list)
    rows = ResponsibleParty.objects.filter(measure__roadmap__in=wanted).order_by("measure_id", "position")
    for measure_id, text in rows.values_list("measure_id", "text"):
        parties[measure_id].append(text)
    for one in Measure.objects.filter(roadmap__in=wanted).order_by("position").defer("search_text", "warnings"):
        measures[one.section_id].append(line_of(one, parties[one.pk]))
    found: dict[Any, list[Line]] = {key: [] for key in wanted}
    for section in Section.objects.filter(roadmap__in=wanted).order_by("position"):
        heading = Line(str(section.pk), section.title, number=section.number, heading=True)
        found[section.roadmap_id] += [heading, *measures[section.pk]]
    return found


def line_of(measure: Measure, parties: Iterable[str]) -> Line:
    """One measure with the words of its parties."""
    return Line(
        str(measure.pk), measure.text, number=measure.number, result=measure.result, parties=tuple(parties),
        deadline=measure.deadline_text or deadline_words(measure.deadline), section=str(measure.section_id),
    )  # fmt: skip


def as_json(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Lines as a version keeps them."""
    return [{**asdict(line), "parties": list(line.parties)} for line in lines]


def kept_lines(version: RoadmapVersion) -> list[Line]:
    """The lines of a version."""
    return [Line(**{**kept, "parties": tuple(kept["parties"])}) for kept in version.lines]


def digest_of(lines: Iterable[Line]) -> str:
    """What makes two states of a plan the same. A page carries it, so that nobody puts a name under what was not shown."""
    return hashlib.sha256(json.dumps(as_json(lines), sort_keys=True).encode()).hexdigest()


NOW = "now"


def versions_of(roadmap: Roadmap) -> list[RoadmapVersion]:
    """Kept versions, the latest first, without their lines: one query."""
    return list(roadmap.versions.defer("lines").select_related("by").order_by("-number"))


def chosen(versions: list[RoadmapVersion], asked: str, default: RoadmapVersion | None) -> RoadmapVersion | None:
    """The version of that number; None stands for the plan as it is now."""
    if asked == NOW:
        return None
    return next((one for one in versions if str(one.number) == asked), default)


def earlier_than(versions: list[RoadmapVersion], lines: list[Line]) -> RoadmapVersion | None:
    """The latest version that differs from these lines, else the latest one: what a reader wants to compare with."""
    digest = digest_of(lines)
    return next((one for one in versions if one.digest != digest), versions[0] if versions else None)
