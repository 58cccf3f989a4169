"""The built-in plan of the model: data with validity dates and a source, made for a school year."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from nastavnik.core.errors import Refusal
from nastavnik.organisations.calendars import SchoolYear
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.drafts import open_draft
from nastavnik.roadmap.models import PlanDraft
from planreader.deadlines import deadline_warnings, read_deadline
from planreader.model import Measure, Plan, Section, Span
from planreader.parties import read_parties

FOLDER = Path(__file__).resolve().parents[1] / "model_plans"


@cache
def model_plan(name: str = "target_model") -> dict[str, Any]:
    """The data of a built-in plan: title, source, validity, sections of measures with relative deadlines."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def is_valid(model: dict[str, Any], day: date) -> bool:
    """In force on that day."""
    return model["valid_from"] <= day.isoformat() and (model["valid_to"] is None or day.isoformat() <= model["valid_to"])


def plan_for(year: SchoolYear, model: dict[str, Any]) -> Plan:
    """The built-in plan with the days of a school year."""
    horizon = Span(year.start, year.end)
    years = {"year1": year.begins, "year2": year.begins + 1}
    sections = []
    for number, section in enumerate(model["sections"], start=1):
        measures = []
        for place, entry in enumerate(section["measures"], start=1):
            deadline = read_deadline(entry["deadline"].format(**years), horizon=horizon)
            measures.append(
                Measure(f"{number}.{place}.", entry["text"], deadline, read_parties(entry["parties"]), entry["result"],
                        deadline_warnings(deadline, horizon))
            )  # fmt: skip
        sections.append(Section(f"{number}.", section["title"], None, tuple(measures)))
    return Plan(model["title"].format(**years), horizon, None, tuple(sections))


def start_from_template(organisation: Organisation, *, year: SchoolYear, by: Any) -> PlanDraft:
    """A draft of the built-in plan for a school year; it is previewed, corrected and accepted like an uploaded one."""
    model = model_plan()
    if not is_valid(model, year.start):
        raise Refusal(_("На этот учебный год встроенного плана нет. Загрузите свой файл."))
    name = _("Типовой план, %(year)s") % {"year": year.title}
    return open_draft(organisation, plan_for(year, model), source_name=name, by=by, from_template=True)
