"""«Сроки, которые надо уточнить»: one day for all, or a question to each school."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.core.errors import Refusal
from nastavnik.notifications.models import Message
from nastavnik.roadmap.actions.settling import ask_for_dates, question_about
from nastavnik.roadmap.models import Measure
from tests.roadmap.plans import command, told
from tests.worlds import World, untouched


def days(measure: Measure) -> dict[str, tuple[date | None, bool]]:
    """Address of the school > (day, waits for it)."""
    rows = measure.assignments.values_list("organisation__slug", "due_on", "awaits_date")
    return {slug: (day, waits) for slug, day, waits in rows}


def test_one_day_for_all_who_wait_leaves_the_days_that_schools_named(world: World, as_: Callable[[str], Any]) -> None:
    measure = world.measure("2.1.")
    command(as_("school"), "name_date", world.assignment("2.1.", "school-1").pk, due_on="2026-12-05")
    response = command(as_("municipal"), "settle_deadline", measure.pk, due_on="2026-12-20")
    measure.refresh_from_db()
    assert days(measure) == {
        "school-1": (date(2026, 12, 5), False), "school-2": (date(2026, 12, 20), False), "school-10": (date(2026, 12, 20), False),
    }  # fmt: skip
    assert (told(response), response.context["lines"]) == (["Срок назван для всех, кто его ждал."], [])
    assert (measure.deadline_text, measure.deadline_kind, measure.version) == ("до 20.12.2026", "by", 2)


def test_a_known_deadline_is_not_settled_without_a_reason(world: World, as_: Callable[[str], Any]) -> None:
    before = untouched(Measure.objects)
    response = command(as_("municipal"), "settle_deadline", world.measure("1.1.").pk, due_on="2026-12-20")
    assert (told(response), untouched(Measure.objects)) == (
        ["Срок этого мероприятия уже назван. Чтобы перенести его, измените мероприятие и напишите причину."], before,
    )  # fmt: skip


def test_a_day_is_needed(world: World, as_: Callable[[str], Any]) -> None:
    response = command(as_("municipal"), "settle_deadline", world.measure("2.1.").pk, due_on="скоро")
    assert told(response) == ["Укажите день, до которого надо сделать."]


def test_only_the_owner_of_the_plan_is_offered_to_settle(world: World, as_: Callable[[str], Any]) -> None:
    def led(name: str) -> list[bool]:
        return [line.led for line in as_(name).get(reverse("roadmap:unsettled_list")).context["lines"]]

    assert (led("municipal"), led("school"), led("region")) == ([True], [False], [False, False])


def test_the_schools_are_asked_once_a_day(world: World, as_: Callable[[str], Any]) -> None:
    browser, measure = as_("municipal"), world.measure("2.1.")
    question = browser.get(reverse("roadmap:ask_form", args=[measure.pk])).context["question"]
    assert [(place.slug, [person.username for person in people]) for place, people in question.people.items()] == [
        ("school-1", ["school"]), ("school-2", ["school_2"]),
    ]  # fmt: skip
    assert [place.slug for place in question.without_people] == ["school-10"]
    assert told(command(browser, "ask_for_dates", measure.pk, text="Когда?")) == ["Отправлено вопросов: 2."]
    assert told(command(browser, "ask_for_dates", measure.pk, text="Когда?")) == [
        "Спрашивать некого: все назвали срок, получили вопрос сегодня или в школах никто не назначен."
    ]
    messages = Message.objects.filter(kind="roadmap.date_asked").order_by("pk")
    assert sorted((one.recipient.username, one.subject, one.body) for one in messages) == [
        ("school", "Назовите срок: мероприятие 2.1", "Когда?"), ("school_2", "Назовите срок: мероприятие 2.1", "Когда?"),
    ]  # fmt: skip


def test_of_two_questions_at_once_one_goes_out(world: World) -> None:
    question = question_about(world.measure("2.1."), world.user("municipal"))
    assert ask_for_dates(question, text="Когда?", by=world.user("municipal")) == 2
    with pytest.raises(Refusal):
        ask_for_dates(question, text="Когда?", by=world.user("municipal"))
    assert Message.objects.filter(kind="roadmap.date_asked").count() == 2


def test_a_question_needs_words(world: World, as_: Callable[[str], Any]) -> None:
    response = command(as_("municipal"), "ask_for_dates", world.measure("2.1.").pk, text=" ")
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["text"])
