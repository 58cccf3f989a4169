"""The door: log-in, throttling, sessions, passwords, codes."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.actions.appointments import appoint
from nastavnik.accounts.actions.passwords import set_new_password
from nastavnik.accounts.actions.people import block_account, unblock_account
from nastavnik.accounts.actions.sessions import end_other_sessions
from nastavnik.accounts.middleware import SESSION_KEY
from nastavnik.accounts.models import User
from nastavnik.audit.models import Access
from tests.conftest import PolicedClient
from tests.worlds import PASSWORD, World

WRONG = "Имя или пароль не подходят. Проверьте раскладку и Caps Lock. Если забыли пароль, получите новый."


def log_in(browser: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
    """The log-in form."""
    return browser.post(reverse("accounts:login"), {"username": username, "password": password, **more})


def is_in(browser: Client) -> bool:
    """Does the first page open?"""
    return browser.get("/").status_code == 200


@pytest.mark.parametrize("name", ["school", "SCHOOL", " school ", "school@example.test", "School@Example.Test"])
def test_by_name_or_mail(world: World, client: Client, name: str) -> None:
    response = log_in(client, name)
    assert (response.status_code, response.url, is_in(client)) == (302, "/", True)
    assert list(Access.objects.values_list("kind", "object_id")) == [("login", str(world.user("school").pk))]


@pytest.mark.parametrize(("name", "password"), [("school", "x"), ("nobody", PASSWORD), ("school", ""), ("", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_look_the_same(world: World, client: Client, name: str, password: str) -> None:
    response = log_in(client, name, password)
    assert (response.status_code, response.context["trouble"], is_in(client)) == (422, WRONG if name and password else "", False)


def test_five_tries_then_a_pause_before_any_hashing(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []
    monkeypatch.setattr(User, "check_password", lambda self, raw: hashed.append(raw) or check_password(raw, self.password))
    for _ in range(7):
        response = log_in(client, "school", "wrong")
    assert (len(hashed), response.context["trouble"]) == (5, "Слишком много попыток. Подождите 15 мин. и попробуйте снова.")
    assert log_in(client, "school").status_code == 422
    assert log_in(PolicedClient(REMOTE_ADDR="10.0.0.9"), "school").status_code == 302
    with time_machine.travel(timezone.localtime() + timedelta(minutes=16), tick=False):
        assert log_in(client, "school").status_code == 302


def test_many_names_from_one_address_are_stopped_too(world: World, client: Client) -> None:
    for number in range(30):
        log_in(client, f"name{number}", "x")
    assert log_in(client, "school").status_code == 422


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/roadmap/", "/roadmap/"),
        ("https://evil.test/", "/"),
        ("//evil.test", "/"),
        ("/login/?next=/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_only_own_pages_follow_the_login(world: World, client: Client, wanted: str, reached: str) -> None:
    assert log_in(client, "school", next=wanted).url == reached


def test_logging_out_ends_the_session(world: World, client: Client) -> None:
    log_in(client, "school")
    client.post(reverse("accounts:logout"))
    assert is_in(client) is False


def test_a_blocked_account_is_out_at_once(world: World, client: Client) -> None:
    log_in(client, "school")
    User.objects.filter(username="school").update(is_active=False)
    assert (is_in(client), log_in(client, "school").status_code) == (False, 422)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(world: World, client: Client) -> None:
    other = PolicedClient()
    log_in(client, "school"), log_in(other, "school")
    new = "семь-зелёных-лодок"
    client.post(reverse("accounts:change_password"), {"present": PASSWORD, "password": new, "again": new})
    assert (is_in(client), is_in(other), log_in(PolicedClient(), "school", new).status_code) == (True, False, 302)


@pytest.mark.parametrize(
    ("form", "name", "words"),
    [
        ({"present": "x", "password": "семь-зелёных-лодок", "again": "семь-зелёных-лодок"}, "present",
         "Нынешний пароль не подходит."),
        ({"present": PASSWORD, "password": "семь-зелёных-лодок", "again": "другое"}, "again",
         "Пароли не совпадают. Наберите второй раз то же самое."),
    ],
)  # fmt: skip
def test_a_wrong_change_of_password(world: World, as_: Callable[[str], Any], form: dict[str, str], name: str, words: str) -> None:
    response = as_("school").post(reverse("accounts:change_password"), form)
    assert (response.status_code, response.context["form"].errors[name]) == (422, [words])


def test_leaving_everywhere(world: World, client: Client) -> None:
    other = PolicedClient()
    log_in(client, "school"), log_in(other, "school")
    client.post(reverse("accounts:leave_everywhere"))
    assert (is_in(client), is_in(other)) == (True, False)


def test_the_appointment_is_switched_and_decides_what_is_seen(world: World, as_: Callable[[str], Any]) -> None:
    second = appoint(world.user("school"), world.place("school-2"), role="deputy_head", starts_on=date(2026, 11, 1), by=None)
    browser = as_("school")
    first = browser.get("/").context["shell"].appointment
    browser.post(reverse("accounts:switch"), {"appointment": str(second.pk)})
    present = browser.get("/").context["shell"].appointment
    assert ((first.organisation_name, first.role_label), (present.organisation_name, present.role_label)) == (
        ("Школа № 1", "куратор"), ("Школа № 2", "заместитель руководителя"),
    )  # fmt: skip
    browser.post(reverse("accounts:switch"), {"appointment": str(world.user("upland").appointments.get().pk)})
    assert browser.get("/").context["shell"].appointment.organisation_name == "Школа № 2"


def test_an_appointment_ends_with_its_last_day(world: World, as_: Callable[[str], Any]) -> None:
    world.user("school").appointments.update(ends_on=date(2026, 11, 25))
    browser = as_("school")
    assert browser.get(reverse("roadmap:roadmap_list")).status_code == 200
    with time_machine.travel("2026-11-26T09:00:00+03:00", tick=False):
        browser.force_login(world.user("school"))
        assert browser.get(reverse("roadmap:roadmap_list")).status_code == 403


def test_a_session_begins_with_a_new_key(world: World, client: Client) -> None:
    """Whoever planted a session in a visitor's browser beforehand does not share the one after the log-in."""
    client.post(reverse("core:set_view"), {"theme": "dark"})
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    log_in(client, "school")
    other = PolicedClient()
    other.cookies["sessionid"] = planted
    assert (client.cookies["sessionid"].value == planted, is_in(client), is_in(other)) == (False, True, False)


def test_another_person_begins_with_an_empty_session(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("school")
    browser.post(reverse("accounts:switch"), {"appointment": str(world.user("school").appointments.get().pk)})
    browser.post(reverse("accounts:logout"))
    log_in(browser, "deputy")
    assert (browser.session.get(SESSION_KEY), browser.get("/").context["shell"].person_name) == (None, "Мельник О. Ю.")


@pytest.mark.parametrize("what", ["block", "password", "everywhere"])
def test_a_copied_session_does_not_come_back_to_life(world: World, what: str) -> None:
    thief = PolicedClient()
    log_in(thief, "school")
    person, head = world.user("school"), world.user("school_head")
    if what == "block":
        block_account(person, reason="Потерян телефон", by=head)
        unblock_account(world.user("school"), by=head)
    elif what == "password":
        set_new_password(person, "семь-зелёных-лодок", by=person)
    else:
        end_other_sessions(person, but=None, by=person)
    assert (is_in(thief), world.user("school").is_active) == (False, True)


def test_a_right_that_ended_between_page_and_button(world: World, as_: Callable[[str], Any]) -> None:
    browser, form = as_("school_head"), reverse("accounts:appoint_form", args=["school-1"])
    assert browser.get(form).status_code == 200
    world.user("school_head").appointments.update(ends_on=date(2026, 11, 24))
    answer = browser.post(
        reverse("accounts:appoint_person", args=["school-1"]),
        {"person": "school_2", "role": "mentor", "starts_on": "2026-11-25"},
    )
    assert (answer.status_code, world.user("school_2").appointments.count()) == (403, 1)


def test_a_panel_of_a_dead_session_sends_the_browser_to_the_door(world: World, client: Client) -> None:
    answer = client.get(reverse("accounts:staff_list"), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/login/?next=/staff/")


def test_view_preferences(world: World, client: Client) -> None:
    client.post(reverse("core:set_view"), {"theme": "dark", "contrast": "nonsense", "size": "large", "language": "en"})
    page = client.get(reverse("accounts:login"))
    view = page.context["shell"].view
    assert (view.theme, view.contrast, view.size, page["Content-Language"]) == ("dark", "normal", "large", "en")
