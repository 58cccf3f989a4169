"""What hangs on a measure comes along with its copies: the facts that close it and what it begins after."""

from collections.abc import Callable
from typing import Any

from nastavnik.roadmap.actions.fact_binding import bind_facts
from nastavnik.roadmap.actions.order import add_dependency
from nastavnik.roadmap.actions.publishing import publish_model
from nastavnik.roadmap.actions.rolling import roll_over
from nastavnik.roadmap.actions.sending import send_changes
from nastavnik.roadmap.models import Roadmap
from nastavnik.roadmap.queries.rolling import EVERYTHING, rolling_of
from planreader.deadlines import read_deadline
from planreader.parties import read_parties
from tests.roadmap.models import copy_in, line, model_of
from tests.worlds import World


def bonds(roadmap: Roadmap) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(number, fact) and (number, number of what comes before) of a plan."""
    facts = roadmap.measures.filter(facts__isnull=False).order_by("position", "facts__code").values_list("number", "facts__code")
    order = roadmap.dependencies.order_by("measure__position", "after__position").values_list("measure__number", "after__number")
    return list(facts), list(order)


def bound_model(world: World) -> Roadmap:
    """A model with a fact on its first line, which the second waits for."""
    model = model_of(world)
    bind_facts(line(model, "1.1."), codes=["evidence_uploaded"], by=None)
    add_dependency(line(model, "1.2."), after=line(model, "1.1."), by=None)
    return model


BONDS = ([("1.1.", "evidence_uploaded")], [("1.2.", "1.1.")])


def test_copies_of_a_model_have_its_facts_and_its_order(world: World, run_jobs: Callable[[], None]) -> None:
    model = bound_model(world)
    publish_model(model, chosen=None, text="", by=world.user("municipal"))
    run_jobs()
    assert [bonds(copy_in(model, slug)) for slug in ("school-1", "school-10")] == [BONDS, BONDS]


def test_a_line_that_comes_later_has_them_too(world: World, run_jobs: Callable[[], None]) -> None:
    from nastavnik.roadmap.actions.plans import add_measure

    model, by = bound_model(world), world.user("municipal")
    publish_model(model, chosen=None, text="", by=by)
    run_jobs()
    added: Any = add_measure(
        model.sections.get(), number="1.4.", text="Открыть раздел сайта", deadline=read_deadline("до 25.12.2026"),
        parties=read_parties("Руководители ОО"), by=by,
    )  # fmt: skip
    bind_facts(added, codes=["roadmap_approved"], by=by)
    send_changes(model, text="", by=by)
    run_jobs()
    assert bonds(copy_in(model, "school-2")) == ([*BONDS[0], ("1.4.", "roadmap_approved")], BONDS[1])


def test_the_plan_of_the_next_year_has_them(world: World) -> None:
    plan = world.roadmap
    bind_facts(world.measure("1.2."), codes=["evidence_uploaded"], by=None)
    add_dependency(world.measure("2.3."), after=world.measure("1.2."), by=None)
    made = roll_over(rolling_of(plan, years=1, which=EVERYTHING), by=world.user("municipal"))
    assert bonds(made) == ([("1.2.", "evidence_uploaded")], [("2.3.", "1.2.")])
