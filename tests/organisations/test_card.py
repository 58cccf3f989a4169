"""The card: what stands on it, who changes it, what is kept of a change."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.audit.models import Change
from nastavnik.organisations.actions import change_cards
from nastavnik.organisations.models import Organisation
from tests.worlds import World, untouched

CARD = {
    "name": "Школа № 1", "full_name": "МБОУ «Средняя школа № 1»", "full_name_genitive": "МБОУ «Средней школы № 1»",
    "full_name_dative": "МБОУ «Средней школе № 1»", "full_name_prepositional": "МБОУ «Средней школе № 1»",
    "head_post": "директор", "head_name": "Кравцов Пётр Андреевич", "head_name_genitive": "Кравцова Петра Андреевича",
    "head_name_dative": "Кравцову Петру Андреевичу", "address": "г. Приозёрск, ул. Лесная, д. 1",
    "website": "https://school1.example.test", "email": "school1@example.test",
    "phone": "8 (818) 000-00-00", "tax_number": "7707083893",
}  # fmt: skip


def detail(browser: Any, slug: str = "school-1") -> str:
    """The card page."""
    return browser.get(reverse("organisations:organisation_detail", args=[slug])).content.decode()


def save(browser: Any, slug: str = "school-1", **changes: str) -> Any:
    """Send the form."""
    return browser.post(reverse("organisations:save_card", args=[slug]), CARD | changes)


def test_what_is_saved_stands_on_the_card(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    save(browser)
    text = detail(browser)
    assert [value for value in CARD.values() if value not in text] == []


def test_saving_the_same_again_writes_nothing(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("school")
    save(browser)
    before = untouched(Change.objects)
    save(browser)
    assert untouched(Change.objects) == before


def test_search_and_order_follow_a_new_name(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    save(browser, name="Ёлочная гимназия")
    rows = browser.get(reverse("organisations:organisation_list") + "?q=ЕЛОЧНАЯ").context["page"].rows
    assert [(one.slug, one.sort_key) for one in rows] == [("school-1", "елочная гимназия")]


def test_a_number_with_spaces_is_forgiven(world: World, as_: Callable[[str], Any]) -> None:
    save(as_("school"), tax_number="7707 083893")
    assert world.place("school-1").tax_number == "7707083893"


@pytest.mark.parametrize(
    ("name", "value"),
    [("website", "не сайт"), ("email", "не почта"), ("tax_number", "12"), ("name", "я" * 121)],
)
def test_what_cannot_stand_on_a_card(world: World, as_: Callable[[str], Any], name: str, value: str) -> None:
    before = untouched(Organisation.objects)
    response = save(as_("school"), **{name: value})
    assert (response.status_code, list(response.context["form"].errors), untouched(Organisation.objects)) == (422, [name], before)


@pytest.mark.parametrize(
    ("name", "slug", "status"),
    [("school", "school-1", 302), ("school", "school-2", 404), ("municipal", "school-2", 302), ("municipal", "lakeside", 302),
     ("municipal", "upland-school", 404), ("administrator", "partner", 302), ("deputy", "school-1", 403),
     ("region", "school-1", 403)],
)  # fmt: skip
def test_who_changes_which_card(world: World, as_: Callable[[str], Any], name: str, slug: str, status: int) -> None:
    assert save(as_(name), slug).status_code == status


def test_the_form_gives_examples_of_cases_and_declines_nothing(world: World, as_: Callable[[str], Any]) -> None:
    text = as_("school").get(reverse("organisations:card_form", args=["school-1"])).content.decode()
    assert ("…средней школы № 5" in text, 'data-autosave="card school-1"' in text) == (True, True)


def test_staff_come_from_their_own_page(world: World, as_: Callable[[str], Any]) -> None:
    address = reverse("accounts:staff_list") + "?organisation=school-1"
    assert {name: f'hx-get="{address}"' in detail(as_(name)) for name in ("municipal", "school_head", "school")} == {
        "municipal": True, "school_head": True, "school": False,
    }  # fmt: skip
    people = as_("municipal").get(address, headers={"HX-Request": "true"}).content.decode()
    assert ("Орлова Анна Петровна" in people, "Фомина" in people, "<html" in people) == (True, False, False)


def test_a_closed_school_shows_who_worked_there(world: World, as_: Callable[[str], Any]) -> None:
    Organisation.objects.filter(slug="school-1").update(closed_on=date(2026, 11, 1))
    address = reverse("accounts:staff_list") + "?organisation=school-1&past=1"
    assert f'hx-get="{address.replace("&", "&amp;")}"' in detail(as_("municipal"))
    assert "Орлова Анна Петровна" in as_("municipal").get(address, headers={"HX-Request": "true"}).content.decode()


def test_a_municipality_links_to_its_schools(world: World, as_: Callable[[str], Any]) -> None:
    assert "?below=lakeside&amp;kind=school" in detail(as_("region"), "lakeside")


def test_the_card_costs_few_queries(world: World, as_: Callable[[str], Any], count_queries: Callable[[Any], int]) -> None:
    browser = as_("municipal")
    assert count_queries(lambda: detail(browser)) <= 12


def test_many_cards_change_by_as_many_queries_as_one(world: World, count_queries: Callable[[Any], int]) -> None:
    places = list(Organisation.objects.schools())
    one = count_queries(lambda: change_cards([(places[0], {"phone": "1"})], by=None))
    many = count_queries(lambda: change_cards([(place, {"phone": "2", "name": f"{place.name} а"}) for place in places], by=None))
    assert (many, [place.sort_key[-2:] for place in Organisation.objects.schools()]) == (one, [" а"] * 4)
