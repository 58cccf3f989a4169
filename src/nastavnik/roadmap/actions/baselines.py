"""Deadlines remembered as they stand, to be compared with later."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.core.templatetags.nastavnik import moment
from nastavnik.roadmap.models import Baseline, Roadmap


def dates_of(roadmap: Roadmap) -> dict[str, dict[str, Any]]:
    """Key of the measure > number, days and printed words: one query."""
    rows = roadmap.measures.order_by("position").values_list("pk", "number", "starts_on", "ends_on", "deadline_text")
    return {
        str(pk): {"number": number, "start": start and start.isoformat(), "end": end and end.isoformat(), "text": text}
        for pk, number, start, end, text in rows
    }


@transaction.atomic
def take_first_baseline(roadmap: Roadmap, *, by: Any) -> Baseline:
    """The deadlines with which the plan went to work; taken once, a repeated call finds it."""
    found, made = Baseline.objects.get_or_create(
        roadmap=roadmap, is_first=True,
        defaults={"region_id": roadmap.region_id, "name": _("Сроки при принятии"), "taken_by": by, "dates": dates_of(roadmap)},
    )  # fmt: skip
    if made:
        note(found, by=by)
    return found


@transaction.atomic
def take_baseline(roadmap: Roadmap, *, name: str, by: Any) -> Baseline:
    """«Запомнить сроки как базовые». Refused while nothing differs from those that were remembered last."""
    roadmap = Roadmap.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=roadmap.pk)
    dates, last = dates_of(roadmap), roadmap.baselines.order_by("-taken_at", "-pk").first()
    if not dates:
        raise Refusal(_("В плане нет мероприятий: запоминать нечего."))
    if last and last.dates == dates:
        raise Refusal(_("Сроки не менялись с тех пор, как их запомнили (%(day)s).") % {"day": moment(last.taken_at)})
    made = Baseline.objects.create(region_id=roadmap.region_id, roadmap=roadmap, name=name[:120], taken_by=by, dates=dates)
    note(made, by=by)
    return made


def note(baseline: Baseline, *, by: Any) -> None:
    """The line of the history."""
    trail.record(
        "roadmap.baseline_taken", baseline.roadmap, by=by, organisation=baseline.roadmap.organisation,
        after={"baseline": baseline.name, "measures": len(baseline.dates)},
    )  # fmt: skip
