"""A model roadmap begins: from a plan that is at work. From the template, a file or by hand it begins like any plan."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.actions.drafts import open_draft
from nastavnik.roadmap.enums import Purpose
from nastavnik.roadmap.models import Measure, PlanDraft, Roadmap
from nastavnik.roadmap.queries.editions import plan_of_rows


@transaction.atomic
def begin_model_from_plan(roadmap: Roadmap, *, by: Any) -> PlanDraft:
    """A draft of a model with what the plan asks of every school (a region's model keeps everything); it is previewed and
    accepted like any other."""
    schools_only = roadmap.organisation.kind == OrganisationKind.MUNICIPALITY
    plan = plan_of_rows(roadmap, for_each_school=schools_only)
    if not plan.measures:
        raise Refusal(_("В этом плане нет мероприятий для каждой школы. Возьмите типовой план школы или свой файл."))
    name = _("Из плана: %(title)s") % {"title": roadmap.title}
    return open_draft(roadmap.organisation, plan, source_name=name, by=by, purpose=Purpose.MODEL)


@transaction.atomic
def return_line(measure: Measure, *, by: Any) -> None:
    """Take back a line that the model had given up and not yet sent so, or had sent so: the copies get it again as theirs."""
    if Measure.objects.filter(pk=measure.pk, withdrawn_on__isnull=False).update(withdrawn_on=None):
        trail.record(
            "roadmap.line_returned", measure, by=by, organisation=measure.roadmap.organisation,
            after={"number": measure.number, "text": measure.text},
        )  # fmt: skip


def withdraw_line(measure: Measure) -> None:
    """Mark a copy's line whose original the model has given up."""
    Measure.objects.filter(pk=measure.pk, withdrawn_on=None).update(withdrawn_on=timezone.localdate())
