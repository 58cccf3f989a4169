"""The door: log-in, throttling, sessions, passwords, codes."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import check_password
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.actions.appointments import appoint
from nastavnik.accounts.actions.passwords import issue_code
from nastavnik.accounts.actions.throttling import LOGIN_OF_ACCOUNT, count_try
from nastavnik.accounts.models import AttemptCount, OneTimeCode, User
from nastavnik.audit.models import Access
from nastavnik.notifications.models import Message
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
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert log_in(client, "school").status_code == 302


def test_many_names_from_one_address_are_stopped_too(world: World, client: Client) -> None:
    for number in range(30):
        log_in(client, f"name{number}", "x")
    assert log_in(client, "school").status_code == 422


def test_counts_hold_no_names(world: World) -> None:
    assert [count_try(LOGIN_OF_ACCOUNT, "school", "10.0.0.1") for _ in range(3)] == [1, 2, 3]
    assert re.fullmatch(r"[0-9a-f]{64}", AttemptCount.objects.get().key)


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
        ({"present": "x", "password": "семь-зелёных-лодок", "again": "семь-зелёных-лодок"}, "present", "Нынешний пароль не подходит."),
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


def test_a_reset_link_goes_by_mail_only_and_works_once(
    world: World, client: Client, settings: Any, run_jobs: Callable[[], None]
) -> None:
    settings.EMAIL_HOST, settings.PUBLIC_ADDRESS = "mail.example.test", "https://nastavnik.example.test"
    answers = {
        client.post(reverse("accounts:forgotten"), {"username": name}).content.count(b"n-note-ok") for name in ("school", "nobody")
    }
    run_jobs()
    assert (answers, [message.to for message in mail.outbox]) == ({1}, [["school@example.test"]])
    link = re.search(r"https://nastavnik.example.test(\S+)", mail.outbox[0].body).group(1)  # type: ignore[union-attr]
    assert Message.objects.visible_to(world.user("school")).count() == 0
    new = "семь-зелёных-лодок"
    assert client.post(link, {"password": new, "again": new}).status_code == 302
    assert (client.get(link).status_code, log_in(client, "school", new).status_code) == (404, 302)


def test_without_a_mail_server_the_page_tells_whom_to_ask(world: World, client: Client) -> None:
    text = client.post(reverse("accounts:forgotten"), {"username": "school"}).content.decode()
    assert ("Попросите своего руководителя напечатать одноразовый код" in text, Message.objects.count()) == (True, 0)


def use(browser: Client, name: str, code: str) -> Any:
    """The form of the one-time code."""
    return browser.post(reverse("accounts:code"), {"username": name, "code": code})


def test_a_printed_code_lets_in_once_and_demands_a_new_password(world: World, as_: Callable[[str], Any], client: Client) -> None:
    sheet = as_("school_head").post(reverse("accounts:print_code", args=[world.user("school").pk])).content.decode()
    code = re.search(r"n-code\">([A-Z0-9 ]+)<", sheet).group(1)  # type: ignore[union-attr]
    assert use(client, "school", code.lower()).url == reverse("accounts:password")
    assert client.get("/roadmap/").url == reverse("accounts:password")
    new = "семь-зелёных-лодок"
    client.post(reverse("accounts:change_password"), {"password": new, "again": new})
    assert (is_in(client), use(PolicedClient(), "school", code).status_code) == (True, 422)
    assert code.replace(" ", "") not in str(list(OneTimeCode.objects.values()))


@pytest.mark.parametrize("case", ["another person", "too late", "newer code", "wrong"])
def test_a_code_that_does_not_fit(world: World, client: Client, case: str) -> None:
    head = world.user("school_head")
    code = issue_code(world.user("school"), by=head)
    if case == "newer code":
        issue_code(world.user("school"), by=head)
    name = "deputy" if case == "another person" else "school"
    with time_machine.travel(timezone.now() + timedelta(days=4 if case == "too late" else 0), tick=False):
        response = use(client, name, "ABCDEFGHJK" if case == "wrong" else code)
    assert (response.status_code, is_in(client)) == (422, False)


def test_codes_are_throttled(world: World, client: Client) -> None:
    for _ in range(11):
        response = use(client, "school", "ABCDEFGHJK")
    assert response.context["trouble"].startswith("Слишком много попыток.")


@pytest.mark.parametrize(
    ("issuer", "person"),
    [("school_head", "school_head"), ("school_head", "municipal"), ("municipal", "municipal_head"), ("administrator", "region")],
)
def test_nobody_prints_a_code_for_a_peer_or_a_superior(world: World, as_: Callable[[str], Any], issuer: str, person: str) -> None:
    response = as_(issuer).post(reverse("accounts:print_code", args=[world.user(person).pk]), follow=True)
    assert (response.status_code in (200, 404), OneTimeCode.objects.count()) == (True, 0)


def test_view_preferences(world: World, client: Client) -> None:
    client.post(reverse("core:set_view"), {"theme": "dark", "contrast": "nonsense", "size": "large", "language": "en"})
    page = client.get(reverse("accounts:login"))
    view = page.context["shell"].view
    assert (view.theme, view.contrast, view.size, page["Content-Language"]) == ("dark", "normal", "large", "en")
