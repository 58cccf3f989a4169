"""The board of cards."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from nastavnik.roadmap.actions.assignments import mark_assignment
from nastavnik.roadmap.models import Assignment
from tests.roadmap.plans import told
from tests.worlds import World, untouched

KANBAN = reverse("roadmap:kanban")


def lanes(response: Any) -> dict[str, tuple[int, int]]:
    """Per column: how many there are, how many are shown."""
    return {one.lane.code: (one.total, len(one.cards)) for one in response.context["lanes"]}


def move(browser: Any, assignment: Assignment, to: str, *, version: int | None = None, htmx: bool = True) -> Any:
    """Put a card elsewhere."""
    url = reverse("roadmap:move_assignment", args=[assignment.pk])
    form = {"to": to, "version": version or assignment.version, "next": KANBAN + "?q=школа"}
    return browser.post(url, form, headers={"HX-Request": "true"} if htmx else {}, follow=not htmx)


def test_columns_by_state_within_the_filters(world: World, as_: Callable[[str], Any]) -> None:
    mark_assignment(world.assignment("1.1.", "school-1"), state="done", by=None)
    mark_assignment(world.assignment("1.2.", "school-1"), state="in_progress", by=None)
    mark_assignment(world.assignment("2.1.", "school-1"), state="not_applicable", reason="Нет", by=None)
    browser = as_("school")
    total = Assignment.objects.filter(organisation__slug="school-1").count()
    assert lanes(browser.get(KANBAN)) == {
        "planned": (total - 3, total - 3), "in_progress": (1, 1), "done": (1, 1), "closed": (1, 1),
    }  # fmt: skip
    assert lanes(browser.get(KANBAN + "?q=положения")) == {
        "planned": (0, 0),
        "in_progress": (1, 1),
        "done": (0, 0),
        "closed": (0, 0),
    }


def test_a_column_goes_on_where_it_ended(world: World, as_: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nastavnik.roadmap.queries.kanban.PAGE_SIZE", 4)
    browser = as_("municipal")
    first = browser.get(KANBAN).context["lanes"][0]
    keys, address = [str(card.pk) for card, _may in first.cards], f"?lane=planned&after={first.page.next}"
    while address:
        text = browser.get(KANBAN + address, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in text
        keys += re.findall(r'id="k([0-9a-f-]{36})"', text)
        address = "".join(re.findall(r'hx-get="([^"]+)"', text)).replace("&amp;", "&")
    assert (len(keys), set(keys)) == (
        len(set(keys)), {str(pk) for pk in Assignment.objects.visible_to(world.user("municipal")).values_list("pk", flat=True)},
    )  # fmt: skip
    whole = browser.get(KANBAN, {"lane": "planned", "after": first.page.next})
    assert [one.lane.code for one in whole.context["lanes"]] == ["planned"]


def test_a_school_moves_its_card(world: World, as_: Callable[[str], Any]) -> None:
    assignment = world.assignment("1.2.", "school-1")
    mark_assignment(assignment, state="planned", note="Ждём", by=None)
    assignment.refresh_from_db()
    response = move(as_("school"), assignment, "in_progress")
    assignment.refresh_from_db()
    assert (response.status_code, assignment.state, assignment.note, assignment.marked_by) == (
        200, "in_progress", "Ждём", world.user("school"),
    )  # fmt: skip
    assert f'id="k{assignment.pk}"' in response.content.decode()
    assert f'data-version="{assignment.version}"' in response.content.decode()


def test_without_javascript_the_page_comes_back(world: World, as_: Callable[[str], Any]) -> None:
    response = move(as_("school"), world.assignment("1.2.", "school-1"), "done", htmx=False)
    assert (response.redirect_chain, told(response)) == ([(f"{KANBAN}?q={quote('школа')}", 302)], ["Перемещено: Сделано."])


def test_the_button_says_which_version_was_seen(world: World, as_: Callable[[str], Any]) -> None:
    assignment = world.assignment("1.2.", "school-1")
    mark_assignment(assignment, state="in_progress", by=None)
    url = reverse("roadmap:move_assignment", args=[assignment.pk]) + "?version=1"
    response = as_("school").post(url, {"to": "done", "next": KANBAN}, follow=True)
    assert told(response) == ["Отметку тем временем изменил другой человек. Проверьте свою и сохраните ещё раз."]
    assert world.assignment("1.2.", "school-1").state == "in_progress"


def test_a_refused_move_is_one_sentence(world: World, as_: Callable[[str], Any]) -> None:
    assignment = world.assignment("1.2.", "school-1")
    mark_assignment(assignment, state="in_progress", by=None)
    before = untouched(Assignment.objects)
    response = move(as_("school"), assignment, "done", version=1)
    assert (response.status_code, untouched(Assignment.objects)) == (422, before)
    assert "Отметку тем временем изменил другой человек." in response.content.decode()


def test_the_same_move_twice_is_harmless(world: World, as_: Callable[[str], Any]) -> None:
    assignment, browser = world.assignment("1.2.", "school-1"), as_("school")
    move(browser, assignment, "done")
    before = untouched(Assignment.objects)
    assert (move(browser, assignment, "done").status_code, untouched(Assignment.objects)) == (200, before)


@pytest.mark.parametrize(("name", "to", "state"), [("school", "closed", "not_done"), ("municipal", "done", "done")])
def test_a_move_that_needs_a_reason_opens_the_form(world: World, as_: Callable[[str], Any], name: str, to: str, state: str) -> None:
    assignment, before, browser = world.assignment("1.2.", "school-1"), untouched(Assignment.objects), as_(name)
    response = move(browser, assignment, to)
    address = response.headers["HX-Redirect"]
    assert (response.status_code, address.partition("?")[0], untouched(Assignment.objects)) == (
        204, reverse("roadmap:assignment_detail", args=[assignment.pk]), before,
    )  # fmt: skip
    context = browser.get(address).context
    assert (context["mark_form"]["state"].value(), context["back"]) == (state, KANBAN + "?q=школа")


def test_the_form_leads_to_no_other_host(world: World, as_: Callable[[str], Any]) -> None:
    url = reverse("roadmap:assignment_detail", args=[world.assignment("1.2.", "school-1").pk])
    assert as_("school").get(url, {"next": "https://example.org/", "state": "zzz"}).context["back"] == url


def test_nobody_moves_what_is_not_theirs(world: World, as_: Callable[[str], Any]) -> None:
    before, assignment = untouched(Assignment.objects), world.assignment("1.2.", "school-1")
    answers = {name: move(as_(name), assignment, "done").status_code for name in ("region", "school_2", "upland", "partner")}
    assert (answers, untouched(Assignment.objects)) == ({"region": 403, "school_2": 404, "upland": 404, "partner": 403}, before)
    cards = as_("region").get(KANBAN).context["lanes"][0].cards
    assert {may for _card, may in cards} == {False}


def test_a_place_that_is_no_column_changes_nothing(world: World, as_: Callable[[str], Any]) -> None:
    before = untouched(Assignment.objects)
    move(as_("school"), world.assignment("1.2.", "school-1"), "elsewhere")
    assert untouched(Assignment.objects) == before
