"""Model roadmaps for tests: made, published and changed through the actions that clicks call."""

from typing import Any

from nastavnik.jobs.worker import run_pending
from nastavnik.roadmap.actions.plans import create_roadmap
from nastavnik.roadmap.actions.publishing import publish_model
from nastavnik.roadmap.enums import Purpose
from nastavnik.roadmap.models import Measure, Roadmap
from nastavnik.roadmap.queries.plans import as_value
from planreader.deadlines import read_deadline
from planreader.model import Measure as PlanMeasure
from planreader.model import Plan, Section
from planreader.parties import read_parties
from tests.roadmap.plans import YEAR
from tests.worlds import World

LINES = (
    ("1.1.", "Издать приказ школы", "до 20.12.2026", "Руководители ОО"),
    ("1.2.", "Принять положение", "до 25.12.2026", "Руководители ОО, кураторы ОО"),
    ("1.3.", "Собрать согласия", "март 2027", "Кураторы ОО"),
)


def model_of(world: World, slug: str = "lakeside", by: str = "municipal") -> Roadmap:
    """An unpublished model with three lines."""
    place = world.place(slug)
    measures = tuple(PlanMeasure(n, text, read_deadline(when, horizon=YEAR), read_parties(who)) for n, text, when, who in LINES)
    plan = Plan(f"Типовая дорожная карта школы. {place.name}", YEAR, None, (Section("1.", "Документы", None, measures),))
    return create_roadmap(place, plan, by=world.user(by), purpose=Purpose.MODEL)


def published(world: World, slug: str = "lakeside", by: str = "municipal") -> Roadmap:
    """A model whose copies have been given to all."""
    model = model_of(world, slug, by)
    publish_model(model, chosen=None, text="Приспособьте карту.", by=world.user(by))
    run_pending()
    return Roadmap.objects.get(pk=model.pk)


def copy_in(model: Roadmap, slug: str) -> Roadmap:
    """The copy of an organisation."""
    return Roadmap.objects.select_related("organisation").get(model=model, organisation__slug=slug)


def line(roadmap: Roadmap, number: str) -> Measure:
    """A line by its number."""
    return Measure.objects.select_related("roadmap__organisation").get(roadmap=roadmap, number=number)


def reword(measure: Measure, by: Any, **changes: Any) -> Measure:
    """Change a line as the form does."""
    from nastavnik.roadmap.actions.plans import change_measure

    value = as_value(measure)
    words = {
        "number": value.number,
        "text": value.text,
        "deadline": value.deadline,
        "parties": value.parties,
        "result": value.result or "",
    }
    if "deadline" in changes:
        changes["deadline"] = read_deadline(changes["deadline"], horizon=YEAR)
    return change_measure(measure, **{**words, **changes}, version=measure.version, reason="Уточнение", by=by)
