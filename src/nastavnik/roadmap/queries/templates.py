"""The built-in plan of the model: data with validity dates and a source, made for a school year."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from nastavnik.organisations.calendars import SchoolYear
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import Purpose
from planreader.deadlines import deadline_warnings, read_deadline
from planreader.model import Measure, Plan, Section, Span
from planreader.parties import read_parties

FOLDER = Path(__file__).resolve().parents[1] / "model_plans"


@cache
def model_plan(name: str = "target_model") -> dict[str, Any]:
    """The data of a built-in plan: title, source, validity, sections of measures with relative deadlines."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


TARGET_MODEL, SCHOOL_MODEL = "target_model", "school_model"


def template_for(organisation: Organisation, purpose: str = Purpose.WORK) -> str:
    """Which built-in plan an organisation begins with: a school, and a department that writes the schools' model, with the
    plan of a school."""
    for_schools = purpose == Purpose.MODEL and organisation.kind == OrganisationKind.MUNICIPALITY
    return SCHOOL_MODEL if for_schools or organisation.kind == OrganisationKind.SCHOOL else TARGET_MODEL


def is_valid(model: dict[str, Any], day: date) -> bool:
    """In force on that day."""
    return model["valid_from"] <= day.isoformat() and (model["valid_to"] is None or day.isoformat() <= model["valid_to"])


def plan_for(year: SchoolYear, model: dict[str, Any], chosen: Collection[str] | None = None) -> Plan:
    """The built-in plan with the days of a school year; `chosen` are codes of the measures to take, None takes all."""
    horizon = Span(year.start, year.end)
    years = {"year1": year.begins, "year2": year.begins + 1}
    taken = [(section["title"], [one for one in section["measures"] if chosen is None or one["code"] in chosen])
             for section in model["sections"]]  # fmt: skip
    sections = []
    for number, (title, entries) in enumerate([(title, entries) for title, entries in taken if entries], start=1):
        measures = [measure_for(f"{number}.{place}.", entry, years, horizon) for place, entry in enumerate(entries, start=1)]
        sections.append(Section(f"{number}.", title, None, tuple(measures)))
    return Plan(model["title"].format(**years), horizon, None, tuple(sections))


def measure_for(number: str, entry: dict[str, Any], years: dict[str, int], horizon: Span) -> Measure:
    """One measure of the built-in plan in a school year."""
    deadline = read_deadline(entry["deadline"].format(**years), horizon=horizon)
    parties = read_parties(entry["parties"])
    return Measure(number, entry["text"], deadline, parties, entry["result"], deadline_warnings(deadline, horizon))


def offer_of(year: SchoolYear, model: dict[str, Any]) -> list[tuple[str, list[tuple[str, Measure]]]]:
    """(title of the section, [(code, measure in that year)]) of the whole built-in plan, to choose from."""
    plan = plan_for(year, model)
    return [
        (printed.title, [(entry["code"], measure) for entry, measure in zip(section["measures"], printed.measures, strict=True)])
        for section, printed in zip(model["sections"], plan.sections, strict=True)
    ]


def built_in_entries() -> Iterator[dict[str, Any]]:
    """Measures of all built-in plans."""
    for name in (SCHOOL_MODEL, TARGET_MODEL):
        for section in model_plan(name)["sections"]:
            yield from section["measures"]


def codes_of(texts: Sequence[str]) -> dict[int, str]:
    """Place > code of the built-in measure with that text, so that what is bound to the code finds the measure later."""
    codes = {entry["text"]: entry["code"] for entry in built_in_entries()}
    return {place: codes[text] for place, text in enumerate(texts) if text in codes}


def facts_of_codes() -> dict[str, list[str]]:
    """Code of a built-in measure > codes of the facts that close it."""
    return {entry["code"]: entry["facts"] for entry in built_in_entries() if entry.get("facts")}


def order_of_template() -> list[tuple[str, str]]:
    """(code, code of what comes before it) of the built-in plan."""
    return [(entry["code"], before) for entry in built_in_entries() for before in entry.get("after", ())]
