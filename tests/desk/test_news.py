"""«Что нового»: whose it is, and that it goes when it was put away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.accounts.enums import Role
from nastavnik.accounts.rights import RIGHTS
from nastavnik.desk.queries.news import all_entries, news_for
from tests.worlds import PEOPLE, World


def test_the_file_is_in_order() -> None:
    entries = all_entries()
    numbers = [entry.number for entry in entries]
    known = {role for entry in entries for role in entry.roles} <= set(Role)
    assert (numbers, known, all(entry.url.startswith("/") for entry in entries)) == (
        sorted(set(numbers), reverse=True), True, True,
    )  # fmt: skip
    assert {role for role in RIGHTS if not any(not entry.roles or role in entry.roles for entry in entries)} == set()


@pytest.mark.parametrize("name", PEOPLE)
def test_every_link_opens_for_its_role(world: World, as_: Callable[[str], Any], name: str) -> None:
    browser = as_(name)
    user = world.user(name)
    assert {entry.link: browser.get(entry.url, follow=True).status_code for entry in news_for(user)} == {
        entry.link: 200 for entry in news_for(user)
    }  # fmt: skip


def test_put_away_for_this_person_until_something_newer_comes(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    card = browser.get("/").context["news"]
    assert ([entry.number for entry in card.entries], card.last, card.more) == ([11, 10, 7], 11, 3)
    browser.post(reverse("desk:put_news_away"), {"number": str(card.last)})
    assert (browser.get("/").context["news"], as_("school").get("/").context["news"] is not None) == (None, True)
    browser.post(reverse("desk:put_news_away"), {"number": "3"})
    assert world.user("municipal").news_seen == 11
    assert len(browser.get(reverse("desk:news")).context["entries"]) == 6


@pytest.mark.parametrize("number", ["", "x", "-1", "99999999999999999999"])
def test_nonsense_puts_away_no_more_than_there_is(world: World, as_: Callable[[str], Any], number: str) -> None:
    as_("municipal").post(reverse("desk:put_news_away"), {"number": number})
    assert world.user("municipal").news_seen in {0, all_entries()[0].number}
