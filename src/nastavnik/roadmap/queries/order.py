"""The order of measures of a plan: bonds with what they break, and the graph that rules walk."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.utils.text import Truncator

from nastavnik.roadmap.models import Measure, MeasureDependency, Roadmap
from nastavnik.roadmap.schedule import Term, collides

COLUMNS = ("number", "text", "position", "starts_on", "ends_on", "deadline_kind", "roadmap_id")


@dataclass(frozen=True, slots=True)
class Bond:
    """`second` begins after `first`; `broken` when it begins before the first has ended."""

    pk: UUID
    first: Measure
    second: Measure
    broken: bool


def term_of(measure: Measure) -> Term:
    """From when and by when a measure runs."""
    return Term(measure.starts_on, measure.ends_on)


def bonds_of(roadmap: Roadmap) -> list[Bond]:
    """Every bond of a plan in the order of the paper: one query."""
    columns = [f"{side}__{name}" for side in ("measure", "after") for name in COLUMNS]
    rows = MeasureDependency.objects.filter(roadmap=roadmap).select_related("measure", "after").only("roadmap_id", *columns)
    return [
        Bond(row.pk, row.after, row.measure, collides(term_of(row.after), term_of(row.measure)))
        for row in rows.order_by("measure__position", "after__position")
    ]


def bonds_around(measure: Measure) -> list[Bond]:
    """The bonds of one measure: what it waits for first, then what waits for it."""
    found = [bond for bond in bonds_of(measure.roadmap) if measure.pk in (bond.first.pk, bond.second.pk)]
    return sorted(found, key=lambda bond: bond.first.pk == measure.pk)


def order_of(roadmap: Roadmap) -> dict[UUID, list[UUID]]:
    """Measure > what begins after it: one query."""
    order: dict[UUID, list[UUID]] = defaultdict(list)
    rows = MeasureDependency.objects.filter(roadmap=roadmap).order_by("measure__position")
    for after, measure in rows.values_list("after_id", "measure_id"):
        order[after].append(measure)
    return order


LONGEST_CHOICE = 60


def measures_to_choose(measure: Measure) -> list[tuple[int, str]]:
    """(place in the plan, number and text) of all other measures: one query."""
    rows = Measure.objects.filter(roadmap_id=measure.roadmap_id).exclude(pk=measure.pk).order_by("position")
    return [
        (place, Truncator(f"{number} {text}".strip()).chars(LONGEST_CHOICE))
        for place, number, text in rows.values_list("position", "number", "text")
    ]
