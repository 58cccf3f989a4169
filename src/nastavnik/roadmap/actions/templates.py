"""Begin a plan from the built-in one."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from nastavnik.core.errors import Refusal
from nastavnik.organisations.calendars import SchoolYear
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.drafts import open_draft
from nastavnik.roadmap.enums import Purpose
from nastavnik.roadmap.models import PlanDraft
from nastavnik.roadmap.queries.templates import is_valid, model_plan, plan_for, template_for


def start_from_template(
    organisation: Organisation, *, year: SchoolYear, by: Any, chosen: Collection[str] | None = None, purpose: str = Purpose.WORK
) -> PlanDraft:
    """A draft of the built-in plan for a school year; it is previewed, corrected and accepted like an uploaded one.

    `chosen` are codes of its measures, None takes all."""
    model = model_plan(template_for(organisation, purpose))
    if not is_valid(model, year.start):
        raise Refusal(_("На этот учебный год встроенного плана нет. Загрузите свой файл."))
    plan = plan_for(year, model, chosen)
    if not plan.measures:
        raise Refusal(_("Выберите хотя бы одно мероприятие."))
    name = _("Типовой план, %(year)s") % {"year": year.title}
    return open_draft(organisation, plan, source_name=name, by=by, from_template=True, purpose=purpose)
