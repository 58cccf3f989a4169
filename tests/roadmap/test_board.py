"""The board: who has done what. Every number equals the list that it links to."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from nastavnik.organisations.actions import open_organisations
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.actions.assignments import mark_assignment
from nastavnik.roadmap.models import Assignment
from nastavnik.roadmap.queries.board import board_of
from tests.worlds import World, appoint


def board_url(world: World, query: str = "") -> str:
    """Lakeside's board."""
    return reverse("roadmap:board", args=[world.roadmap.pk]) + query


def rows_of(text: str) -> dict[str, list[str]]:
    """Organisation > words of its cells, as a screen reader hears them."""
    found = {}
    for row in re.findall(r"<tr[^>]*><th class=\"c0\" scope=\"row\"><a[^>]*>(.*?)</a></th>(.*?)</tr>", text, flags=re.S):
        found[unescape(row[0])] = re.findall(r"aria-label=\"([^\"]*)\"", row[1])
    return found


WAITING = ["Уточнить срок", "Ждёт срока", "Ждёт срока, 0/2"]


def test_the_leader_sees_who_is_late(world: World, as_: Callable[[str], Any]) -> None:
    mark_assignment(world.assignment("1.1.", "school-1"), state="done", done_on=date(2026, 9, 20), by=world.user("school"))
    mark_assignment(world.assignment("1.2.", "school-2"), state="done", done_on=date(2026, 11, 1), by=world.user("school_2"))
    text = as_("municipal").get(board_url(world)).content.decode()
    assert rows_of(text) == {
        "Приозёрный округ": ["Просрочено", "Ждёт срока, 0/2"],
        "Школа № 1": ["Сделано", "Просрочено", *WAITING],
        "Школа № 2": ["Просрочено", "Сделано с опозданием", *WAITING],
        "Школа № 10": ["Просрочено", "Просрочено", *WAITING],
    }


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("school", ["Школа № 1"]), ("school_2", ["Школа № 2"]), ("deputy", ["Школа № 1"]),
        ("region", ["Приозёрный округ", "Школа № 1", "Школа № 2", "Школа № 10"]),
    ],
)  # fmt: skip
def test_each_sees_the_own_branch(world: World, as_: Callable[[str], Any], name: str, places: list[str]) -> None:
    assert list(rows_of(as_(name).get(board_url(world)).content.decode())) == places


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?late=1", {"Приозёрный округ": 1, "Школа № 1": 2, "Школа № 2": 2, "Школа № 10": 2}),
        ("?section=0", {"Приозёрный округ": 1, "Школа № 1": 2, "Школа № 2": 2, "Школа № 10": 2}),
        ("?q=школа 10", {"Школа № 10": 5}),
        ("?until=2026-10-01", {"Приозёрный округ": 1, "Школа № 1": 1, "Школа № 2": 1, "Школа № 10": 1}),
        ("?section=x&until=nonsense&after=broken", {"Приозёрный округ": 2, "Школа № 1": 5, "Школа № 2": 5, "Школа № 10": 5}),
    ],
)
def test_filters(world: World, as_: Callable[[str], Any], query: str, expected: dict[str, int]) -> None:
    text = as_("municipal").get(board_url(world, query)).content.decode()
    assert {name: len(cells) for name, cells in rows_of(text).items()} == expected


def test_a_cell_opens_its_side(world: World, as_: Callable[[str], Any]) -> None:
    assignment = world.assignment("1.2.", "school-1")
    text = as_("municipal").get(board_url(world, f"?cell={assignment.organisation_id}:{assignment.measure_id}")).content.decode()
    side = text[text.index('id="side"') :]
    assert re.findall(r"<h2>(.*?)</h2>", side) == ["Школа № 1"]
    assert re.findall(r"<dd>(.*?)</dd>", side) == ["до 13.10.2026", "Кравцов П. А., руководитель школы; Орлова А. П., куратор"]


@pytest.mark.parametrize("cell", ["x", "1:2", "999999:{pk}", "{neighbour}"])
def test_a_cell_that_is_not_ours_opens_nothing(world: World, as_: Callable[[str], Any], cell: str) -> None:
    foreign = Assignment.objects.filter(organisation__slug="upland-school").earliest("pk")
    cell = cell.format(pk=uuid4(), neighbour=f"{foreign.organisation_id}:{foreign.measure_id}")
    assert "n-side-head" not in as_("municipal").get(board_url(world, f"?cell={cell}")).content.decode()


def linked(text: str) -> list[tuple[str, int]]:
    """(address, number) of every number on a page that links to a list of assignments."""
    found = re.findall(
        r"<a[^>]*href=\"((?:[^\"]*(?:assignments|measure)/[^\"]*)?\?[^\"]*state=[^\"]*)\"[^>]*>(.*?)</a>", text, flags=re.S
    )
    return [
        (unescape(address), int(number.group()))
        for address, words in found
        if (number := re.search(r"\d+", re.sub("<[^>]*>", "", words)))
    ]


@pytest.mark.parametrize("page", ["board", "today", "detail", "measure"])
def test_every_number_equals_the_list_that_it_links_to(world: World, as_: Callable[[str], Any], page: str) -> None:
    mark_assignment(world.assignment("1.1.", "school-1"), state="done", by=world.user("school"))
    mark_assignment(world.assignment("1.1.", "school-2"), state="not_applicable", reason="Нет", by=world.user("school_2"))
    addresses = {
        "board": board_url(world), "today": "/", "detail": reverse("roadmap:roadmap_detail", args=[world.roadmap.pk]),
        "measure": reverse("roadmap:measure_detail", args=[world.measure("1.1.").pk]),
    }  # fmt: skip
    browser = as_("municipal")
    numbers = linked(browser.get(addresses[page]).content.decode())
    assert numbers
    for address, number in numbers:
        address = addresses[page] + address if address.startswith("?") else address
        listed = browser.get(address).content.decode()
        shown = len(re.findall(r"<td>(?:(?!</td>).)*class=\"n-st ", listed[listed.index('id="rows"') :], flags=re.S))
        assert (address, shown) == (address, number)


@pytest.mark.parametrize("page", ["board", "list", "measure"])
def test_the_cost_does_not_grow_with_the_rows(
    world: World, as_: Callable[[str], Any], count_queries: Callable[[Callable[[], Any]], int], page: str
) -> None:
    address = {
        "board": board_url(world), "list": reverse("roadmap:assignment_list"),
        "measure": reverse("roadmap:measure_detail", args=[world.measure("1.1.").pk]),
    }[page]  # fmt: skip
    browser = as_("municipal")
    before = count_queries(lambda: browser.get(address))
    cards = [{"kind": OrganisationKind.SCHOOL, "name": f"Школа посёлка {number}"} for number in range(5)]
    open_organisations(cards, parent=world.place("lakeside"), by=None)
    assert count_queries(lambda: browser.get(address)) == before
    assert before <= {"board": 11, "list": 6, "measure": 8}[page]


def test_a_full_board_stays_light(world: World, as_: Callable[[str], Any]) -> None:
    from planreader.model import Deadline, DeadlineKind

    from nastavnik.roadmap.actions.plans import add_measure
    from tests.worlds import HEADS

    cards = [{"kind": OrganisationKind.SCHOOL, "name": f"Школа посёлка {number}"} for number in range(60)]
    open_organisations(cards, parent=world.place("lakeside"), by=None)
    section = world.roadmap.sections.get(position=1)
    for number in range(36):
        add_measure(section, number=f"2.{number + 4}.", text="Провести мероприятие для наставников", parties=[HEADS],
                    deadline=Deadline("", DeadlineKind.NONE), by=None)  # fmt: skip
    response = as_("municipal").get(board_url(world))
    text = response.content.decode()
    assert (len(rows_of(text)), text.count('class="n-c n-c-') > 50 * 36) == (50, True)
    assert len(response.content) < 400_000


def test_counts_have_one_definition(world: World) -> None:
    from django.test import RequestFactory
    from django.utils import timezone

    user, today = world.user("municipal"), timezone.localdate()
    board = board_of(world.roadmap, user, RequestFactory().get("/"))
    visible = Assignment.objects.visible_to(user).filter(roadmap=world.roadmap)
    assert board.whole.late == visible.shown_as("late", today).count()
    assert [row.shown for row in visible.with_shown_state(today)] == [row.shown_state(today).value for row in visible]


def test_somebody_without_an_appointment_sees_help(world: World, as_: Callable[[str], Any]) -> None:
    person = appoint("former", "school_coordinator", world.place("school-1"), "Бывшая", "Вера", "")
    person.appointments.update(ends_on=date(2026, 10, 1))
    text = as_("former").get("/").content.decode()
    assert re.findall(r"<h1>(.*?)</h1>", text) == ["Вас пока никуда не назначили"]
