"""The order of measures: what begins after what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.roadmap.models import Measure, MeasureDependency, Roadmap
from nastavnik.roadmap.queries.order import order_of
from nastavnik.roadmap.queries.templates import order_of_template
from nastavnik.roadmap.schedule import path_between


@transaction.atomic
def add_dependency(measure: Measure, *, after: Measure, by: Any) -> MeasureDependency:
    """«Начать после»: refused for itself, for another plan, a second time, and where it would close a circle.

    The plan is locked, so that two people cannot close a circle from both ends."""
    roadmap = locked_plan(measure.roadmap_id)
    if after.roadmap_id != roadmap.pk:
        raise Refusal(_("Связать можно только мероприятия одного плана."))
    if after.pk == measure.pk:
        raise Refusal(_("Мероприятие не может ждать само себя. Выберите другое."))
    order = order_of(roadmap)
    if measure.pk in order.get(after.pk, ()):
        raise Refusal(_("Эта связь уже есть."))
    circle = path_between(order, measure.pk, after.pk)
    if circle:
        raise Refusal(_("Так получится круг: %(way)s. Уберите одну из этих связей.") % {"way": way_in_words(circle, measure)})
    made = MeasureDependency.objects.create(region_id=roadmap.region_id, roadmap=roadmap, measure=measure, after=after)
    trail.record("roadmap.order_added", measure, by=by, after={"begins_after": in_words(after)}, organisation=roadmap.organisation)
    return made


@transaction.atomic
def remove_dependency(dependency: MeasureDependency, *, by: Any) -> None:
    """The measure no longer waits; a second click finds nothing to do."""
    measure, after = dependency.measure, dependency.after
    if MeasureDependency.objects.filter(pk=dependency.pk).delete()[0]:
        trail.record(
            "roadmap.order_removed", measure, by=by, before={"begins_after": in_words(after)},
            organisation=measure.roadmap.organisation,
        )  # fmt: skip


def bind_template_order(roadmap: Roadmap, measures: Iterable[Measure]) -> int:
    """The natural order of the built-in plan, for the measures that were taken from it; returns how many bonds."""
    by_code = {one.template_code: one for one in measures if one.template_code}
    bonds = [
        MeasureDependency(region_id=roadmap.region_id, roadmap=roadmap, measure=by_code[code], after=by_code[before])
        for code, before in order_of_template()
        if code in by_code and before in by_code
    ]
    MeasureDependency.objects.bulk_create(bonds)
    return len(bonds)


def locked_plan(key: UUID) -> Roadmap:
    """The plan under lock: whoever changes its order comes one after the other."""
    return Roadmap.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=key)


def way_in_words(circle: list[UUID], measure: Measure) -> str:
    """«2.1 → 2.3 → 2.1»."""
    numbers = dict(Measure.objects.filter(pk__in=circle).values_list("pk", "number"))
    return " → ".join(numbers[pk].rstrip(".") or _("без номера") for pk in [*circle, measure.pk])


def in_words(measure: Measure) -> str:
    """How the history names it."""
    return f"{measure.number} {measure.text}".strip()[:120]


def copy_order(copies: Iterable[Measure], origins: Mapping[Any, Any]) -> int:
    """Bind copied measures to each other as their originals are; `origins`: key of the copy > key of the measure that it was
    copied from. Returns how many bonds there are. Two statements, however many plans the copies stand in."""
    rows = [row for row in copies if row.pk in origins]
    copy_in = {(row.roadmap_id, origins[row.pk]): row for row in rows}
    waits_for: dict[Any, list[Any]] = defaultdict(list)
    bonds = MeasureDependency.objects.filter(measure__in=set(origins.values()))
    for measure, after in bonds.values_list("measure_id", "after_id"):
        waits_for[measure].append(after)
    made = [
        MeasureDependency(region_id=row.region_id, roadmap_id=row.roadmap_id, measure=row, after=copy_in[row.roadmap_id, after])
        for row in rows
        for after in waits_for[origins[row.pk]]
        if (row.roadmap_id, after) in copy_in
    ]
    MeasureDependency.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    return len(made)
