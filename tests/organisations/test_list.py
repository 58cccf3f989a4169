"""The list: who sees what first, search, pages, download."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.accounts.models import Appointment
from nastavnik.audit.models import Access
from nastavnik.organisations.actions import open_organisation, open_organisations
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from tests.organisations.tables import read_download
from tests.worlds import World

LIST = reverse("organisations:organisation_list")


def kinds(browser: Any) -> list[str]:
    """Kinds on the list in order, each once."""
    return list(dict.fromkeys(one.kind for one in browser.get(LIST).context["page"].rows))


def test_a_region_reads_its_municipalities_first(world: World, as_: Callable[[str], Any]) -> None:
    assert kinds(as_("region"))[0] == "municipality"
    assert kinds(as_("municipal")) == ["school", "partner", "municipality"]


@pytest.mark.parametrize(
    ("name", "open_words", "may_import"),
    [
        ("municipal", "Добавить школу", True),
        ("administrator", "Добавить школу", True),
        ("school_head", "", False),
        ("region", "", False),
    ],
)
def test_leaders_see_how_to_add_schools(
    world: World, as_: Callable[[str], Any], name: str, open_words: str, may_import: bool
) -> None:
    text = as_(name).get(LIST).content.decode()
    seen = (reverse("organisations:open_form") in text, reverse("organisations:import_schools") in text)
    assert (seen, open_words in text) == ((bool(open_words), may_import), True)


def test_closed_ones_are_hidden_marked_and_readable(world: World, as_: Callable[[str], Any]) -> None:
    Organisation.objects.filter(slug="school-2").update(closed_on=date(2026, 11, 25))
    Organisation.objects.filter(slug="school-10").update(closed_on=date(2027, 6, 1))
    browser = as_("municipal")
    text, everything = browser.get(LIST).content.decode(), browser.get(f"{LIST}?closed=1").content.decode()
    assert ("Школа № 2<" in text, "закрывается 01.06.2027" in text, "закрыта 25.11.2026" in everything) == (False, True, True)
    assert "Закрыта 25.11.2026." in browser.get(reverse("organisations:organisation_detail", args=["school-2"])).content.decode()


def test_a_school_that_is_to_open_is_on_the_list(world: World, as_: Callable[[str], Any]) -> None:
    open_organisation(kind="school", name="Новая школа", parent=world.place("lakeside"), by=None, opened_on=date(2027, 9, 1))
    assert "Новая школа" in as_("municipal").get(LIST).content.decode()


@pytest.mark.parametrize("query", ["?q=такого+нет", "?q=нагорн"])
def test_nothing_found_says_so_and_offers_no_import(world: World, as_: Callable[[str], Any], query: str) -> None:
    assert "Ничего не нашли" in as_("municipal").get(LIST + query).content.decode()


def test_the_empty_list_teaches(world: World, as_: Callable[[str], Any]) -> None:
    Organisation.objects.update(closed_on=date(2026, 11, 1))
    region = open_organisation(kind="region", name="Южная область", parent=None, by=None)
    place = open_organisation(kind="municipality", name="Степной округ", parent=region, by=None)
    Appointment.objects.filter(user__username="municipal").update(organisation=place)
    Organisation.objects.filter(pk=place.pk).update(municipality=None)  # nothing below it, not even itself
    text = as_("municipal").get(LIST).content.decode()
    assert ("Школ пока нет" in text, reverse("organisations:import_schools") in text) == (True, True)


def test_pages_follow_each_other_without_gaps(world: World, as_: Callable[[str], Any]) -> None:
    lakeside = world.place("lakeside")
    open_organisations([{"kind": "school", "name": f"Лицей № {number}"} for number in range(60)], parent=lakeside, by=None)
    browser, seen, cursor = as_("municipal"), [], ""
    while True:
        page = browser.get(LIST, {"after": cursor} if cursor else {}).context["page"]
        seen += [one.name for one in page.rows]
        cursor = page.next
        if not cursor:
            break
    assert seen == [
        *(f"Лицей № {number}" for number in range(60)),
        "Школа № 1",
        "Школа № 2",
        "Школа № 10",
        "Завод «Маяк»",
        "Приозёрный округ",
    ]


def test_queries_do_not_grow_with_the_rows(world: World, as_: Callable[[str], Any], count_queries: Callable[[Any], int]) -> None:
    browser = as_("region")
    one = count_queries(lambda: browser.get(f"{LIST}?q=нагорная"))
    many = count_queries(lambda: browser.get(LIST))
    assert (many, many <= 8) == (one, True)


def test_the_download_holds_what_is_on_screen_and_is_noted(world: World, as_: Callable[[str], Any]) -> None:
    response = as_("municipal").get(reverse("organisations:organisation_export") + "?kind=school&q=10")
    rows = read_download(response)
    assert (rows[0][:2], [row[:2] for row in rows[1:]]) == (["Краткое название", "Вид"], [["Школа № 10", "Школа"]])
    note = Access.objects.get(kind="export")
    assert (note.object_type, note.rows) == ("organisations.organisation", 1)


def test_kinds_of_the_filter_are_all_kinds(world: World, as_: Callable[[str], Any]) -> None:
    assert as_("municipal").get(LIST).context["kinds"] == OrganisationKind.choices
