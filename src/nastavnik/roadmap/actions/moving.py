"""Deadlines moved on the timeline: the measure, and what follows it by the same days."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nastavnik.core.errors import Refusal
from nastavnik.roadmap.actions.amendments import Act
from nastavnik.roadmap.actions.order import locked_plan
from nastavnik.roadmap.actions.plans import change_measure
from nastavnik.roadmap.models import Measure
from nastavnik.roadmap.queries.moving import days_moved
from nastavnik.roadmap.queries.order import order_of
from nastavnik.roadmap.queries.plans import as_value, horizon_of
from nastavnik.roadmap.schedule import all_after, is_movable, shifted
from planreader.model import Deadline


@transaction.atomic
def move_measure(
    measure: Measure, *, deadline: Deadline, following: Iterable[Measure] = (), version: int, reason: str, by: Any,
    act: Act | None = None,
) -> list[Measure]:  # fmt: skip
    """Give a measure other days, and the chosen ones that follow it the same shift; all or nothing. Returns what moved.

    Each goes through `change_measure`: reason, act, history and open assignments are as for any other change."""
    roadmap = locked_plan(measure.roadmap_id)
    if (deadline.occurrences, deadline.start, deadline.end) == (
        measure.deadline.occurrences, measure.deadline.start, measure.deadline.end,
    ):  # fmt: skip
        raise Refusal(_("Срок остался прежним. Выберите другой день."))
    days, order = days_moved(measure.deadline, deadline), order_of(roadmap)
    moved = [change_days(measure, deadline, version=version, reason=reason, act=act, by=by)]
    allowed = set(all_after(order, measure.pk))
    for one in following:
        fresh = Measure.objects.get(pk=one.pk, roadmap=roadmap)
        if days and fresh.pk in allowed and is_movable(fresh.deadline):
            later = shifted(fresh.deadline, days, horizon=horizon_of(roadmap))
            moved.append(change_days(fresh, later, version=fresh.version, reason=reason, act=act, by=by))
    return moved


def change_days(measure: Measure, deadline: Deadline, *, version: int, reason: str, act: Act | None, by: Any) -> Measure:
    """The measure as it is, with another deadline."""
    value = as_value(measure)
    return change_measure(
        measure, number=value.number, text=value.text, deadline=deadline, parties=value.parties, result=value.result or "",
        version=version, reason=reason, act=act, by=by,
    )  # fmt: skip
