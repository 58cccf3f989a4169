"""Assignments: marks, dates, proofs, the list, its export."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from nastavnik.audit.models import Access, Change
from nastavnik.organisations.actions import open_organisations
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.actions.assignments import mark_assignment
from nastavnik.roadmap.models import Assignment, Evidence
from tests.worlds import World, untouched


def post(browser: Any, name: str, key: Any, **form: Any) -> Any:
    """A command on one object."""
    return browser.post(reverse(f"roadmap:{name}", args=[key]), form)


def refusals(response: Any, form: str) -> list[str]:
    """What stands above a form that was refused."""
    return list(response.context[form].non_field_errors())


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
        reverse("roadmap:mark_assignment", args=[world.assignment("1.1.", "school-1").pk]),
        {"state": "done", "done_on": "2027-01-01", "note": "Приказ № 5"},
    )  # fmt: skip
    assert (response.status_code, refusals(response, "mark_form"), response.context["mark_form"]["note"].value()) == (
        422, ["День выполнения ещё не наступил. Укажите сегодняшний день или раньше."], "Приказ № 5",
    )  # fmt: skip
    assert untouched(Assignment.objects) == before


def test_two_tabs_do_not_overwrite_each_other(world: World, as_: Callable[[str], Any]) -> None:
    assignment, browser = world.assignment("1.1.", "school-1"), as_("school")
    post(browser, "mark_assignment", assignment.pk, state="in_progress", version=1)
    stale = {"state": "done", "version": 1, "note": "Длинная заметка"}
    response = browser.post(reverse("roadmap:mark_assignment", args=[assignment.pk]), stale)
    assert (response.status_code, refusals(response, "mark_form"), response.context["mark_form"]["note"].value()) == (
        422, ["Отметку тем временем изменил другой человек. Проверьте свою и сохраните ещё раз."], "Длинная заметка",
    )  # fmt: skip
    assignment.refresh_from_db()
    assert (assignment.state, response.context["assignment"].version) == ("in_progress", assignment.version)
    post(browser, "mark_assignment", assignment.pk, **{**stale, "version": response.context["assignment"].version})
    assignment.refresh_from_db()
    assert (assignment.state, assignment.note) == ("done", "Длинная заметка")


def test_a_school_names_the_day_that_the_plan_left_open(world: World, as_: Callable[[str], Any]) -> None:
    assignment = world.assignment("2.1.", "school-1")
    post(as_("school"), "name_date", assignment.pk, due_on="2026-12-10")
    assignment.refresh_from_db()
    assert (assignment.due_on, assignment.awaits_date, assignment.own_date) == (date(2026, 12, 10), False, True)
    assert world.assignment("2.1.", "school-2").awaits_date is True


def test_moving_a_printed_day_needs_a_reason(world: World, as_: Callable[[str], Any]) -> None:
    browser, key = as_("school"), world.assignment("1.2.", "school-1").pk
    response = browser.post(reverse("roadmap:name_date", args=[key]), {"due_on": "2026-12-10"})
    assert (refusals(response, "date_form"), response.context["date_form"]["due_on"].value()) == (
        ["Напишите, почему срок переносится."], "2026-12-10",
    )  # fmt: skip
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
    assert list(Access.objects.filter(kind="export", object_id=str(key)).values_list("actor_id", flat=True)) == [
        world.user("school").pk
    ]
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
    form = {"file": SimpleUploadedFile(name, content), "title": "Приказ № 5"}
    response = browser.post(reverse("roadmap:add_evidence", args=[key]), form)
    assert (response.status_code, refusals(response, "link_form"), response.context["link_form"]["title"].value()) == (
        422, [words], "Приказ № 5",
    )  # fmt: skip
    assert Evidence.objects.count() == 0


def test_whoever_leads_marks_for_a_school_with_a_reason(world: World, as_: Callable[[str], Any]) -> None:
    assignment, browser = world.assignment("1.1.", "school-1"), as_("municipal")
    refused = post(browser, "mark_assignment", assignment.pk, state="done", version=1)
    assert (refused.status_code, refused.context["mark_form"].errors["reason"]) == (
        422, ["Вы отмечаете за другую организацию. Напишите, на каком основании."],
    )  # fmt: skip
    post(browser, "mark_assignment", assignment.pk, state="done", reason="Приказ принесли на бумаге", version=1)
    assignment.refresh_from_db()
    assert (assignment.state, assignment.reason, assignment.marked_by) == ("done", "", world.user("municipal"))
    change = Change.objects.get(action="roadmap.assignment_marked")
    assert (change.reason, change.organisation_id) == ("Приказ принесли на бумаге", assignment.organisation_id)


def test_the_own_work_of_the_department_needs_no_reason(world: World, as_: Callable[[str], Any]) -> None:
    assignment = world.assignment("1.3.", "lakeside")
    post(as_("municipal"), "mark_assignment", assignment.pk, state="done", version=1)
    assignment.refresh_from_db()
    assert assignment.state == "done"


def test_a_day_for_another_organisation_needs_a_reason(world: World, as_: Callable[[str], Any]) -> None:
    browser, key = as_("municipal"), world.assignment("2.1.", "school-1").pk
    before = untouched(Assignment.objects)
    response = browser.post(reverse("roadmap:name_date", args=[key]), {"due_on": "2026-12-10"})
    assert refusals(response, "date_form") == ["Вы отмечаете за другую организацию. Напишите, на каком основании."]
    assert untouched(Assignment.objects) == before


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?state=late&q=положения", ["school-1", "school-2", "school-10"]),
        ("?role=school_coordinator&state=late", ["school-1", "school-2", "school-10"]),
        ("?role=municipal_department&state=late", ["lakeside"]),
        ("?section=1&organisation=school-1&state=ask", ["school-1"]),
        ("?measure=nonsense", []), ("?roadmap=00000000-0000-0000-0000-000000000001", []),
        ("?school=школа 10&from=2026-10-01&to=2026-10-31", ["school-10"]),
        ("?own=1&state=open&to=2026-12-31", ["lakeside", "lakeside"]),
        ("?municipality=upland", []),
        ("?state=late&order=school", ["lakeside", "school-1", "school-1", "school-2", "school-2", "school-10", "school-10"]),
        ("?state=late&order=number", ["school-1", "school-2", "school-10", "school-1", "school-2", "school-10", "lakeside"]),
    ],
)  # fmt: skip
def test_the_list_by_its_filters(world: World, as_: Callable[[str], Any], query: str, expected: list[str]) -> None:
    page = as_("municipal").get(reverse("roadmap:assignment_list") + query).context["page"]
    assert [one.organisation.slug for one in page.rows] == expected


def test_pages_of_the_list_meet_without_a_gap(world: World, as_: Callable[[str], Any]) -> None:
    cards = [{"kind": OrganisationKind.SCHOOL, "name": f"Школа посёлка {number}"} for number in range(30)]
    open_organisations(cards, parent=world.place("lakeside"), by=None)
    browser, url, keys, after = as_("municipal"), reverse("roadmap:assignment_list"), [], ""
    while after or not keys:
        page = browser.get(url, {"after": after}).context["page"]
        keys += [one.pk for one in page.rows]
        after = page.next
    visible = Assignment.objects.filter(roadmap=world.roadmap)
    assert (len(keys), set(keys)) == (visible.count(), set(visible.values_list("pk", flat=True)))


def test_the_page_shows_people_and_notes_that_it_did(world: World, as_: Callable[[str], Any]) -> None:
    assignment = world.assignment("1.2.", "school-1")
    executors = as_("municipal").get(reverse("roadmap:assignment_detail", args=[assignment.pk])).context["executors"]
    assert [one.user.username for one in executors] == ["school_head", "school"]
    noted = Access.objects.get(object_type="roadmap.assignment")
    assert (noted.kind, noted.rows, noted.object_id, noted.actor_id) == ("view", 2, str(assignment.pk), world.user("municipal").pk)


def test_the_export_holds_what_is_on_screen_and_no_formula(world: World, as_: Callable[[str], Any]) -> None:
    mark_assignment(world.assignment("1.1.", "school-1"), state="in_progress", note="=1+1", by=world.user("school"))
    response = as_("municipal").get(reverse("roadmap:assignment_export") + "?state=late&organisation=school-1&order=number")
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0).to_python()
    assert [row[:3] for row in rows[1:]] == [
        ["Школа № 1", "1.1.", "Назначение кураторов"], ["Школа № 1", "1.2.", "Разработка положения"],
    ]  # fmt: skip
    assert rows[1][8:] == ["=1+1", ""]
