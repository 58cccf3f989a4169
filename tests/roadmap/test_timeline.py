"""The timeline of one plan: its lanes in words and signs, filters, zoom, the table twin, the paper, its cost."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.organisations.actions import open_organisations
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.actions.assignments import mark_assignment
from nastavnik.roadmap.actions.moving import move_measure
from nastavnik.roadmap.actions.order import add_dependency
from nastavnik.roadmap.actions.plans import add_measure
from nastavnik.roadmap.models import Measure
from planreader.deadlines import read_deadline
from planreader.model import Span
from tests.worlds import HEADS, World, names_on

LANE = re.compile(r'<tr><th scope="row"><b>(.*?)</b>.*?</tr>', re.DOTALL)
SIGN = re.compile(r'<a class="m ([\w ]+)" href="[^"]*" aria-label="([^"]*)"')
YEAR = Span(date(2026, 9, 1), date(2027, 8, 31))


def url_of(world: World, query: str = "", name: str = "timeline") -> str:
    """Lakeside's timeline."""
    return reverse(f"roadmap:{name}", args=[world.roadmap.pk]) + query


def lanes_of(text: str) -> dict[str, list[tuple[str, str]]]:
    """Number > (tone, words) of its signs."""
    return {one.group(1): [(tone, unescape(words)) for tone, words in SIGN.findall(one.group())] for one in LANE.finditer(text)}


def text_of(response: Any) -> str:
    """The page."""
    assert response.status_code == 200
    return response.content.decode()


def mark_done(world: World, number: str, slug: str, by: str, day: date) -> None:
    """One school has done a measure."""
    mark_assignment(world.assignment(number, slug), state="done", done_on=day, by=world.user(by))


def test_every_lane_says_in_words_what_it_draws(world: World, as_: Callable[[str], Any]) -> None:
    mark_done(world, "1.1.", "school-1", "school", date(2026, 9, 20))
    text = text_of(as_("municipal").get(url_of(world)))
    assert lanes_of(text) == {
        "1.1": [("late", "1.1 Назначение кураторов. сентябрь 2026. сделано 1 из 3, просрочено 2")],
        "1.2": [("late", "1.2 Разработка положения. до 13.10.2026. сделано 0 из 3, просрочено 3")],
        "1.3": [("late", "1.3 Утверждение перечня школ. сентябрь 2026. сделано 0 из 1, просрочено 1")],
        "2.1": [("o ask", "2.1 Обучение наставников. Согласно графику ОО. сделано 0 из 3")],
        "2.2": [("work", "2.2 Формирование базы наставников. 01.09.2026 – 31.08.2027. сделано 0 из 3")],
        "2.3": [
            ("wait", "1 декабря – 31 декабря, ждёт срока. 2.3 Мониторинг. декабрь 2026, май 2027. сделано 0 из 8"),
            ("wait", "1 мая 2027 – 31 мая 2027, ждёт срока. 2.3 Мониторинг. декабрь 2026, май 2027. сделано 0 из 8"),
        ],
    }


def test_a_school_sees_its_own_progress_in_the_plan_of_its_municipality(world: World, as_: Callable[[str], Any]) -> None:
    mark_done(world, "1.1.", "school-1", "school", date(2026, 9, 20))
    text = text_of(as_("school").get(url_of(world)))
    lanes = lanes_of(text)
    assert lanes["1.1"] == [("ok", "1.1 Назначение кураторов. сентябрь 2026. сделано")]
    assert lanes["1.3"] == [("none", "1.3 Утверждение перечня школ. сентябрь 2026. у вас заданий нет")]
    assert ("data-movable" in text, "data-e=" in text, "Запомнить сроки" in text) == (False, False, False)


def test_the_neighbour_never_shows(world: World, as_: Callable[[str], Any]) -> None:
    for name in ("municipal", "school"):
        for query in ("", "?view=table", "?organisation=upland-school"):
            assert names_on(text_of(as_(name).get(url_of(world, query)))) == [], (name, query)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("?section=1", ["2.1", "2.2", "2.3"]),
        ("?state=late", ["1.1", "1.2", "1.3"]),
        ("?state=ask", ["2.1"]),
        ("?role=municipal_department", ["1.3", "2.3"]),
        ("?q=положения", ["1.2"]),
        ("?organisation=school-2", ["1.1", "1.2", "2.1", "2.2", "2.3"]),
        ("?organisation=school-2&state=late", ["1.1", "1.2"]),
        ("?from=2026-12-01", ["2.3"]),
        ("?q=такого нет", []),
    ],
)
def test_filters_are_those_of_the_list(world: World, as_: Callable[[str], Any], query: str, numbers: list[str]) -> None:
    assert list(lanes_of(text_of(as_("municipal").get(url_of(world, query))))) == numbers


def test_numbers_follow_the_organisation_that_is_chosen(world: World, as_: Callable[[str], Any]) -> None:
    mark_done(world, "1.1.", "school-2", "school_2", date(2026, 9, 20))
    lanes = lanes_of(text_of(as_("municipal").get(url_of(world, "?organisation=school-2"))))
    assert lanes["1.1"] == [("ok", "1.1 Назначение кураторов. сентябрь 2026. сделано")]


@pytest.mark.parametrize(
    ("query", "period", "signs"),
    [
        ("", "сентябрь 2026 – август 2027", {"1.1": "late", "2.2": "work", "2.3": "wait"}),
        ("?zoom=quarter", "октябрь 2026 – декабрь 2026", {"1.1": "o late", "2.2": "work", "2.3": "wait"}),
        ("?zoom=month", "ноябрь 2026", {"1.1": "o late", "2.2": "work", "2.3": "o wait"}),
        ("?zoom=month&at=2027-05", "май 2027", {"1.1": "o late", "2.2": "work", "2.3": "wait"}),
        ("?zoom=month&at=1999-01", "сентябрь 2026", {"1.1": "late", "2.2": "work", "2.3": "o wait"}),
        ("?zoom=wide&at=nonsense", "сентябрь 2026 – август 2027", {"1.1": "late", "2.2": "work", "2.3": "wait"}),
    ],
)
def test_zoom_and_scroll_stand_in_the_address(
    world: World, as_: Callable[[str], Any], query: str, period: str, signs: dict[str, str]
) -> None:
    text = text_of(as_("municipal").get(url_of(world, query)))
    lanes = lanes_of(text)
    assert f'<span class="n-vh">{period}</span>' in text
    assert {number: lanes[number][0][0] for number in signs} == signs


def test_the_twin_has_the_same_rows_in_words(world: World, as_: Callable[[str], Any]) -> None:
    mark_done(world, "1.1.", "school-1", "school", date(2026, 9, 20))
    mark_done(world, "1.1.", "school-2", "school_2", date(2026, 10, 2))
    measure = world.measure("1.2.")
    move_measure(
        measure, deadline=read_deadline("до 20.10.2026", horizon=YEAR), version=1, reason="Каникулы", by=world.user("municipal")
    )
    add_dependency(world.measure("1.2."), after=world.measure("1.1."), by=world.user("municipal"))
    response = as_("municipal").get(url_of(world, "?view=table"))
    lanes = {lane.measure.number: lane for lane in response.context["timeline"].lanes}
    assert list(lanes) == ["1.1.", "1.2.", "1.3.", "2.1.", "2.2.", "2.3."]
    fact = lanes["1.1."].fact
    assert (fact.first, fact.median, fact.last) == (date(2026, 9, 20), date(2026, 9, 20), date(2026, 10, 2))
    row = re.search(r"<tr><td>1\.2</td>.*?</tr>", text_of(response), re.DOTALL).group()
    cells = [" ".join(re.sub("<[^>]*>", " ", cell).split()) for cell in re.findall(r"<t[dh][^>]*>.*?</t[dh]>", row, re.DOTALL)]
    assert cells == [
        "1.2", "Разработка положения", "до 20.10.2026", "до 13.10.2026 на 7 дней позже", "0 из 3 просрочено: 3", "–",
        "начать после 1.1", "Сдвинуть",
    ]  # fmt: skip
    assert "<s>до 13.10.2026</s>" in row


def test_a_broken_order_is_drawn_listed_and_said(world: World, as_: Callable[[str], Any]) -> None:
    add_dependency(world.measure("1.1."), after=world.measure("1.2."), by=world.user("municipal"))
    add_dependency(world.measure("2.3."), after=world.measure("1.2."), by=world.user("municipal"))
    response = as_("school").get(url_of(world))
    timeline, text = response.context["timeline"], text_of(response)
    assert [(arrow.broken, arrow.to_sign) for arrow in timeline.arrows] == [(True, False), (False, False)]
    assert [(bond.first.number, bond.second.number) for bond in timeline.conflicts] == [("1.2.", "1.1.")]
    assert "Порядок мероприятий нарушен" in text
    assert lanes_of(text)["1.1"][0][1].endswith("начать после 1.2, но начинается раньше, чем оно закончится")


def test_the_panel_opens_alone_and_in_the_page(world: World, as_: Callable[[str], Any]) -> None:
    browser, key = as_("municipal"), world.measure("1.2.").pk
    whole = text_of(browser.get(url_of(world, f"?open={key}")))
    panel = text_of(browser.get(url_of(world, f"?open={key}"), headers={"HX-Request": "true"}))
    assert ("1.2 Разработка положения</h2>" in whole, panel.lstrip().startswith('<div class="n-side-head">')) == (True, True)
    assert ("Сдвинуть срок" in panel, "Сдвинуть срок" in text_of(as_("school").get(url_of(world, f"?open={key}")))) == (True, False)
    other = world.upland_roadmap.measures.get(number="1.2.").pk
    assert [browser.get(url_of(world, f"?open={wrong}")).context["selected"] for wrong in (other, "nonsense")] == [None, None]


def test_unclear_days_stand_above_with_the_way_to_settle_them(world: World, as_: Callable[[str], Any]) -> None:
    shown = {
        name: re.findall(r'<a href="([^"]*)">(Назвать[^<]*)</a>', text_of(as_(name).get(url_of(world))))
        for name in ("municipal", "school")
    }
    assert shown == {
        "municipal": [(reverse("roadmap:unsettled_list"), "Назвать день для всех")],
        "school": [(reverse("roadmap:assignment_detail", args=[world.assignment("2.1.", "school-1").pk]), "Назвать свой срок")],
    }


def test_the_paper_holds_everything_and_a_place_to_sign(world: World, as_: Callable[[str], Any]) -> None:
    move_measure(
        world.measure("1.2."), deadline=read_deadline("до 20.10.2026", horizon=YEAR), version=1, reason="Каникулы",
        by=world.user("municipal"),
    )  # fmt: skip
    text = text_of(as_("municipal").get(url_of(world, name="timeline_print")))
    assert list(lanes_of(text)) == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]
    words = " ".join(re.sub("<[^>]*>", " ", text).split())
    assert "Приозёрный округ 25.11.2026" in words
    assert "1.2 Разработка положения: до 13.10.2026 → до 20.10.2026, на 7 дней позже" in words
    assert ("Должность" in words, "tl-arrows" in text, "data-movable" in text) == (True, False, False)


def test_an_empty_plan_and_one_without_days(world: World, as_: Callable[[str], Any]) -> None:
    Measure.objects.filter(roadmap=world.roadmap).exclude(number="2.1.").delete()
    browser = as_("municipal")
    assert list(lanes_of(text_of(browser.get(url_of(world))))) == ["2.1"]
    Measure.objects.filter(roadmap=world.roadmap).delete()
    assert "План пустой" in text_of(browser.get(url_of(world)))


@pytest.mark.parametrize("query", ["", "?view=table", "?zoom=quarter&fact=1&state=late", "?q=школа"])
def test_queries_do_not_grow(world: World, as_: Callable[[str], Any], count_queries: Any, query: str) -> None:
    browser = as_("municipal")
    browser.get(url_of(world, query))
    before = count_queries(lambda: browser.get(url_of(world, query)))
    cards = [{"kind": OrganisationKind.SCHOOL, "name": f"Новая школа № {number}"} for number in range(30, 50)]
    open_organisations(cards, parent=world.place("lakeside"), by=None)
    section = world.roadmap.sections.get(position=1)
    deadline = read_deadline("до 01.10.2026", horizon=YEAR)
    for number in range(20):
        made = add_measure(section, number=f"2.{number + 4}.", text="Ещё одно", deadline=deadline,
                           parties=[HEADS], by=world.user("municipal"))  # fmt: skip
        add_dependency(made, after=world.measure("1.1."), by=world.user("municipal"))
    assert count_queries(lambda: browser.get(url_of(world, query))) == before


def test_a_long_plan_comes_in_pages_under_the_limit(world: World, as_: Callable[[str], Any]) -> None:
    section, text = world.roadmap.sections.get(position=1), "Проведение муниципального семинара для кураторов и наставников " * 3
    deadline = read_deadline("с 01.10.2026 по 01.12.2026", horizon=YEAR)
    for number in range(60):
        add_measure(section, number=f"2.{number + 4}.", text=text, deadline=deadline,
                    parties=[HEADS], by=None)  # fmt: skip
    browser = as_("municipal")
    first = browser.get(url_of(world, "?fact=1"))
    page = first.context["timeline"].page
    second = browser.get(url_of(world, f"?after={page.next}"))
    assert (len(lanes_of(text_of(first))), len(lanes_of(text_of(second)))) == (50, 16)
    assert [group.tally is None for group in first.context["timeline"].groups] == [False, True]
    assert max(len(first.content), len(second.content)) < 100_000
