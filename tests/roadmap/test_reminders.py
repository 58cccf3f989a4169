"""Reminders and marks for many: previewed, then done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.actions.deputies import name_deputy
from nastavnik.audit.models import Change
from nastavnik.notifications.models import Message
from nastavnik.roadmap.actions.assignments import mark_assignment
from nastavnik.roadmap.actions.reminders import remind_schools, reminder_for
from nastavnik.roadmap.models import Assignment
from tests.worlds import World, appoint, untouched

NOBODY = "Напоминать некому: все уже получили напоминание сегодня или в школах никто не назначен."


def told(response: Any) -> list[str]:
    """What the person is told."""
    return [str(message) for message in response.context["messages"]]


def keys(world: World, number: str, *slugs: str) -> list[str]:
    """Keys of assignments of one measure."""
    return [str(world.assignment(number, slug).pk) for slug in slugs]


def remind(browser: Any, world: World, **form: Any) -> list[str]:
    """Remind of 1.2."""
    url = reverse("roadmap:remind_schools", args=[world.measure("1.2.").pk])
    return told(browser.post(url, {"text": "Пожалуйста, отметьте.", **form}, follow=True))


def sent() -> list[tuple[str, str, str]]:
    """(recipient, subject, text) of all reminders."""
    return sorted((one.recipient.username, one.subject, one.body) for one in Message.objects.filter(kind="roadmap.late"))


def test_a_reminder_goes_once_a_day_to_those_who_are_late(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    mark_assignment(world.assignment("1.2.", "school-2"), state="done", by=world.user("school_2"))
    assert remind(browser, world) == ["Отправлено напоминаний: 1."]
    assert sent() == [("school", "Просрочено: мероприятие 1.2", "Пожалуйста, отметьте.")]
    change = Change.objects.get(action="roadmap.schools_reminded")
    assert (change.object_id, change.after) == (str(world.measure("1.2.").pk), {"organisations": ["Школа № 1"]})
    assert remind(browser, world) == [NOBODY]
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert remind(as_("municipal"), world) == ["Отправлено напоминаний: 1."]
    assert len(sent()) == 2


def test_one_school_alone_can_be_reminded(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    url = reverse("roadmap:remind_form", args=[world.measure("1.2.").pk])
    assert [place.slug for place in browser.get(url, {"organisation": "school-2"}).context["reminder"].people] == ["school-2"]
    assert remind(browser, world, organisation="school-2") == ["Отправлено напоминаний: 1."]
    assert [recipient for recipient, _subject, _text in sent()] == ["school_2"]
    assert [place.slug for place in browser.get(url).context["reminder"].people] == ["school-1"]


def test_the_preview_names_people_and_schools_where_nobody_reads(world: World, as_: Callable[[str], Any]) -> None:
    response = as_("municipal").get(reverse("roadmap:remind_form", args=[world.measure("1.2.").pk]))
    reminder = response.context["reminder"]
    assert {place.name: [user.username for user in people] for place, people in reminder.people.items()} == {
        "Школа № 1": ["school"], "Школа № 2": ["school_2"],
    }  # fmt: skip
    assert [place.name for place in reminder.without_people] == ["Школа № 10"]
    assert sent() == []


def test_the_head_reads_where_there_is_no_coordinator(world: World, as_: Callable[[str], Any]) -> None:
    appoint("head_10", "school_head", world.place("school-10"), "Дроздов", "Илья", "")
    assert remind(as_("municipal"), world) == ["Отправлено напоминаний: 3."]
    assert [recipient for recipient, _subject, _text in sent()] == ["head_10", "school", "school_2"]


def test_two_who_remind_at_once_send_one_message(world: World) -> None:
    measure, leader = world.measure("1.2."), world.user("municipal")
    first, second = reminder_for(measure, leader), reminder_for(measure, leader)
    remind_schools(first, text="Раз", by=leader)
    with pytest.raises(Exception, match="Напоминать некому"):
        remind_schools(second, text="Два", by=leader)
    assert {text for _recipient, _subject, text in sent()} == {"Раз"}


def test_a_reminder_needs_words(world: World, as_: Callable[[str], Any]) -> None:
    url = reverse("roadmap:remind_schools", args=[world.measure("1.2.").pk])
    response = as_("municipal").post(url, {"text": " "})
    assert (response.status_code, list(response.context["form"].errors), sent()) == (422, ["text"], [])


def test_chosen_assignments_of_several_measures_make_one_message(world: World, as_: Callable[[str], Any]) -> None:
    chosen = [*keys(world, "1.1.", "school-1"), *keys(world, "1.2.", "school-1", "school-2"), *keys(world, "2.2.", "school-1"), "x"]
    browser, url = as_("municipal"), reverse("roadmap:remind_chosen")
    reminder = browser.post(url, {"chosen": chosen}).context["reminder"]
    assert ([place.slug for place in reminder.people], reminder.passed_over, sent()) == (["school-1", "school-2"], 1, [])
    response = browser.post(url, {"chosen": chosen, "confirmed": "1", "text": "Отметьте."}, follow=True)
    assert told(response) == ["Отправлено напоминаний: 2."]
    assert sent() == [
        ("school", "Просрочено: мероприятие 1.1, 1.2", "Отметьте.\n\n1.1. Назначение кураторов\n1.2. Разработка положения"),
        ("school_2", "Просрочено: мероприятие 1.2", "Отметьте."),
    ]  # fmt: skip


def test_the_neighbours_assignments_cannot_be_chosen(world: World, as_: Callable[[str], Any]) -> None:
    foreign = Assignment.objects.filter(organisation__slug="upland-school").values_list("pk", flat=True)
    before = untouched(Assignment.objects)
    browser, form = as_("municipal"), {"chosen": [str(key) for key in foreign], "confirmed": "1"}
    browser.post(reverse("roadmap:remind_chosen"), {**form, "text": "Отметьте."})
    browser.post(reverse("roadmap:mark_many"), {**form, "state": "done", "reason": "Так"})
    assert (sent(), untouched(Assignment.objects)) == ([], before)


def test_many_are_marked_after_a_preview(world: World, as_: Callable[[str], Any]) -> None:
    mark_assignment(world.assignment("1.1.", "school-10"), state="not_applicable", reason="Нет старших классов", by=None)
    mark_assignment(world.assignment("1.2.", "school-1"), state="done", by=world.user("school"))
    chosen = [*keys(world, "1.1.", "school-1", "school-2", "school-10"), *keys(world, "1.2.", "school-1"), "x"]
    browser, url = as_("municipal"), reverse("roadmap:mark_many")
    preview = browser.post(url, {"chosen": chosen, "state": "done"}).context["preview"]
    assert [[one.organisation.slug for one in part] for part in (preview.to_change, preview.already, preview.settled)] == [
        ["school-1", "school-2"], ["school-1"], ["school-10"],
    ]  # fmt: skip
    refused = browser.post(url, {"chosen": chosen, "state": "done", "confirmed": "1"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    assert Assignment.objects.filter(state="done").count() == 1
    response = browser.post(url, {"chosen": chosen, "state": "done", "confirmed": "1", "reason": "По приказам"}, follow=True)
    assert told(response) == ["Отмечено заданий: 2."]
    marked = Assignment.objects.filter(measure=world.measure("1.1."), organisation__municipality=world.place("lakeside"))
    assert dict(marked.values_list("organisation__slug", "state")) == {
        "school-1": "done", "school-2": "done", "school-10": "not_applicable",
    }  # fmt: skip
    assert {
        one.reason for one in Change.objects.filter(action="roadmap.assignment_marked", actor_id=world.user("municipal").pk)
    } == {"По приказам"}


def test_nothing_to_mark_is_said(world: World, as_: Callable[[str], Any]) -> None:
    response = as_("municipal").post(
        reverse("roadmap:mark_many"), {"chosen": [], "state": "done", "confirmed": "1"}, follow=True, headers={"Referer": "/"}
    )
    assert told(response) == ["Отмечать нечего: выберите в списке задания, которые ещё не закрыты."]


def test_while_the_coordinator_is_away_the_deputy_is_reminded(world: World, as_: Callable[[str], Any]) -> None:
    away = world.user("school").appointments.get()
    today = timezone.localdate()
    name_deputy(away, deputy=world.user("deputy"), starts_on=today, ends_on=today, reason="vacation", by=None)
    remind(as_("municipal"), world)
    assert [recipient for recipient, _subject, _text in sent()] == ["deputy", "school_2"]


def test_a_school_whose_only_reader_has_no_log_in_has_nobody(world: World) -> None:
    world.user("school_2").__class__.objects.filter(username="school_2").update(is_active=False)
    reminder = reminder_for(world.measure("1.2."), world.user("municipal"))
    assert [place.name for place in reminder.without_people] == ["Школа № 2", "Школа № 10"]
