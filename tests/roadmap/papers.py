"""Plans of schools for tests about their papers: made and moved by the product's own actions."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from nastavnik.roadmap.actions.amendments import Act
from nastavnik.roadmap.actions.approval import approve_roadmap
from nastavnik.roadmap.actions.endorsement import endorse_roadmap
from nastavnik.roadmap.actions.plans import change_measure, create_roadmap
from nastavnik.roadmap.models import Measure, Roadmap
from nastavnik.roadmap.queries.plans import as_value
from planreader.model import Plan, Section
from tests.worlds import COORDINATORS, HEADS, World, by, measure, whole
from tests.worlds import Span as PlanSpan

YEAR = PlanSpan(date(2026, 9, 1), date(2027, 8, 31))
ORDER = Act("14-од", date(2026, 11, 20))
PAPER = {"number": "62-од", "on": date(2026, 11, 10), "post": "Директор", "name": "Кравцов П. А."}


def plan_of_school(slug: str) -> Plan:
    """A school's plan of three lines."""
    return Plan(
        f"Карта {slug}", YEAR, None,
        (
            Section("1.", "Подготовка", None, (
                measure("1.1.", "Назначить куратора", by(date(2026, 10, 1)), HEADS),
                measure("1.2.", "Собрать согласия", by(date(2026, 12, 1)), COORDINATORS),
            )),
            Section("2.", "Работа", None, (measure("2.1.", "Встречи пар", whole(YEAR), COORDINATORS),)),
        ),
    )  # fmt: skip


def project(world: World, slug: str = "school-1") -> Roadmap:
    """A school's plan that is not approved."""
    return create_roadmap(world.place(slug), plan_of_school(slug), by=None)


def approved(world: World, slug: str = "school-1") -> Roadmap:
    """One that its head has approved."""
    return approve_roadmap(project(world, slug), **PAPER, by=world.user("school_head") if slug == "school-1" else None)


def endorsed(world: World, slug: str = "school-1") -> Roadmap:
    """One that the department has endorsed."""
    return endorse_roadmap(approved(world, slug), number="301", by=world.user("municipal"))


def line(roadmap: Roadmap, number: str) -> Measure:
    """A measure by its number."""
    return roadmap.measures.get(number=number)


def reword(
    roadmap: Roadmap, number: str, text: str, *, reason: str = "Уточнение", act: Act | None = None, by: Any = None
) -> Measure:
    """Change the words of a line."""
    found = line(roadmap, number)
    value = as_value(found)
    return change_measure(
        found, number=number, text=text, deadline=value.deadline, parties=value.parties, result="", version=found.version,
        reason=reason, act=act, by=by,
    )  # fmt: skip


def scan() -> SimpleUploadedFile:
    """A scan."""
    return SimpleUploadedFile("Приказ.pdf", b"%PDF-1.4 order")
