"""Cards, opening, closing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.audit.models import Change
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.models import Assignment
from tests.worlds import World, untouched


def names(browser: Any, query: str = "") -> list[str]:
    """Organisations on the list."""
    return [one.name for one in browser.get(reverse("organisations:organisation_list") + query).context["page"].rows]


@pytest.mark.parametrize(
    ("name", "query", "shown"),
    [
        ("municipal", "", ["Школа № 1", "Школа № 2", "Школа № 10", "Завод «Маяк»", "Приозёрный округ"]),
        ("region", "?kind=municipality", ["Нагорный округ", "Приозёрный округ"]),
        ("region", "?below=upland&kind=school", ["Нагорная школа"]),
        ("municipal", "?below=upland", []),
        ("municipal", "?kind=nonsense", []),
        ("municipal", "?kind=school&q=10", ["Школа № 10"]),
        ("municipal", "?q=нагорн", []),
        ("school", "", ["Школа № 1"]),
        ("upland", "", ["Нагорная школа", "Нагорный округ"]),
    ],
)
def test_the_list_is_of_the_branch(world: World, as_: Callable[[str], Any], name: str, query: str, shown: list[str]) -> None:
    assert names(as_(name), query) == shown


def test_a_school_keeps_its_own_card(world: World, as_: Callable[[str], Any]) -> None:
    form = {
        "name": "Школа № 1",
        "full_name_genitive": "школы № 1",
        "head_name": "Кравцов Пётр Андреевич",
        "tax_number": "7707083893",
    }
    as_("school").post(reverse("organisations:save_card", args=["school-1"]), form)
    place = world.place("school-1")
    assert (place.full_name_genitive, place.tax_number) == ("школы № 1", "7707083893")
    assert Change.objects.get(action="organisations.changed").after == {
        "full_name_genitive": "школы № 1", "head_name": "Кравцов Пётр Андреевич", "tax_number": "7707083893",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("form", "name", "words"),
    [
        (
            {"name": "Школа", "tax_number": "7707083894"},
            "tax_number",
            "ИНН неверен: контрольная цифра ИНН не сходится, проверьте цифры.",
        ),
        ({"name": ""}, "name", "Обязательное поле."),
    ],
)
def test_a_wrong_card_changes_nothing(world: World, as_: Callable[[str], Any], form: dict[str, str], name: str, words: str) -> None:
    before = untouched(Organisation.objects)
    response = as_("school").post(reverse("organisations:save_card", args=["school-1"]), form)
    assert (response.status_code, response.context["form"].errors[name], untouched(Organisation.objects)) == (422, [words], before)


def test_a_new_school_gets_its_work_at_once(world: World, as_: Callable[[str], Any]) -> None:
    as_("municipal").post(reverse("organisations:open_place"), {"kind": "school", "name": "Лесная школа"})
    place = Organisation.objects.get(name="Лесная школа")
    assert (place.slug, place.municipality.slug, place.region.slug, place.assignments.count()) == (
        "lesnaya-shkola",
        "lakeside",
        "region",
        4,
    )


def test_a_merged_school_keeps_its_history(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    form = {"on": "2026-11-25", "reason": "Постановление № 7", "successor": world.place("school-1").pk}
    browser.post(reverse("organisations:close_place", args=["school-2"]), form)
    closed = world.place("school-2")
    assert (closed.closed_on, closed.successor.slug) == (date(2026, 11, 25), "school-1")
    assert names(browser, "?kind=school") == ["Школа № 1", "Школа № 10"]
    assert names(browser, "?kind=school&closed=1") == ["Школа № 1", "Школа № 2", "Школа № 10"]
    assert set(Assignment.objects.filter(organisation=closed).values_list("state", flat=True)) == {"not_applicable"}
    assert as_("school_2").get("/roadmap/").status_code == 403


@pytest.mark.parametrize("successor", ["upland-school", "school-2", "partner"])
def test_a_successor_of_another_kind_or_place_is_no_choice(world: World, as_: Callable[[str], Any], successor: str) -> None:
    form = {"on": "2026-11-25", "reason": "x", "successor": world.place(successor).pk}
    response = as_("municipal").post(reverse("organisations:close_place", args=["school-2"]), form)
    assert (response.status_code, world.place("school-2").closed_on) == (422, None)
