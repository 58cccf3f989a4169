"""«Перенести на следующий год»: a new plan with the lines of the old one."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.roadmap.actions.carrying import carry_bonds
from nastavnik.roadmap.actions.plans import create_roadmap
from nastavnik.roadmap.models import Roadmap
from nastavnik.roadmap.queries.rolling import Rolling


@transaction.atomic
def roll_over(rolling: Rolling, *, by: Any) -> Roadmap:
    """Create the plan of the later year as a draft; a second click gets the plan that the first one has made."""
    source = Roadmap.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=rolling.roadmap.pk)
    plan = rolling.plan()
    begins = plan.horizon.start if plan.horizon else None
    made = Roadmap.objects.active().filter(rolled_from=source, starts_on=begins).first()
    if made is not None:
        return made
    if rolling.wrong:
        raise Refusal(_("Исправьте сроки, которые не поняты."))
    if not plan.measures:
        raise Refusal(_("Отметьте хотя бы одно мероприятие."))
    roadmap = create_roadmap(
        source.organisation, plan, by=by, source_name=source.title, template_codes=rolling.codes(), purpose=source.purpose,
        rolled_from=source,
    )  # fmt: skip
    carry_over(rolling, roadmap)
    trail.record(
        "roadmap.rolled_over", roadmap, by=by, organisation=source.organisation,
        after={"source": source.title, "measures": len(plan.measures)},
    )  # fmt: skip
    return roadmap


def carry_over(rolling: Rolling, roadmap: Roadmap) -> None:
    """Facts and order of the old lines for the new ones, which stand in the same order."""
    rows = list(roadmap.measures.order_by("position"))
    origins = {new.pk: line.measure.pk for new, line in zip(rows, rolling.taken_lines, strict=True)}
    carry_bonds(rows, origins)
