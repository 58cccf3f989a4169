"""The month of assignments."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.roadmap.actions.assignments import mark_assignment, name_own_date
from tests.worlds import World

CALENDAR = reverse("roadmap:calendar")


def month(browser: Any, query: str = "") -> Any:
    """The month of the page."""
    return browser.get(CALENDAR + query).context["month"]


def entries(found: Any) -> dict[date, list[tuple[str, int, int, int, str]]]:
    """Per day: number, organisations, done, late, state."""
    return {
        day.date: [(one.number, one.total, one.done, one.late, one.state) for one in day.entries]
        for week in found.weeks
        for day in week
        if day.entries
    }


def test_weeks_begin_on_monday_and_today_is_marked(world: World, as_: Callable[[str], Any]) -> None:
    found = month(as_("municipal"))
    days = [day for week in found.weeks for day in week]
    assert (found.first, days[0].date, days[-1].date) == (date(2026, 11, 1), date(2026, 10, 26), date(2026, 12, 6))
    assert [day.date for day in days if day.is_today] == [date(2026, 11, 25)]
    assert [[day.is_weekend for day in week] for week in found.weeks] == [[False] * 5 + [True] * 2] * len(found.weeks)
    assert (found.previous, found.following) == ("2026-10", "2026-12")


def test_a_day_counts_the_schools_of_a_measure(world: World, as_: Callable[[str], Any]) -> None:
    mark_assignment(world.assignment("1.2.", "school-1"), state="done", done_on=date(2026, 10, 1), by=None)
    browser = as_("municipal")
    assert entries(month(browser, "?month=2026-10")) == {
        date(2026, 9, 30): [("1.1.", 3, 0, 3, "late"), ("1.3.", 1, 0, 1, "late")], date(2026, 10, 13): [("1.2.", 3, 1, 2, "late")],
    }  # fmt: skip
    assert entries(month(browser, "?month=2026-10&state=finished")) == {date(2026, 10, 13): [("1.2.", 1, 1, 0, "done")]}


def test_every_entry_opens_what_it_counts(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    found = month(browser, "?month=2026-10&q=положения&state=late")
    (entry,) = [one for week in found.weeks for day in week for one in day.entries]
    assert len(browser.get(entry.url).context["page"].rows) == entry.total == 3


def test_a_school_opens_its_assignment_at_once(world: World, as_: Callable[[str], Any]) -> None:
    found = month(as_("school"), "?month=2026-10")
    links = {one.number: one.url for week in found.weeks for day in week for one in day.entries}
    assert links == {
        number: reverse("roadmap:assignment_detail", args=[world.assignment(number, "school-1").pk]) for number in ("1.1.", "1.2.")
    }


def test_what_has_no_day_stands_beside(world: World, as_: Callable[[str], Any]) -> None:
    name_own_date(world.assignment("2.1.", "school-1"), due_on=date(2026, 11, 20), by=None)
    found = month(as_("municipal"))
    assert [[(one.number, one.total, one.state) for one in part] for part in (found.undated, found.endless)] == [
        [("2.1.", 2, "ask")], [("2.2.", 3, "waiting")],
    ]  # fmt: skip
    assert entries(found) == {date(2026, 11, 20): [("2.1.", 1, 0, 1, "late")]}


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        (("done", "done", "done"), "done"), (("done", "not_applicable", "not_applicable"), "done"),
        (("not_applicable", "not_applicable", "not_applicable"), "not_applicable"),
        (("not_done", "not_applicable", "not_applicable"), "not_done"), (("in_progress", "planned", "planned"), "in_progress"),
        (("planned", "planned", "planned"), "waiting"), (("done", "planned", "planned"), "in_progress"),
    ],
)  # fmt: skip
def test_the_sign_of_a_measure(world: World, as_: Callable[[str], Any], states: tuple[str, ...], shown: str) -> None:
    for slug, state in zip(("school-1", "school-2", "school-10"), states, strict=True):
        mark_assignment(world.assignment("2.3.", slug), state=state, reason="Так", by=None)
    found = month(as_("municipal"), "?month=2026-12&section=1&role=school_head&q=школа")
    assert [one[4] for day in entries(found).values() for one in day] == [shown]


@pytest.mark.parametrize("month_text", ["", "x", "2026", "2026-13", "0000-01", "9999-12", "²026-01", "2026-00"])
def test_a_wrong_month_is_this_one(world: World, as_: Callable[[str], Any], month_text: str) -> None:
    assert month(as_("municipal"), f"?month={month_text}").first == date(2026, 11, 1)
