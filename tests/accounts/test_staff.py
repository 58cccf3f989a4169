"""Staff: who works where, appointing, ending, blocking, history."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from nastavnik.accounts.models import Appointment, User
from nastavnik.accounts.rules import in_branch
from nastavnik.audit.models import Access
from nastavnik.audit.sealing import seal_ledgers
from nastavnik.organisations.models import Organisation
from tests.worlds import PEOPLE, World, untouched

NEW = {
    "surname": "Новикова", "given_name": "Вера", "patronymic": "", "username": "novikova", "email": "", "phone": "",
    "role": "school_coordinator", "starts_on": "2026-11-25",
}  # fmt: skip


def listed(browser: Any, query: str = "") -> list[str]:
    """Names on the staff list."""
    text = browser.get(reverse("accounts:staff_list") + query).content.decode()
    return re.findall(r"<th scope=\"row\"><a[^>]*>(\S+) ", text)


def test_the_list_shows_the_branch_and_is_noted(world: World, as_: Callable[[str], Any]) -> None:
    assert listed(as_("school_head")) == ["Кравцов", "Мельник", "Орлова", "Чижов"]
    assert listed(as_("municipal")) == ["Вершинина", "Зубов", "Кравцов", "Лунин", "Мельник", "Орлова", "Седова", "Фомина", "Чижов"]
    assert listed(as_("upland")) == ["Канарейкин", "Канарейкина"]
    assert sorted(Access.objects.values_list("kind", "rows")) == [("view", 2), ("view", 4), ("view", 9)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=ОРЛОВА", ["Орлова"]),
        ("?q=школа 2", ["Фомина"]),
        ("?role=mentor", ["Чижов"]),
        ("?q=канарейк", []),
        ("?role=nonsense", []),
    ],
)
def test_filters(world: World, as_: Callable[[str], Any], query: str, names: list[str]) -> None:
    assert listed(as_("municipal"), query) == names


def test_the_cost_does_not_grow(world: World, as_: Callable[[str], Any], count_queries: Callable[[Any], int]) -> None:
    browser, url = as_("municipal"), reverse("accounts:staff_list")
    assert count_queries(lambda: browser.get(url + "?q=орлова")) == count_queries(lambda: browser.get(url)) <= 8


def test_the_export_is_noted(world: World, as_: Callable[[str], Any]) -> None:
    response = as_("school_head").get(reverse("accounts:staff_export"))
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == [
        "Кравцов Пётр Андреевич", "Мельник Ольга Юрьевна", "Орлова Анна Петровна", "Чижов Семён Ильич",
    ]  # fmt: skip
    assert list(Access.objects.values_list("kind", "rows")) == [("export", 4)]


def test_a_new_colleague(world: World, as_: Callable[[str], Any]) -> None:
    as_("school_head").post(reverse("accounts:appoint_person", args=["school-1"]), NEW)
    person = User.objects.get(username="novikova")
    held = person.appointments.get()
    assert (held.organisation.slug, held.role, held.starts_on, person.has_usable_password()) == (
        "school-1", "school_coordinator", date(2026, 11, 25), False,
    )  # fmt: skip


def test_somebody_who_has_an_account_already(world: World, as_: Callable[[str], Any]) -> None:
    form = {"person": "school_2", "role": "deputy_head", "starts_on": "2026-11-25"}
    as_("municipal").post(reverse("accounts:appoint_person", args=["school-1"]), form)
    assert sorted(world.user("school_2").appointments.values_list("organisation__slug", "role")) == [
        ("school-1", "deputy_head"), ("school-2", "school_coordinator"),
    ]  # fmt: skip
    refused = as_("municipal").post(reverse("accounts:appoint_person", args=["school-1"]), {**form, "person": "upland_school"})
    assert refused.status_code == 404


@pytest.mark.parametrize(
    ("name", "slug", "role", "status"),
    [
        ("school_head", "school-1", "municipal_head", 422), ("school_head", "school-1", "school_head", 422),
        ("municipal", "lakeside", "municipal_head", 422), ("municipal", "lakeside", "administrator", 422),
        ("school_head", "school-2", "school_coordinator", 404), ("municipal", "upland-school", "school_coordinator", 404),
        ("region", "school-1", "school_coordinator", 422),
    ],
)  # fmt: skip
def test_nobody_gives_more_than_the_table_allows(
    world: World, as_: Callable[[str], Any], name: str, slug: str, role: str, status: int
) -> None:
    before = untouched(Appointment.objects)
    response = as_(name).post(reverse("accounts:appoint_person", args=[slug]), {**NEW, "role": role})
    assert (response.status_code, untouched(Appointment.objects), User.objects.filter(username="novikova").exists()) == (
        status,
        before,
        False,
    )


def test_a_name_that_is_taken(world: World, as_: Callable[[str], Any]) -> None:
    response = as_("school_head").post(
        reverse("accounts:appoint_person", args=["school-1"]), {**NEW, "username": "school_2"}, follow=True
    )
    assert [str(message) for message in response.context["messages"]] == [
        "Такое имя для входа или такая почта уже есть. Возьмите другое имя или найдите этого человека."
    ]


def test_ending_an_appointment(world: World, as_: Callable[[str], Any]) -> None:
    held = world.user("school").appointments.get()
    as_("school_head").post(reverse("accounts:end_appointment", args=[held.pk]), {"on": "2026-11-20", "reason": "Уволена"})
    held.refresh_from_db()
    assert held.ends_on == date(2026, 11, 20)
    own = world.user("school_head").appointments.get()
    as_("school_head").post(reverse("accounts:end_appointment", args=[own.pk]), {"on": "2026-11-20", "reason": "Сам"})
    own.refresh_from_db()
    assert own.ends_on is None


def test_blocking_needs_a_reason_and_someone_below(world: World, as_: Callable[[str], Any]) -> None:
    url = reverse("accounts:block_person", args=[world.user("school").pk])
    as_("school_head").post(url)
    assert world.user("school").is_active is True
    as_("school_head").post(url, {"reason": "Уволена"})
    assert world.user("school").is_active is False
    as_("municipal").post(reverse("accounts:block_person", args=[world.user("municipal_head").pk]), {"reason": "Так"})
    assert world.user("municipal_head").is_active is True


def test_own_contacts(world: World, as_: Callable[[str], Any]) -> None:
    as_("school").post(
        reverse("accounts:change_contacts"), {"email": "Anna@Example.test", "phone": "8 912 000-00-00", "surname": "Другая"}
    )
    person = world.user("school")
    assert (person.email, person.phone, person.surname) == ("anna@example.test", "8 912 000-00-00", "Орлова")


def test_list_and_object_agree_on_the_branch(world: World) -> None:
    for name in PEOPLE:
        user = world.user(name)
        listed_ones = set(Organisation.objects.visible_to(user).values_list("pk", flat=True))
        assert listed_ones == {one.pk for one in Organisation.objects.all() if in_branch(user, one)}, name


def test_the_history_is_of_the_branch(world: World, as_: Callable[[str], Any]) -> None:
    as_("school").post(reverse("roadmap:mark_assignment", args=[world.assignment("1.1.", "school-1").pk]), {"state": "in_progress"})
    seal_ledgers()

    def shown(name: str) -> list[tuple[str, str, list[Any]]]:
        lines = as_(name).get(reverse("accounts:change_list") + "?action=roadmap.assignment_marked").context["lines"]
        return [(line.actor, line.action, line.differences) for line in lines]

    mine = [("Орлова А. П.", "Отметка о выполнении", [("состояние", "Ждёт срока", "В работе")])]
    assert (shown("municipal"), shown("school_head"), shown("upland")) == (mine, mine, [])


def test_who_looked_at_people_is_seen_by_those_above(world: World, as_: Callable[[str], Any]) -> None:
    as_("school_head").get(reverse("accounts:staff_detail", args=[world.user("school").pk]))
    rows = as_("municipal").get(reverse("accounts:access_list")).context["rows"]
    assert [(actor, row.kind, row.object_id) for row, actor in rows] == [("Кравцов П. А.", "view", str(world.user("school").pk))]
    assert as_("upland").get(reverse("accounts:access_list")).context["rows"] == []
