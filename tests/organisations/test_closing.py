"""Closing and merging: consequences first, then the deed; no way back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from nastavnik.audit.models import Change
from nastavnik.core.errors import Refusal
from nastavnik.organisations.actions import close_organisation
from nastavnik.organisations.models import Organisation
from nastavnik.organisations.tasks import announce
from nastavnik.roadmap.models import Assignment
from tests.worlds import TODAY, World, untouched

CLOSE = reverse("organisations:close_form", args=["school-2"])
DO_CLOSE = reverse("organisations:close_place", args=["school-2"])
REASON = "Постановление № 7"


def words_after(browser: Any, **form: Any) -> str:
    """The page that says what will happen."""
    return browser.get(CLOSE, {"on": "2026-11-25", "reason": REASON, **form}).content.decode()


def test_the_first_page_only_asks(world: World, as_: Callable[[str], Any]) -> None:
    text = as_("municipal").get(CLOSE).content.decode()
    assert ("Закрыть или присоединить: Школа № 2" in text, 'method="get"' in text, "n-error" in text) == (True, True, False)


def test_the_consequences_of_closing_in_words(world: World, as_: Callable[[str], Any]) -> None:
    before = untouched(Organisation.objects)
    text = words_after(as_("municipal"))
    told = [
        "Школа № 2 закрывается с 25.11.2026", "Основание: Постановление № 7", "больше не смогут войти", "Не требуется",
        "история останутся", "Открыть её снова нельзя",
    ]  # fmt: skip
    assert ([word for word in told if word not in text], untouched(Organisation.objects)) == ([], before)


def test_the_consequences_of_a_merger_to_come(world: World, as_: Callable[[str], Any]) -> None:
    text = words_after(as_("municipal"), on="2027-09-01", successor=world.place("school-1").pk)
    told = ["Школа № 2 с 01.09.2027 присоединяется: Школа № 1", "До 01.09.2027 её сотрудники входят как раньше", "сами не перейдут"]
    assert [word for word in told if word not in text] == []


def test_confirming_sends_what_was_shown(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    page = browser.get(CLOSE, {"on": "2026-11-25", "reason": REASON, "successor": world.place("school-1").pk})
    form = {bound.name: bound.value() for bound in page.context["form"]}
    browser.post(DO_CLOSE, form)
    closed = world.place("school-2")
    change = Change.objects.get(action="organisations.closed")
    assert (closed.closed_on, closed.successor.slug, change.reason) == (date(2026, 11, 25), "school-1", REASON)
    assert "Присоединены" in browser.get(reverse("organisations:organisation_detail", args=["school-1"])).content.decode()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"reason": ""}, "Обязательное поле."),
        ({"on": "не дата"}, "Введите правильную дату."),
        ({"on": "2020-01-01"}, "День закрытия раньше дня открытия. Проверьте дату."),
    ],
)
def test_what_is_missing_is_asked_before_the_consequences(
    world: World, as_: Callable[[str], Any], form: dict[str, str], words: str
) -> None:
    Organisation.objects.filter(slug="school-2").update(opened_on=date(2021, 9, 1))
    text = words_after(as_("municipal"), **form)
    assert (words in text, "Что произойдёт" in text) == (True, False)


def test_work_ends_on_the_day_of_closing_and_not_before(world: World, as_: Callable[[str], Any]) -> None:
    states = Assignment.objects.filter(organisation__slug="school-2").order_by("pk").values_list("state", flat=True)
    before = list(states)
    as_("municipal").post(DO_CLOSE, {"on": "2026-12-01", "reason": REASON})
    assert (announce(), list(states.all()), world.place("school-2").is_active(TODAY)) == (0, before, True)
    with time_machine.travel("2026-12-01T06:00:00+03:00", tick=False):
        assert (announce(), set(states.all()), announce()) == (1, {"not_applicable"}, 1)
        assert as_("school_2").get("/roadmap/").status_code == 403


def test_a_second_click_says_that_it_is_closed(world: World, as_: Callable[[str], Any]) -> None:
    browser, form = as_("municipal"), {"on": "2026-11-25", "reason": REASON}
    browser.post(DO_CLOSE, form)
    before = untouched(Organisation.objects)
    response = browser.post(DO_CLOSE, form, follow=True)
    assert ([str(one) for one in response.context["messages"]], untouched(Organisation.objects)) == (
        ["Закрытие записано. История сохранена.", "Эта организация уже закрыта."],
        before,
    )


def test_a_closed_school_offers_no_closing_and_says_that_there_is_no_way_back(world: World, as_: Callable[[str], Any]) -> None:
    close_organisation(world.place("school-2"), on=date(2026, 11, 25), by=None, reason=REASON)
    text = as_("municipal").get(reverse("organisations:organisation_detail", args=["school-2"])).content.decode()
    assert (CLOSE in text, "Открыть снова нельзя" in text) == (False, True)


@pytest.mark.parametrize("slug", ["school-2", "upland-school", "partner"])
def test_who_cannot_be_the_successor(world: World, slug: str) -> None:
    with pytest.raises(Refusal, match="другая организация того же муниципалитета"):
        close_organisation(world.place("school-2"), on=date(2026, 11, 25), by=None, reason=REASON, successor=world.place(slug))


def test_a_closing_school_is_no_successor(world: World) -> None:
    close_organisation(world.place("school-1"), on=date(2026, 12, 1), by=None, reason=REASON)
    with pytest.raises(Refusal, match="Преемник сам закрывается"):
        close_organisation(
            world.place("school-2"), on=date(2026, 11, 25), by=None, reason=REASON, successor=world.place("school-1")
        )
