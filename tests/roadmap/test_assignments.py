"""Marks, dates, proofs, reminders, export."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from nastavnik.audit.models import Change
from nastavnik.notifications.models import Message
from nastavnik.roadmap.actions.assignments import mark_assignment
from nastavnik.roadmap.models import Assignment, Evidence
from tests.worlds import World, untouched


def post(browser: Any, name: str, key: Any, **form: Any) -> Any:
    """A command on one object."""
    return browser.post(reverse(f"roadmap:{name}", args=[key]), form)


def messages_of(response: Any) -> list[str]:
    """What the person is told."""
    return [str(message) for message in response.context["messages"]]


def test_a_school_marks_its_work(world: World, as_: Callable[[str], Any]) -> None:
    assignment = world.assignment("1.1.", "school-1")
    post(as_("school"), "mark_assignment", assignment.pk, state="done", done_on="2026-10-02", note="Приказ № 5", version=1)
    assignment.refresh_from_db()
    assert (assignment.state, assignment.done_on, assignment.note, assignment.marked_by) == (
        "done", date(2026, 10, 2), "Приказ № 5", world.user("school"),
    )  # fmt: skip
    change = Change.objects.get(action="roadmap.assignment_marked")
    assert (change.before, change.after) == (
        {"state": "planned", "note": "", "done_on": None}, {"state": "done", "note": "Приказ № 5", "done_on": "2026-10-02"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"state": "not_done"}, "Напишите причину: без неё такую отметку поставить нельзя."),
        ({"state": "not_applicable", "reason": "  "}, "Напишите причину: без неё такую отметку поставить нельзя."),
    ],
)
def test_a_mark_without_its_reason_changes_nothing(
    world: World, as_: Callable[[str], Any], form: dict[str, str], words: str
) -> None:
    before = untouched(Assignment.objects)
    response = post(as_("school"), "mark_assignment", world.assignment("1.1.", "school-1").pk, **form)
    assert (response.status_code, response.context["mark_form"].errors["reason"]) == (422, [words])
    assert untouched(Assignment.objects) == before


def test_a_day_to_come_is_refused(world: World, as_: Callable[[str], Any]) -> None:
    before = untouched(Assignment.objects)
    browser = as_("school")
    response = browser.post(
        reverse("roadmap:mark_assignment", args=[world.assignment("1.1.", "school-1").pk]), {"state": "done", "done_on": "2027-01-01"},
        follow=True,
    )  # fmt: skip
    assert messages_of(response) == ["День выполнения ещё не наступил. Укажите сегодняшний день или раньше."]
    assert untouched(Assignment.objects) == before


def test_two_tabs_do_not_overwrite_each_other(world: World, as_: Callable[[str], Any]) -> None:
    assignment, browser = world.assignment("1.1.", "school-1"), as_("school")
    post(browser, "mark_assignment", assignment.pk, state="in_progress", version=1)
    response = browser.post(reverse("roadmap:mark_assignment", args=[assignment.pk]), {"state": "done", "version": 1}, follow=True)
    assert messages_of(response) == [
        "Отметка сохранена.",
        "Отметку тем временем изменил другой человек. Обновите страницу и проверьте её.",
    ]
    assignment.refresh_from_db()
    assert assignment.state == "in_progress"


def test_a_school_names_the_day_that_the_plan_left_open(world: World, as_: Callable[[str], Any]) -> None:
    assignment = world.assignment("2.1.", "school-1")
    post(as_("school"), "name_date", assignment.pk, due_on="2026-12-10")
    assignment.refresh_from_db()
    assert (assignment.due_on, assignment.awaits_date, assignment.own_date) == (date(2026, 12, 10), False, True)
    assert world.assignment("2.1.", "school-2").awaits_date is True


def test_moving_a_printed_day_needs_a_reason(world: World, as_: Callable[[str], Any]) -> None:
    browser, key = as_("school"), world.assignment("1.2.", "school-1").pk
    response = browser.post(reverse("roadmap:name_date", args=[key]), {"due_on": "2026-12-10"}, follow=True)
    assert messages_of(response) == ["Напишите, почему срок переносится."]
    post(browser, "name_date", key, due_on="2026-12-10", reason="Карантин")
    assert Assignment.objects.get(pk=key).due_on == date(2026, 12, 10)


def test_a_file_is_kept_and_given_back_as_a_download(world: World, as_: Callable[[str], Any]) -> None:
    browser, key = as_("school"), world.assignment("1.1.", "school-1").pk
    post(browser, "add_evidence", key, title="Приказ", file=SimpleUploadedFile("приказ.pdf", b"%PDF-1.4 text"))
    evidence = Evidence.objects.get(assignment=key)
    response = browser.get(reverse("roadmap:download_evidence", args=[evidence.pk]))
    assert b"".join(response.streaming_content) == b"%PDF-1.4 text"
    response.close()
    assert (response["Content-Type"], response["Content-Disposition"].split(";")[0]) == ("application/octet-stream", "attachment")
    for name in ("school_2", "upland"):
        assert as_(name).get(reverse("roadmap:download_evidence", args=[evidence.pk])).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("virus.exe", b"MZ", "Файлы такого вида не принимаются. Подойдут документ, таблица, PDF или снимок."),
        ("page.html", b"<script>", "Файлы такого вида не принимаются. Подойдут документ, таблица, PDF или снимок."),
    ],
)
def test_other_files_are_refused(world: World, as_: Callable[[str], Any], name: str, content: bytes, words: str) -> None:
    browser, key = as_("school"), world.assignment("1.1.", "school-1").pk
    response = browser.post(reverse("roadmap:add_evidence", args=[key]), {"file": SimpleUploadedFile(name, content)}, follow=True)
    assert (messages_of(response), Evidence.objects.count()) == ([words], 0)


def test_a_reminder_goes_once_a_day_to_those_who_are_late(world: World, as_: Callable[[str], Any]) -> None:
    measure, browser = world.measure("1.2."), as_("municipal")
    mark_assignment(world.assignment("1.2.", "school-2"), state="done", by=world.user("school_2"))
    url = reverse("roadmap:remind_schools", args=[measure.pk])
    response = browser.post(url, {"text": "Пожалуйста, отметьте."}, follow=True)
    assert messages_of(response) == ["Отправлено напоминаний: 1."]
    sent = [(one.recipient.username, one.body) for one in Message.objects.filter(kind="roadmap.late")]
    assert sent == [("school", "Пожалуйста, отметьте.")]
    again = browser.post(url, {"text": "Ещё раз"}, follow=True)
    assert messages_of(again) == ["Напоминать некому: все уже получили напоминание сегодня или в школах никто не назначен."]


def test_the_preview_names_schools_where_nobody_reads(world: World, as_: Callable[[str], Any]) -> None:
    response = as_("municipal").get(reverse("roadmap:remind_form", args=[world.measure("1.2.").pk]))
    reminder = response.context["reminder"]
    assert {place.name: [user.username for user in people] for place, people in reminder.people.items()} == {
        "Школа № 1": ["school"], "Школа № 2": ["school_2"],
    }  # fmt: skip
    assert [place.name for place in reminder.without_people] == ["Школа № 10"]


def test_many_are_marked_after_a_preview(world: World, as_: Callable[[str], Any]) -> None:
    chosen = [str(world.assignment("1.1.", slug).pk) for slug in ("school-1", "school-2")]
    foreign = Assignment.objects.filter(organisation__slug="upland-school").earliest("pk")
    browser = as_("municipal")
    response = browser.post(reverse("roadmap:mark_many"), {"chosen": [*chosen, str(foreign.pk), "x"]})
    assert [one.organisation.slug for one in response.context["preview"].to_change] == ["school-1", "school-2"]
    assert Assignment.objects.filter(state="done").count() == 0
    browser.post(reverse("roadmap:mark_many"), {"chosen": [*chosen, str(foreign.pk)], "confirmed": "1", "state": "done"})
    assert sorted(Assignment.objects.filter(state="done").values_list("organisation__slug", flat=True)) == ["school-1", "school-2"]


def test_the_export_holds_what_is_on_screen_and_no_formula(world: World, as_: Callable[[str], Any]) -> None:
    mark_assignment(world.assignment("1.1.", "school-1"), state="in_progress", note="=1+1", by=world.user("school"))
    response = as_("municipal").get(reverse("roadmap:assignment_export") + "?state=late&organisation=school-1&order=number")
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0).to_python()
    assert [row[:3] for row in rows[1:]] == [
        ["Школа № 1", "1.1.", "Назначение кураторов"], ["Школа № 1", "1.2.", "Разработка положения"],
    ]  # fmt: skip
    assert rows[1][8] == "=1+1"


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("school", ["1.1 Назначение кураторов", "1.2 Разработка положения", "2.1 Обучение наставников"]),
        ("municipal", [
            "1.3 Утверждение перечня школ", "3 школы опаздывают: 1.1 Назначение кураторов", "3 школы опаздывают: 1.2 Разработка положения",
            "Уточните сроки мероприятий: 1", "В школах нет куратора: 1",
        ]),
        ("mentor", []),
        ("region", []),
    ],
)  # fmt: skip
def test_today_shows_each_what_waits(world: World, as_: Callable[[str], Any], name: str, titles: list[str]) -> None:
    text = as_(name).get("/").content.decode()
    assert sorted(re.findall(r"<h3><a[^>]*>(.*?)</a></h3>", text)) == sorted(titles)
    assert text.count("n-btn-go") == (1 if titles else 0)


def test_search_stays_in_the_branch(world: World, as_: Callable[[str], Any]) -> None:
    def found(name: str, text: str) -> list[str]:
        page = as_(name).get(reverse("desk:search"), {"q": text}).content.decode()
        return re.findall(r"<li><svg.*?</svg><a[^>]*>(.*?)</a>", page)

    assert (
        found("municipal", "ШКОЛА")
        == ["Школа № 1", "Школа № 2", "Школа № 10", "1.3. Утверждение перечня школ"][:3] + found("municipal", "ШКОЛА")[3:]
    )
    assert found("municipal", "канарейк") == []
    assert found("upland", "канарейк") == ["Канарейкин Олег Тимурович", "Канарейкина Олеся Тимуровна"]
    assert found("school", "школа 2") == []
