"""Moving deadlines: what is shown first, what happens, what is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.audit.models import Change
from nastavnik.core.errors import Refusal
from nastavnik.roadmap.actions.assignments import mark_assignment
from nastavnik.roadmap.actions.moving import move_measure
from nastavnik.roadmap.actions.order import add_dependency
from nastavnik.roadmap.models import Measure
from nastavnik.roadmap.queries.moving import preview_of
from planreader.deadlines import read_deadline
from planreader.model import Span
from tests.worlds import World, untouched

YEAR = Span(date(2026, 9, 1), date(2027, 8, 31))
HTMX = {"HX-Request": "true"}


def move_url(measure: Measure, query: str = "") -> str:
    """The form."""
    return reverse("roadmap:move_form", args=[measure.pk]) + query


def post(browser: Any, measure: Measure, **values: Any) -> Any:
    """Send it."""
    typed = {"occurrence": "0", "version": measure.version, "reason": "Каникулы", **values}
    return browser.post(reverse("roadmap:move_measure", args=[measure.pk]), typed)


def days_of(world: World, number: str) -> tuple[str, date | None, date | None]:
    """Words and days of a measure."""
    measure = world.measure(number)
    return measure.deadline_text, measure.starts_on, measure.ends_on


def said(number: str) -> Any:
    """A deadline in words."""
    return read_deadline(number, horizon=YEAR)


def test_open_assignments_follow_and_closed_ones_stay(world: World, as_: Callable[[str], Any]) -> None:
    measure = world.measure("1.2.")
    mark_assignment(world.assignment("1.2.", "school-1"), state="done", done_on=date(2026, 10, 1), by=world.user("school"))
    response = post(as_("municipal"), measure, ends_on="2026-12-18")
    assert (response.status_code, response.url) == (302, reverse("roadmap:timeline", args=[world.roadmap.pk]))
    assert days_of(world, "1.2.") == ("до 18.12.2026", None, date(2026, 12, 18))
    assert [world.assignment("1.2.", slug).due_on for slug in ("school-1", "school-2")] == [date(2026, 10, 13), date(2026, 12, 18)]
    change = Change.objects.get(action="roadmap.measure_changed")
    assert (change.action, change.reason, change.before, change.after) == (
        "roadmap.measure_changed", "Каникулы", {"deadline": "до 13.10.2026"}, {"deadline": "до 18.12.2026"},
    )  # fmt: skip


def test_the_form_shows_what_would_change_before_anything_does(world: World, as_: Callable[[str], Any]) -> None:
    mark_assignment(world.assignment("1.2.", "school-1"), state="done", done_on=date(2026, 10, 1), by=world.user("school"))
    add_dependency(world.measure("2.3."), after=world.measure("1.2."), by=None)
    before = untouched(Measure.objects.all())
    response = as_("municipal").get(move_url(world.measure("1.2."), "?occurrence=0&ends_on=2026-12-19"))
    move = response.context["move"]
    assert (response.status_code, move.days, move.open, move.kept) == (200, 67, 2, 1)
    assert (move.weekends, move.beyond) == ([date(2026, 12, 19)], [])
    assert [(one.measure.number, one.collides) for one in move.followers] == [("2.3.", True)]
    assert untouched(Measure.objects.all()) == before


def test_what_follows_moves_by_the_same_days_when_it_is_ticked(world: World, as_: Callable[[str], Any]) -> None:
    for second, first in (("1.3.", "1.2."), ("2.3.", "1.3.")):
        add_dependency(world.measure(second), after=world.measure(first), by=None)
    response = post(as_("municipal"), world.measure("1.2."), ends_on="2026-10-20", following=[str(world.measure("2.3.").pk)])
    assert response.status_code == 302
    assert days_of(world, "1.3.") == ("Сентябрь 2026", date(2026, 9, 1), date(2026, 9, 30))
    assert [span["end"] for span in world.measure("2.3.").occurrences] == ["2027-01-07", "2027-06-07"]
    assert world.assignment("2.3.", "school-1", 1).due_on == date(2027, 6, 7)


def test_a_stranger_to_the_order_cannot_be_ticked(world: World, as_: Callable[[str], Any]) -> None:
    response = post(as_("municipal"), world.measure("1.2."), ends_on="2026-10-20", following=[str(world.measure("2.3.").pk)])
    assert (response.status_code, days_of(world, "1.2.")[0], days_of(world, "2.3.")[0]) == (
        422, "до 13.10.2026", "Декабрь 2026, май 2027",
    )  # fmt: skip


def test_one_date_of_a_list_moves_between_its_neighbours(world: World, as_: Callable[[str], Any]) -> None:
    browser, measure = as_("municipal"), world.measure("2.3.")
    beyond = post(browser, measure, occurrence="0", starts_on="2027-05-01", ends_on="2027-05-20")
    assert (beyond.status_code, list(beyond.context["form"].errors)) == (422, ["ends_on"])
    post(browser, measure, occurrence="1", starts_on="2027-05-11", ends_on="2027-05-28")
    assert [(span["start"], span["end"]) for span in world.measure("2.3.").occurrences] == [
        ("2026-12-01", "2026-12-31"), ("2027-05-11", "2027-05-28"),
    ]  # fmt: skip
    assert [world.assignment("2.3.", "school-1", place).due_on for place in (0, 1)] == [date(2026, 12, 31), date(2027, 5, 28)]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"ends_on": "2026-12-18", "reason": " "}, "reason", "Напишите, почему сдвигается срок."),
        ({"ends_on": "2026-10-13"}, "__all__", "Срок остался прежним. Выберите другой день."),
        ({"ends_on": "2026-12-18", "version": "7"}, "__all__",
         "Мероприятие тем временем изменил другой человек. Проверьте свой текст и сохраните ещё раз."),
    ],
)  # fmt: skip
def test_a_refusal_keeps_what_was_typed_and_says_why(
    world: World, as_: Callable[[str], Any], values: dict[str, str], field: str, sentence: str
) -> None:
    before = untouched(Measure.objects.all())
    response = post(as_("municipal"), world.measure("1.2."), **values)
    assert (response.status_code, response.context["form"].errors) == (422, {field: [sentence]})
    assert response.context["form"]["ends_on"].value() == values["ends_on"]
    assert untouched(Measure.objects.all()) == before


def test_days_out_of_order_are_told_at_once(world: World, as_: Callable[[str], Any]) -> None:
    url = move_url(world.measure("1.1."), "?starts_on=2026-10-20&ends_on=2026-10-10")
    response = as_("municipal").get(url, headers=HTMX)
    assert (response.status_code, response.context["move"]) == (422, None)
    assert response.content.decode().lstrip().startswith('<form class="n-form tl-move"')


def test_a_measure_without_days_is_sent_to_its_form(world: World, as_: Callable[[str], Any]) -> None:
    browser, measure = as_("municipal"), world.measure("2.1.")
    assert reverse("roadmap:measure_form", args=[measure.pk]) in browser.get(move_url(measure)).content.decode()
    response = post(browser, measure, ends_on="2026-12-18")
    assert (response.status_code, world.measure("2.1.").deadline_kind) == (302, "external")


def test_after_the_deed_the_person_is_back_where_the_form_was_opened(world: World, as_: Callable[[str], Any]) -> None:
    here = reverse("roadmap:timeline", args=[world.roadmap.pk]) + "?zoom=quarter"
    typed = {"occurrence": "0", "version": 1, "reason": "Каникулы", "ends_on": "2026-12-18"}
    url = reverse("roadmap:move_measure", args=[world.measure("1.2.").pk])
    response = as_("municipal").post(url, {**typed, "next": here}, headers=HTMX)
    assert (response.status_code, response.headers["HX-Redirect"]) == (204, here)
    foreign = as_("municipal").post(url, {**typed, "version": 2, "ends_on": "2026-12-21", "next": "https://example.org/"})
    assert foreign.url == reverse("roadmap:timeline", args=[world.roadmap.pk])


def test_a_rhythm_moves_as_a_whole(world: World) -> None:
    measure = world.measure("1.2.")
    rhythm = said("ежемесячно до 20 числа")
    move_measure(measure, deadline=said("до 21.10.2026"), version=1, reason="Так", by=None)
    measure = world.measure("1.2.")
    measure.deadline = rhythm
    measure.save()
    preview = preview_of(measure, said("ежемесячно до 22 числа"))
    assert (preview.days, preview.changes) == (2, True)


def test_the_same_days_are_refused_by_the_action_too(world: World) -> None:
    measure = world.measure("1.2.")
    with pytest.raises(Refusal, match="Срок остался прежним"):
        move_measure(measure, deadline=measure.deadline, version=1, reason="Так", by=world.user("municipal"))
