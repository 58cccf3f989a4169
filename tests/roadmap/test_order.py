"""The order of measures: bonds without circles, and where they come from."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.audit.models import Change
from nastavnik.core.errors import Refusal
from nastavnik.organisations.calendars import SchoolYear
from nastavnik.roadmap.actions.drafts import accept_draft
from nastavnik.roadmap.actions.order import add_dependency, remove_dependency
from nastavnik.roadmap.actions.templates import start_from_template
from nastavnik.roadmap.models import MeasureDependency
from nastavnik.roadmap.queries.order import bonds_of
from nastavnik.roadmap.queries.templates import model_plan, order_of_template
from nastavnik.roadmap.schedule import path_between
from tests.worlds import World


def bind(world: World, second: str, first: str) -> MeasureDependency:
    """`second` begins after `first`."""
    return add_dependency(world.measure(second), after=world.measure(first), by=world.user("municipal"))


def add(browser: Any, world: World, second: str, first: str) -> Any:
    """The same by hand."""
    url = reverse("roadmap:add_order", args=[world.measure(second).pk])
    return browser.post(url, {"after": world.measure(first).position})


def test_a_bond_is_set_on_the_measures_page_and_said_on_both(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    response = add(browser, world, "1.2.", "1.1.")
    assert (response.status_code, response.url) == (302, reverse("roadmap:measure_order", args=[world.measure("1.2.").pk]))
    change = Change.objects.get(action="roadmap.order_added")
    assert (change.action, change.after) == ("roadmap.order_added", {"begins_after": "1.1. Назначение кураторов"})
    words = [
        browser.get(reverse("roadmap:measure_detail", args=[world.measure(number).pk])).content.decode()
        for number in ("1.2.", "1.1.")
    ]
    assert ("Начать после 1.1" in words[0], "После него начинается 1.2" in words[1]) == (True, True)


def test_a_circle_is_refused_by_its_way(world: World, as_: Callable[[str], Any]) -> None:
    bind(world, "1.2.", "1.1.")
    bind(world, "1.3.", "1.2.")
    response = add(as_("municipal"), world, "1.1.", "1.3.")
    assert (response.status_code, response.context["form"].errors["after"]) == (
        422, ["Так получится круг: 1.1 → 1.2 → 1.3 → 1.1. Уберите одну из этих связей."],
    )  # fmt: skip
    assert MeasureDependency.objects.count() == 2


@pytest.mark.parametrize(("second", "first", "sentence"), [("1.1.", "1.1.", "само себя"), ("1.2.", "1.1.", "Эта связь уже есть.")])
def test_itself_and_a_second_time_are_refused(world: World, second: str, first: str, sentence: str) -> None:
    bind(world, "1.2.", "1.1.")
    with pytest.raises(Refusal, match=sentence):
        bind(world, second, first)


def test_only_measures_of_one_plan_are_bound(world: World) -> None:
    other = world.upland_roadmap.measures.get(number="1.1.")
    with pytest.raises(Refusal, match="одного плана"):
        add_dependency(world.measure("1.2."), after=other, by=world.user("municipal"))


def test_a_bond_is_removed_once(world: World, as_: Callable[[str], Any]) -> None:
    bond, browser = bind(world, "1.2.", "1.1."), as_("municipal")
    url = reverse("roadmap:remove_order", args=[bond.pk])
    assert (browser.post(url).status_code, browser.post(url).status_code) == (302, 404)
    remove_dependency(bond, by=world.user("municipal"))
    assert Change.objects.filter(action="roadmap.order_removed").count() == 1


def test_nothing_chosen_is_told(world: World, as_: Callable[[str], Any]) -> None:
    response = as_("municipal").post(reverse("roadmap:add_order", args=[world.measure("1.2.").pk]), {})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["after"])


def test_the_built_in_plan_brings_its_order(world: World) -> None:
    draft = start_from_template(world.place("lakeside"), year=SchoolYear(2026), by=world.user("municipal"))
    bonds = bonds_of(accept_draft(draft, by=world.user("municipal")))
    assert sorted((bond.second.text, bond.first.text) for bond in bonds) == sorted(texts_of_template())
    assert [bond for bond in bonds if bond.broken] == []


def texts_of_template() -> list[tuple[str, str]]:
    """The order of the built-in plan by the words of its measures."""
    texts = {entry["code"]: entry["text"] for section in model_plan()["sections"] for entry in section["measures"]}
    return [(texts[code], texts[before]) for code, before in order_of_template()]


def test_the_order_of_the_built_in_plan_has_no_circle() -> None:
    order: dict[str, list[str]] = {}
    for code, before in order_of_template():
        order.setdefault(before, []).append(code)
    assert [code for code, before in order_of_template() if path_between(order, code, before)] == []
