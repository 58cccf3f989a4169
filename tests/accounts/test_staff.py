"""Staff: who works where, appointing, ending, blocking, history."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from nastavnik.accounts.actions.appointments import appoint
from nastavnik.accounts.models import Appointment, User
from nastavnik.accounts.rules import in_branch
from nastavnik.audit.models import Access, Change
from nastavnik.core.errors import Refusal
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


NOBODY = "Среди ваших сотрудников такого человека нет. Проверьте имя или заполните поля ниже."
SEVERAL = "Подходит несколько человек. Наберите имя для входа или почту."


@pytest.mark.parametrize(
    ("typed", "words"),
    [("upland_school", NOBODY), ("Канарейкин", NOBODY), ("nobody@example.test", NOBODY), ("example", SEVERAL), ("«»", NOBODY)],
)
def test_a_neighbour_and_nobody_look_the_same(world: World, as_: Callable[[str], Any], typed: str, words: str) -> None:
    before = untouched(Appointment.objects)
    form = {"person": typed, "role": "deputy_head", "starts_on": "2026-11-25"}
    refused = as_("municipal").post(reverse("accounts:appoint_person", args=["school-1"]), form)
    assert (refused.status_code, refused.context["terms"].errors["person"], untouched(Appointment.objects)) == (
        422,
        [words],
        before,
    )


@pytest.mark.parametrize("typed", ["school_2", "School_2@example.test", "фомина", "Дарья Фомина"])
def test_a_colleague_is_found_by_name_log_in_name_or_mail(world: World, as_: Callable[[str], Any], typed: str) -> None:
    as_("municipal").post(
        reverse("accounts:appoint_person", args=["school-1"]), {"person": typed, "role": "mentor", "starts_on": "2026-12-01"}
    )
    assert world.user("school_2").appointments.filter(organisation__slug="school-1", role="mentor").count() == 1


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


def test_a_name_that_is_taken_keeps_what_was_typed(world: World, as_: Callable[[str], Any]) -> None:
    response = as_("school_head").post(reverse("accounts:appoint_person", args=["school-1"]), {**NEW, "username": "school_2"})
    assert (response.status_code, response.context["terms"].non_field_errors(), response.context["form"]["surname"].value()) == (
        422, ["Такое имя для входа или такая почта уже есть. Возьмите другое имя или найдите этого человека."], "Новикова",
    )  # fmt: skip


def test_ending_an_appointment(world: World, as_: Callable[[str], Any]) -> None:
    held = world.user("school").appointments.get()
    as_("school_head").post(reverse("accounts:end_appointment", args=[held.pk]), {"on": "2026-11-20", "reason": "Уволена"})
    held.refresh_from_db()
    assert held.ends_on == date(2026, 11, 20)


@pytest.mark.parametrize("name", ["end_appointment", "change_dates"])
@pytest.mark.parametrize(
    ("who", "whose"),
    [("school_head", "school_head"), ("municipal", "municipal"), ("municipal", "municipal_head"), ("municipal", "peer"),
     ("administrator", "administrator"), ("region", "school")],
)  # fmt: skip
def test_nobody_ends_the_own_appointment_or_one_that_is_not_below(
    world: World, as_: Callable[[str], Any], name: str, who: str, whose: str
) -> None:
    appoint(world.user("deputy"), world.place("lakeside"), role="municipal_coordinator", starts_on=date(2026, 11, 1), by=None)
    user = world.user("deputy" if whose == "peer" else whose)
    held = user.appointments.order_by("starts_on").last()
    before = untouched(Appointment.objects)
    form = {"on": "2026-11-20", "starts_on": "2026-08-02", "ends_on": "2026-11-20", "reason": "Так"}
    answer = as_(who).post(reverse(f"accounts:{name}", args=[held.pk]), form)
    assert (answer.status_code, untouched(Appointment.objects)) == (422, before)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"starts_on": "2026-12-01", "ends_on": "2026-11-01"}, ["Последний день раньше первого. Проверьте даты."]),
        ({"starts_on": "2026-09-01", "ends_on": "2026-12-05"},
         ["В эти дни человек уже назначен на эту должность. Измените сроки прежнего назначения."]),
    ],
)  # fmt: skip
def test_dates_that_cannot_be(world: World, as_: Callable[[str], Any], form: dict[str, str], words: list[str]) -> None:
    held = world.user("school").appointments.get()
    held.ends_on = date(2026, 11, 30)
    held.save(update_fields=["ends_on"])
    appoint(world.user("school"), held.organisation, role=held.role, starts_on=date(2026, 12, 1), by=None)
    before = untouched(Appointment.objects)
    response = as_("school_head").post(reverse("accounts:change_dates", args=[held.pk]), {**form, "reason": "Ошибка"})
    (shown,) = [one.dates_form for one in response.context["held"] if one.dates_form.is_bound]
    assert (response.status_code, shown.non_field_errors(), untouched(Appointment.objects)) == (422, words, before)


def test_changing_dates_is_in_the_history(world: World, as_: Callable[[str], Any]) -> None:
    held = world.user("school").appointments.get()
    form = {"starts_on": "2026-09-01", "ends_on": "2027-05-31", "reason": "Приказ № 4"}
    as_("school_head").post(reverse("accounts:change_dates", args=[held.pk]), form)
    change = Change.objects.get(action="accounts.appointment_changed")
    assert (change.before, change.after, change.reason, change.actor_id, change.object_id) == (
        {"starts_on": "2026-08-01", "ends_on": None},
        {"role": "school_coordinator", "starts_on": "2026-09-01", "ends_on": "2027-05-31"},
        "Приказ № 4", world.user("school_head").pk, str(world.user("school").pk),
    )  # fmt: skip
    as_("school_head").post(reverse("accounts:change_dates", args=[held.pk]), form)
    assert Change.objects.filter(action="accounts.appointment_changed").count() == 1


def test_an_appointment_to_come_and_an_open_one_do_not_overlap(world: World) -> None:
    person, place = world.user("school_2"), world.place("school-1")
    appoint(person, place, role="mentor", starts_on=date(2026, 12, 1), by=None)
    with pytest.raises(Refusal):
        appoint(person, place, role="mentor", starts_on=date(2026, 11, 25), by=None)
    appoint(person, place, role="mentor", starts_on=date(2026, 11, 25), ends_on=date(2026, 11, 30), by=None)
    assert person.appointments.filter(role="mentor").count() == 2


def test_blocking_needs_a_reason_and_leaves_the_appointments(world: World, as_: Callable[[str], Any]) -> None:
    url, held = reverse("accounts:block_person", args=[world.user("school").pk]), untouched(Appointment.objects)
    browser = as_("school_head")
    browser.post(url)
    assert world.user("school").is_active is True
    browser.post(url, {"reason": "Потерян телефон"})
    assert (world.user("school").is_active, untouched(Appointment.objects)) == (False, held)
    browser.post(url, {"reason": "Потерян телефон"})
    assert world.user("school").is_active is False, "a second click must not open it again"
    for _click in range(2):
        browser.post(reverse("accounts:unblock_person", args=[world.user("school").pk]))
    assert world.user("school").is_active is True
    assert sorted(Change.objects.filter(action__startswith="accounts.").values_list("action", "reason")) == [
        ("accounts.blocked", "Потерян телефон"), ("accounts.unblocked", ""),
    ]  # fmt: skip


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


def test_the_card_costs_the_same_for_one_and_for_three_appointments(
    world: World, as_: Callable[[str], Any], count_queries: Callable[[Any], int]
) -> None:
    browser, url = as_("municipal"), reverse("accounts:staff_detail", args=[world.user("school").pk])
    one = count_queries(lambda: browser.get(url))
    for slug in ("school-2", "school-10"):
        appoint(world.user("school"), world.place(slug), role="mentor", starts_on=date(2026, 9, 1), by=None)
    assert (count_queries(lambda: browser.get(url)), one <= 12) == (one, True)


def test_an_account_without_an_appointment_is_told_whom_to_ask(world: World, as_: Callable[[str], Any]) -> None:
    world.user("school").appointments.update(ends_on=date(2026, 11, 1))
    response = as_("school").get("/")
    assert next(template.name for template in response.templates) == "desk/no_appointment.html"
    assert as_("school").get(reverse("accounts:profile")).status_code == 200


def test_no_formula_leaves_in_a_table(world: World, as_: Callable[[str], Any]) -> None:
    User.objects.filter(username="school").update(phone="=HYPERLINK(1)")
    response = as_("school_head").get(reverse("accounts:staff_export") + "?q=орлова")
    with ZipFile(BytesIO(b"".join(response.streaming_content))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
