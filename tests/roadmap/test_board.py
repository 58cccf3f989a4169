"""The board: who has done what. Every number equals the list that it links to."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from nastavnik.organisations.actions import open_organisations
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.actions.assignments import mark_assignment
from nastavnik.roadmap.actions.plans import add_measure
from nastavnik.roadmap.models import Assignment
from nastavnik.roadmap.queries.board import board_of
from planreader.model import Deadline, DeadlineKind
from tests.worlds import HEADS, World

ROW = re.compile(r"<tr data-o=\d+[^>]*><th class=c scope=row><a[^>]*>(.*?)</a></th>(.*?)<td class=t>(.*?)</a>", re.DOTALL)
CELL = re.compile(r"<td(?: class=\"?([a-z ]*?)\"?)?>([^<]*(?:<i>[^<]*</i>)?)")
WAITING = ["Уточнить срок", "Ждёт срока", "Ждёт срока, 0/2"]


def board_url(world: World, query: str = "") -> str:
    """Lakeside's board."""
    return reverse("roadmap:board", args=[world.roadmap.pk]) + query


def plain(html: str) -> str:
    """Words without tags."""
    return unescape(re.sub("<[^>]*>", "", html)).strip()


def rows_of(text: str) -> dict[str, list[str]]:
    """Organisation > words of its cells, as a screen reader hears them; cells with nothing to do are left out."""
    return {
        plain(name): [plain(words) for letters, words in CELL.findall(cells) if letters != "e"]
        for name, cells, _sum in ROW.findall(text)
    }


def sums_of(text: str) -> dict[str, str]:
    """Organisation > «k из m»."""
    return {plain(name): plain(total) for name, _cells, total in ROW.findall(text)}


def mark_some(world: World) -> None:
    """One in time, one late, one not required."""
    mark_assignment(world.assignment("1.1.", "school-1"), state="done", done_on=date(2026, 9, 20), by=world.user("school"))
    mark_assignment(world.assignment("1.2.", "school-2"), state="done", done_on=date(2026, 11, 1), by=world.user("school_2"))
    mark_assignment(world.assignment("2.2.", "school-2"), state="not_applicable", reason="Нет", by=world.user("school_2"))


def test_the_leader_sees_who_is_late(world: World, as_: Callable[[str], Any]) -> None:
    mark_some(world)
    text = as_("municipal").get(board_url(world)).content.decode()
    assert rows_of(text) == {
        "Управление": ["Просрочено", "Ждёт срока, 0/2"],
        "Школа № 1": ["Сделано", "Просрочено", *WAITING],
        "Школа № 2": ["Просрочено", "Сделано с опозданием", "Уточнить срок", "Не требуется", "Ждёт срока, 0/2"],
        "Школа № 10": ["Просрочено", "Просрочено", *WAITING],
    }
    assert sums_of(text) == {"Управление": "0 из 3", "Школа № 1": "1 из 6", "Школа № 2": "1 из 5", "Школа № 10": "0 из 6"}
    totals = [plain(one) for one in re.findall(r"<td>(<a.*?</a>)", text[text.index("<tfoot") :], flags=re.DOTALL)]
    assert totals == ["1/3", "1/3", "0/1", "0/3", "0/2", "0/8"]


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("school", ["Школа № 1"]), ("school_2", ["Школа № 2"]), ("deputy", ["Школа № 1"]),
        ("region", ["Управление", "Школа № 1", "Школа № 2", "Школа № 10"]),
    ],
)  # fmt: skip
def test_each_sees_the_own_branch(world: World, as_: Callable[[str], Any], name: str, places: list[str]) -> None:
    assert list(rows_of(as_(name).get(board_url(world)).content.decode())) == places


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?state=late", {"Управление": "1", "Школа № 1": "2", "Школа № 2": "2", "Школа № 10": "2"}),
        ("?section=0", {"Управление": "0 из 1", "Школа № 1": "0 из 2", "Школа № 2": "0 из 2", "Школа № 10": "0 из 2"}),
        ("?school=школа 10", {"Школа № 10": "0 из 6"}),
        ("?to=2026-10-01", {"Управление": "0 из 1", "Школа № 1": "0 из 1", "Школа № 2": "0 из 1", "Школа № 10": "0 из 1"}),
        ("?section=x&to=nonsense&after=broken&state=x",
         {"Управление": "0 из 3", "Школа № 1": "0 из 6", "Школа № 2": "0 из 6", "Школа № 10": "0 из 6"}),
    ],
)  # fmt: skip
def test_filters(world: World, as_: Callable[[str], Any], query: str, expected: dict[str, str]) -> None:
    assert sums_of(as_("municipal").get(board_url(world, query)).content.decode()) == expected


def test_filters_that_find_nothing_say_so(world: World, as_: Callable[[str], Any]) -> None:
    text = as_("municipal").get(board_url(world, "?school=нет+такой")).content.decode()
    assert (rows_of(text), re.findall(r"<h2>(.*?)</h2>", text)) == ({}, ["Показать нечего"])


@pytest.mark.parametrize("alone", [True, False])
def test_a_cell_opens_its_side(world: World, as_: Callable[[str], Any], alone: bool) -> None:
    assignment = world.assignment("1.2.", "school-1")
    url = board_url(world, f"?cell={assignment.organisation_id}:{assignment.measure_id}")
    headers = {"HX-Request": "true", "HX-Target": "side"} if alone else {}
    text = as_("municipal").get(url, headers=headers).content.decode()
    side = text if alone else text[text.index('id="side"') :]
    assert ("<html" in text, re.findall(r"<h2>(.*?)</h2>", side)) == (not alone, ["Школа № 1"])
    assert [plain(one) for one in re.findall(r"<dd>(.*?)</dd>", side)] == [
        "13 октября", "до 13.10.2026", "Кравцов П. А., руководитель школы; Орлова А. П., куратор",
    ]  # fmt: skip
    assert re.findall(r"class=\"n-st n-st-late\">.*?</svg>(.*?)</span>", side) == ["Просрочено на 43 дня"]
    if not alone:
        assert re.findall(r"<td class=\"([a-z ]* s)\">", text) == ["l s"]


@pytest.mark.parametrize("cell", ["x", "1:2", "999999:{pk}", "{neighbour}", "²:{pk}"])
def test_a_cell_that_is_not_ours_opens_nothing(world: World, as_: Callable[[str], Any], cell: str) -> None:
    foreign = Assignment.objects.filter(organisation__slug="upland-school").earliest("pk")
    cell = cell.format(pk=uuid4(), neighbour=f"{foreign.organisation_id}:{foreign.measure_id}")
    assert as_("municipal").get(board_url(world), {"cell": cell}).context["selected"] is None


def linked(text: str) -> list[tuple[str, int]]:
    """(address, number) of every number on a page that links to a list of assignments in one state."""
    found = re.findall(
        r"<a[^>]*href=\"((?:[^\"]*(?:assignments|measure)/[^\"]*)?\?[^\"]*state=[^\"]*)\"[^>]*>(.*?)</a>", text, re.DOTALL
    )
    return [(unescape(address), int(number.group())) for address, words in found if (number := re.search(r"\d+", plain(words)))]


@pytest.mark.parametrize(
    ("name", "page", "numbers"),
    [
        ("municipal", "board", 13), ("municipal", "late", 9), ("municipal", "section", 10), ("municipal", "day", 10),
        ("municipal", "school", 10), ("municipal", "today", 5), ("municipal", "detail", 15), ("municipal", "measure", 2),
        ("school", "board", 9), ("school", "today", 2), ("region", "today", 4), ("region", "board", 13), ("school_2", "measure", 2),
    ],
)  # fmt: skip
def test_every_number_equals_the_list_that_it_links_to(
    world: World, as_: Callable[[str], Any], name: str, page: str, numbers: int
) -> None:
    mark_some(world)
    addresses = {
        "board": board_url(world), "late": board_url(world, "?state=late"), "section": board_url(world, "?section=0"),
        "day": board_url(world, "?to=2026-11-01"), "school": board_url(world, "?school=1"), "today": "/",
        "detail": reverse("roadmap:roadmap_detail", args=[world.roadmap.pk]),
        "measure": reverse("roadmap:measure_detail", args=[world.measure("1.1.").pk]),
    }  # fmt: skip
    browser = as_(name)
    found = linked(browser.get(addresses[page]).content.decode())
    shown = []
    for address, _number in found:
        address = addresses[page].partition("?")[0] + address if address.startswith("?") else address
        context = browser.get(address).context
        shown.append(sum(row.tally.late for row in context["board"].rows) if "board" in context else len(context["page"].rows))
    assert [number for _address, number in found] == shown
    assert len(found) == numbers


QUERIES = {"board": 9, "cell": 10, "late": 9, "list": 11, "kanban": 12, "calendar": 9, "feeds": 4, "views": 5,
           "measure": 12, "assignment": 12, "today": 14}  # fmt: skip


@pytest.mark.parametrize("page", QUERIES)
def test_the_cost_does_not_grow_with_the_rows(
    world: World, as_: Callable[[str], Any], count_queries: Callable[[Callable[[], Any]], int], page: str
) -> None:
    assignment = world.assignment("1.2.", "school-2")
    address = {
        "board": board_url(world), "cell": board_url(world, f"?cell={assignment.organisation_id}:{uuid4()}"),
        "late": board_url(world, "?state=late"), "list": reverse("roadmap:assignment_list"), "today": "/",
        "kanban": reverse("roadmap:kanban"), "calendar": reverse("roadmap:calendar") + "?month=2026-10",
        "feeds": reverse("roadmap:calendar_feeds"), "views": reverse("roadmap:saved_views"),
        "measure": reverse("roadmap:measure_detail", args=[world.measure("1.1.").pk]),
        "assignment": reverse("roadmap:assignment_detail", args=[assignment.pk]),
    }[page]  # fmt: skip
    browser = as_("municipal")
    before = count_queries(lambda: browser.get(address))
    add_schools(world, 5)
    assert (count_queries(lambda: browser.get(address)), before) == (before, QUERIES[page])


def add_schools(world: World, number: int) -> None:
    """More schools in Lakeside."""
    cards = [{"kind": OrganisationKind.SCHOOL, "name": f"Школа посёлка {place}"} for place in range(number)]
    open_organisations(cards, parent=world.place("lakeside"), by=None)


def test_a_full_board_stays_light(world: World, as_: Callable[[str], Any]) -> None:
    """Forty schools times forty-one measures of the usual length."""
    add_schools(world, 60)
    section = world.roadmap.sections.get(position=1)
    text = "Проведение муниципального семинара для кураторов и наставников образовательных организаций округа"
    for number in range(35):
        add_measure(
            section, number=f"2.{number + 4}.", text=text, parties=[HEADS], deadline=Deadline("", DeadlineKind.NONE), by=None
        )
    response = as_("municipal").get(board_url(world))
    board = response.context["board"]
    assert (len(board.rows), len(board.columns), len(rows_of(response.content.decode()))) == (40, 41, 40)
    assert len(response.content) < 100_000


def test_the_next_page_begins_after_the_last_school(world: World, as_: Callable[[str], Any]) -> None:
    add_schools(world, 60)
    browser = as_("municipal")
    first = browser.get(board_url(world)).context["board"]
    second = browser.get(board_url(world), {"after": first.page.next}).context["board"]
    names = [row.organisation.name for row in (*first.rows, *second.rows)]
    assert (len(names), len(set(names)), second.page.next) == (64, 64, "")
    assert [column.tally for column in first.columns] == [column.tally for column in second.columns]


def test_counts_have_one_definition(world: World) -> None:
    mark_some(world)
    user, today = world.user("municipal"), timezone.localdate()
    board = board_of(world.roadmap, user, RequestFactory().get("/"))
    visible = Assignment.objects.visible_to(user).filter(roadmap=world.roadmap)
    assert board.whole.late == visible.shown_as("late", today).count() == sum(row.tally.late for row in board.rows)
    assert [row.shown for row in visible.with_shown_state(today)] == [row.shown_state(today).value for row in visible]


def test_the_board_as_a_table_file(world: World, as_: Callable[[str], Any]) -> None:
    mark_some(world)
    response = as_("municipal").get(reverse("roadmap:board_export", args=[world.roadmap.pk]) + "?section=0")
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == ["Приозёрный округ", "Школа № 1", "Школа № 2", "Школа № 10"]
    assert rows[0][1:4] == ["1.1. Назначение кураторов", "1.2. Разработка положения", "1.3. Утверждение перечня школ"]
    assert [row[1:] for row in rows[1:3]] == [["", "", "Просрочено", 0, 1, 1], ["Сделано", "Просрочено", "", 1, 2, 1]]


def test_a_measure_says_how_many_schools_and_names_the_late(world: World, as_: Callable[[str], Any]) -> None:
    mark_some(world)
    text = as_("municipal").get(reverse("roadmap:measure_detail", args=[world.measure("1.1.").pk])).content.decode()
    assert [plain(one) for one in re.findall(r"<p>(<a class=\"n-big\".*?)</p>", text)] == ["1 из 3 школ сделали · опаздывают: 2"]
    assert [plain(one) for one in re.findall(r"n-note n-note-late\">(.*?)</p>", text)] == ["Школа № 2, Школа № 10"]


def test_a_measure_with_several_dates_counts_each(world: World, as_: Callable[[str], Any]) -> None:
    mark_assignment(world.assignment("2.3.", "school-1", 1), state="done", by=world.user("school"))
    text = as_("municipal").get(reverse("roadmap:measure_detail", args=[world.measure("2.3.").pk])).content.decode()
    assert [plain(one) for one in re.findall(r"<p>(<span class=\"n-muted\">.*?)</p>", text)] == [
        "31 декабря: 0 из 4 организаций сделали", "31 мая 2027: 1 из 4 организаций сделали",
    ]  # fmt: skip
