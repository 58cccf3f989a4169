"""Remembered deadlines, and today's beside them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse

from nastavnik.audit.models import Change
from nastavnik.roadmap.actions.baselines import take_first_baseline
from nastavnik.roadmap.actions.fanout import fan_out_roadmap
from nastavnik.roadmap.actions.moving import move_measure
from nastavnik.roadmap.actions.plans import add_measure, remove_measure
from nastavnik.roadmap.models import Baseline
from planreader.deadlines import read_deadline
from planreader.model import Span
from tests.roadmap.plans import told
from tests.worlds import HEADS, World

YEAR = Span(date(2026, 9, 1), date(2027, 8, 31))


def move(world: World, number: str, words: str) -> None:
    """A measure on other days."""
    measure = world.measure(number)
    deadline = read_deadline(words, horizon=YEAR)
    move_measure(measure, deadline=deadline, version=measure.version, reason="Так", by=world.user("municipal"))


def shown(browser: Any, world: World, query: str = "") -> dict[str, Any]:
    """Number > how the deadline stood."""
    response = browser.get(reverse("roadmap:timeline", args=[world.roadmap.pk]) + query)
    return {lane.measure.number: lane.was for lane in response.context["timeline"].lanes}


def remember(browser: Any, world: World, name: str) -> Any:
    """Press the button."""
    return browser.post(reverse("roadmap:remember_dates", args=[world.roadmap.pk]), {"name": name}, follow=True)


def test_handing_out_leaves_the_first_baseline_once(world: World) -> None:
    fan_out_roadmap(world.roadmap, by=None)
    first = Baseline.objects.get(roadmap=world.roadmap)
    assert (first.is_first, first.name, first.region_id) == (True, "Сроки при принятии", world.roadmap.region_id)
    assert first.dates[str(world.measure("1.2.").pk)] == {
        "number": "1.2.", "start": None, "end": "2026-10-13", "text": "до 13.10.2026",
    }  # fmt: skip
    assert take_first_baseline(world.roadmap, by=None).pk == first.pk


def test_what_moved_is_told_in_days(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    move(world, "1.2.", "до 08.10.2026")
    found = shown(browser, world)
    assert {number: (was.moved, was.days) for number, was in found.items() if was.moved} == {"1.2.": (True, -5)}
    assert set(shown(browser, world, "?base=off").values()) == {None}


def test_a_later_baseline_can_be_chosen(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    move(world, "1.2.", "до 20.10.2026")
    assert told(remember(browser, world, "После совещания")) == ["Сроки запомнены. Теперь с ними можно сравнивать."]
    move(world, "1.2.", "до 30.10.2026")
    later = Baseline.objects.get(name="После совещания")
    assert [shown(browser, world, query)["1.2."].days for query in ("", f"?base={later.pk}")] == [17, 10]
    assert Change.objects.filter(action="roadmap.baseline_taken", after__baseline="После совещания").count() == 1


def test_nothing_new_and_no_name_are_refused(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    assert [told(remember(browser, world, name))[0][:24] for name in ("Ещё раз", " ")] == [
        "Сроки не менялись с тех ",
        "Назовите эти сроки, напр",
    ]
    assert Baseline.objects.filter(roadmap=world.roadmap).count() == 1


def test_added_and_removed_measures_are_told(world: World, as_: Callable[[str], Any]) -> None:
    browser, section = as_("municipal"), world.roadmap.sections.get(position=0)
    deadline = read_deadline("до 01.12.2026", horizon=YEAR)
    add_measure(section, number="1.4.", text="Новое", deadline=deadline, parties=[HEADS], by=world.user("municipal"))
    remove_measure(world.measure("1.3."), reason="Лишнее", by=world.user("municipal"))
    response = browser.get(reverse("roadmap:timeline", args=[world.roadmap.pk]))
    assert (shown(browser, world)["1.4."].added, response.context["timeline"].removed) == (True, ["1.3"])


def test_a_baseline_of_another_plan_is_not_taken(world: World, as_: Callable[[str], Any]) -> None:
    foreign = Baseline.objects.get(roadmap=world.upland_roadmap)
    assert set(shown(as_("municipal"), world, f"?base={foreign.pk}").values()) == {None}


def test_a_baseline_is_seen_where_its_plan_is(world: World) -> None:
    seen = {name: set(Baseline.objects.visible_to(world.user(name)).values_list("roadmap__organisation__slug", flat=True))
            for name in ("municipal", "school", "upland", "region")}  # fmt: skip
    assert seen == {"municipal": {"lakeside"}, "school": {"lakeside"}, "upland": {"upland"}, "region": {"lakeside", "upland"}}
