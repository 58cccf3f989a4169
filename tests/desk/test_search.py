"""Search over the branch, and the addresses for whoever watches the server."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.audit.models import Access
from nastavnik.organisations.actions import open_organisations
from nastavnik.organisations.enums import OrganisationKind
from tests.worlds import World


def found(browser: Any, text: str) -> dict[str, list[str]]:
    """Kind > names."""
    groups = browser.get(reverse("desk:search"), {"q": text}).context["groups"]
    return {group.title: [one.name for one in group.items] for group in groups}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("municipal", "ШКОЛА", {"Школы и партнёры": ["Школа № 1", "Школа № 2", "Школа № 10"]}),
        ("municipal", "№ 10", {"Школы и партнёры": ["Школа № 10"]}),
        ("municipal", "положен", {"Мероприятия": ["1.2. Разработка положения"]}),
        ("municipal", "1.2", {"Мероприятия": ["1.2. Разработка положения"]}),
        ("municipal", "орлова анна", {"Сотрудники": ["Орлова Анна Петровна"]}),
        ("municipal", "канарейк", {}), ("municipal", "нагорн", {}), ("municipal", "а", {}), ("municipal", "", {}),
        ("upland", "канарейк", {"Сотрудники": ["Канарейкин Олег Тимурович", "Канарейкина Олеся Тимуровна"]}),
        ("school", "школа 2", {}), ("school", "орлова", {}),
        ("school", "положения", {"Мероприятия": ["1.2. Разработка положения"]}),
    ],
)  # fmt: skip
def test_what_is_found(world: World, as_: Callable[[str], Any], name: str, text: str, expected: dict[str, list[str]]) -> None:
    assert found(as_(name), text) == expected


def test_the_rest_is_one_link_away(world: World, as_: Callable[[str], Any]) -> None:
    cards = [{"kind": OrganisationKind.SCHOOL, "name": f"Школа посёлка {number}"} for number in range(20)]
    open_organisations(cards, parent=world.place("lakeside"), by=None)
    group = as_("municipal").get(reverse("desk:search"), {"q": "посёлка"}).context["groups"][0]
    assert (len(group.items), group.more_url) == (7, "/organisations/?q=%D0%BF%D0%BE%D1%81%D1%91%D0%BB%D0%BA%D0%B0")


def test_names_of_people_that_were_shown_are_noted(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    found(browser, "школа")
    found(browser, "орлова")
    assert [(one.kind, one.object_type, one.rows) for one in Access.objects.all()] == [("view", "accounts.user", 1)]


def test_the_fragment_holds_only_the_results(world: World, as_: Callable[[str], Any]) -> None:
    text = as_("municipal").get(reverse("desk:search"), {"q": "школа"}, headers={"HX-Request": "true"}).content.decode()
    assert text.strip().startswith('<div class="n-stack" id="results"')


def test_the_cost_of_search(world: World, as_: Callable[[str], Any], count_queries: Callable[[Callable[[], Any]], int]) -> None:
    browser = as_("municipal")
    assert count_queries(lambda: browser.get(reverse("desk:search"), {"q": "школа"})) == 6


@pytest.mark.parametrize(
    ("name", "answer"), [("alive", {"alive": True}), ("ready", {"database": True, "tables": True, "queue": True})]
)
def test_a_watcher_needs_no_account(db: None, client: Any, name: str, answer: dict[str, bool]) -> None:
    response = client.get(reverse(f"desk:{name}"))
    assert (response.status_code, response.json()) == (200, answer)
