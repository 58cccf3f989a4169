"""Ways to a new password: the mailed link and the printed code; who may print one for whom."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.actions.appointments import appoint
from nastavnik.accounts.actions.passwords import CODE_LETTERS, ask_for_reset, issue_code, new_code, use_code, use_reset_link
from nastavnik.accounts.actions.people import block_account, unblock_account
from nastavnik.accounts.models import OneTimeCode, User
from nastavnik.accounts.rules import may_help
from nastavnik.audit.models import Access, Change
from nastavnik.notifications.models import Message
from tests.conftest import PolicedClient
from tests.worlds import PASSWORD, World

NEW = "семь-зелёных-лодок"


def log_in(browser: Client, username: str, password: str = PASSWORD) -> int:
    """The log-in form; its status."""
    return browser.post(reverse("accounts:login"), {"username": username, "password": password}).status_code


def use(browser: Client, name: str, code: str) -> Any:
    """The form of the one-time code."""
    return browser.post(reverse("accounts:code"), {"username": name, "code": code})


@pytest.fixture
def by_mail(settings: Any) -> None:
    """A mail server is set up."""
    settings.EMAIL_HOST, settings.PUBLIC_ADDRESS = "mail.example.test", "https://nastavnik.example.test"


@pytest.fixture
def open_screen(as_: Callable[[str], Any]) -> Client:
    """Where Anna was logged in before."""
    return as_("school")


@pytest.fixture
def link(by_mail: None, world: World, run_jobs: Callable[[], None], open_screen: Client) -> str:
    """A link that Anna got by mail."""
    ask_for_reset("school")
    run_jobs()
    return str(re.search(r"https://nastavnik.example.test(\S+)", mail.outbox[0].body).group(1))  # type: ignore[union-attr]


def test_a_link_works_once_and_ends_all_sessions(world: World, open_screen: Client, link: str, client: Client) -> None:
    assert client.post(link, {"password": NEW, "again": NEW}).url == reverse("accounts:login")
    assert (client.get(link).status_code, client.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code) == (404, 404)
    assert (open_screen.get("/").status_code, log_in(client, "school", NEW)) == (302, 302)
    assert [message.to for message in mail.outbox] == [["school@example.test"]]


def test_a_link_never_stands_in_an_inbox_or_an_outbox(world: World, link: str) -> None:
    message = Message.objects.get()
    assert (message.url, message.by_mail_only) == (link, True)
    assert list(Message.objects.visible_to(world.user("school"))) == list(Message.objects.sent_from(world.user("municipal"))) == []


@pytest.mark.parametrize("hours", [1.9, 2.1])
def test_a_link_lasts_two_hours(link: str, client: Client, hours: float) -> None:
    with time_machine.travel(timezone.localtime() + timedelta(hours=hours), tick=False):
        assert client.get(link).status_code == (200 if hours < 2 else 404)


@pytest.mark.parametrize("change", ["another person", "log-in since", "blocked", "mail changed"])
def test_a_link_that_does_not_fit_any_more(world: World, link: str, client: Client, change: str) -> None:
    if change == "another person":
        link = link.replace(str(world.user("school").pk), str(world.user("municipal").pk))
    elif change == "log-in since":
        with time_machine.travel(timezone.localtime() + timedelta(minutes=1), tick=False):
            log_in(PolicedClient(), "school")
    elif change == "blocked":
        block_account(world.user("school"), reason="Так", by=world.user("school_head"))
    else:
        User.objects.filter(username="school").update(email="other@example.test")
    before = list(User.objects.order_by("pk").values_list("password"))
    statuses = client.get(link).status_code, client.post(link, {"password": NEW, "again": NEW}).status_code
    assert (statuses, list(User.objects.order_by("pk").values_list("password")) == before) == ((404, 404), True)


def test_of_two_uses_at_once_one_wins(world: World, link: str) -> None:
    token = link.rstrip("/").rpartition("/")[2]
    first, second = world.user("school"), world.user("school")
    assert (use_reset_link(first, token, NEW), use_reset_link(second, token, PASSWORD)) == (True, False)
    assert world.user("school").check_password(NEW)


@pytest.mark.parametrize("name", ["school", "nobody", "school@example.test", "blocked"])
def test_the_answer_and_its_work_are_the_same_for_everybody(
    world: World, by_mail: None, client: Client, count_queries: Callable[[Any], int], name: str
) -> None:
    User.objects.filter(username="deputy").update(username="blocked", is_active=False)
    answers = []
    queries = count_queries(lambda: answers.append(client.post(reverse("accounts:forgotten"), {"username": name})))
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"', "", answers[0].content.decode())
    unknown = client.post(reverse("accounts:forgotten"), {"username": "someone else"})
    assert text == re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"', "", unknown.content.decode())
    assert queries == count_queries(lambda: client.post(reverse("accounts:forgotten"), {"username": "yet another"}))


def test_without_a_mail_server_the_page_tells_whom_to_ask(world: World, client: Client, run_jobs: Callable[[], None]) -> None:
    response = client.post(reverse("accounts:forgotten"), {"username": "school"})
    run_jobs()
    assert (response.context["by_mail"], response.context["asked"], Message.objects.count()) == (False, False, 0)
    assert "Попросите своего руководителя напечатать одноразовый код" in response.content.decode()


def test_a_printed_code_lets_in_once_and_demands_a_new_password(world: World, as_: Callable[[str], Any], client: Client) -> None:
    sheet = as_("school_head").post(reverse("accounts:print_code", args=[world.user("school").pk]))
    assert sheet["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    code = re.search(r"n-code\">([A-Z0-9 ]+)<", sheet.content.decode()).group(1)  # type: ignore[union-attr]
    assert use(client, "school", code.lower()).url == reverse("accounts:password")
    assert client.get("/roadmap/").url == reverse("accounts:password")
    assert client.post(reverse("accounts:change_contacts"), {"email": "x@example.test"}).url == reverse("accounts:password")
    client.post(reverse("accounts:change_password"), {"password": NEW, "again": NEW})
    assert (client.get("/").status_code, use(PolicedClient(), "school", code).status_code) == (200, 422)
    assert code.replace(" ", "") not in str(list(OneTimeCode.objects.values()) + list(Change.objects.values()))


def test_a_used_code_ends_the_sessions_that_were_open(world: World, as_: Callable[[str], Any]) -> None:
    """Else whoever sits at an open screen could set a password without knowing the present one."""
    open_one = as_("school")
    use(PolicedClient(), "school", issue_code(world.user("school"), by=world.user("school_head")))
    assert open_one.get(reverse("accounts:password")).url.startswith(reverse("accounts:login"))


def test_a_code_log_in_is_noted(world: World, client: Client) -> None:
    code = issue_code(world.user("school"), by=world.user("school_head"))
    use(client, "school", "ABCDEFGHJK"), use(client, "school", code)
    assert sorted(Access.objects.values_list("kind", "object_id", "ground")) == [
        ("login", str(world.user("school").pk), "одноразовый код"),
        ("login_failed", str(world.user("school").pk), "одноразовый код"),
    ]


def test_the_person_is_told_that_a_code_exists(world: World) -> None:
    issue_code(world.user("school"), by=world.user("school_head"))
    assert [one.subject for one in Message.objects.visible_to(world.user("school"))] == ["Для вас напечатан одноразовый код"]


CASES = ["another person", "too late", "newer code", "wrong", "blocked and opened", "password set"]


@pytest.mark.parametrize("case", CASES)
def test_a_code_that_does_not_fit(world: World, client: Client, case: str) -> None:
    head, person = world.user("school_head"), world.user("school")
    code = issue_code(person, by=head)
    if case == "newer code":
        issue_code(person, by=head)
    elif case == "blocked and opened":
        block_account(person, reason="Так", by=head)
        unblock_account(world.user("school"), by=head)
    elif case == "password set":
        use_code("school", code)
    name = "deputy" if case == "another person" else "school"
    with time_machine.travel(timezone.localtime() + timedelta(days=3, seconds=1 if case == "too late" else -1), tick=False):
        response = use(client, name, "ABCDEFGHJK" if case == "wrong" else code)
    assert (response.status_code, client.get("/").status_code) == (422, 302)


def test_a_code_lasts_three_days(world: World, client: Client) -> None:
    code = issue_code(world.user("school"), by=world.user("school_head"))
    with time_machine.travel(timezone.localtime() + timedelta(days=3, seconds=-1), tick=False):
        assert use(client, "school", code).status_code == 302


def test_codes_are_readable_and_do_not_repeat() -> None:
    codes = {new_code() for _ in range(500)}
    assert (len(codes), {len(code) for code in codes}, set("".join(codes)) - set(CODE_LETTERS)) == (500, {10}, set())
    assert set(CODE_LETTERS) & set("0O1I") == set()


def test_the_database_holds_one_live_code_per_account(world: World) -> None:
    issue_code(world.user("school"), by=world.user("school_head"))
    with pytest.raises(IntegrityError), transaction.atomic():
        OneTimeCode.objects.create(user=world.user("school"), code_hash="x", expires_at=timezone.now())


def test_codes_are_throttled(world: World, client: Client) -> None:
    code = issue_code(world.user("school"), by=world.user("school_head"))
    troubles = [use(client, "school", "ABCDEFGHJK").context["trouble"] for _ in range(10)]
    last = use(client, "school", code).context["trouble"]
    assert (len(set(troubles)), last) == (1, "Слишком много попыток. Подождите 15 мин. и попробуйте снова.")


HELPED = {
    "region": {"municipal_head", "municipal", "administrator", "upland"},
    "municipal_head": {"municipal", "administrator", "school_head", "school", "deputy", "mentor", "school_2", "partner"},
    "municipal": {"school_head", "school", "deputy", "mentor", "school_2", "partner"},
    "administrator": {"municipal_head", "municipal", "school_head", "school", "deputy", "mentor", "school_2", "partner"},
    "school_head": {"school", "deputy", "mentor"},
    "upland": {"upland_school"},
}


def test_who_may_print_a_code_for_whom(world: World) -> None:
    people = {name: world.user(name) for name in User.objects.values_list("username", flat=True)}
    got = {helper: {name for name, person in people.items() if may_help(people[helper], person)} for helper in people}
    assert got == {name: HELPED.get(name, set()) for name in people}


@pytest.mark.parametrize(
    ("role", "slug", "starts_on"),
    [("municipal_head", "lakeside", date(2026, 11, 1)), ("municipal_head", "lakeside", date(2027, 1, 1)),
     ("mentor", "school-2", date(2026, 11, 1)), ("school_head", "school-1", date(2026, 11, 1))],
)  # fmt: skip
def test_one_appointment_out_of_reach_protects_the_whole_account(
    world: World, as_: Callable[[str], Any], role: str, slug: str, starts_on: date
) -> None:
    """Also one that is still to come: whoever holds the account then holds it all."""
    appoint(world.user("deputy"), world.place(slug), role=role, starts_on=starts_on, by=None)
    person, before = world.user("deputy"), world.user("deputy").__dict__["password"]
    browser = as_("school_head")
    for name, form in (
        ("print_code", {}), ("block_person", {"reason": "Так"}),
        ("change_person", {"username": "mine", "surname": "А", "given_name": "Б"}),
    ):  # fmt: skip
        answer = browser.post(reverse(f"accounts:{name}", args=[person.pk]), form, follow=True)
        assert [one.level_tag for one in answer.context["messages"]] == ["error"]
    after = world.user("deputy")
    assert (OneTimeCode.objects.count(), after.is_active, after.password) == (0, True, before)


def test_a_blocked_account_gets_no_code(world: World, as_: Callable[[str], Any]) -> None:
    block_account(world.user("school"), reason="Так", by=world.user("school_head"))
    as_("school_head").post(reverse("accounts:print_code", args=[world.user("school").pk]))
    assert OneTimeCode.objects.count() == 0


def test_form_fields_give_no_power(world: World, as_: Callable[[str], Any]) -> None:
    """What a form does not ask for is not taken from it."""
    extra = {
        "is_active": "",
        "must_change_password": "",
        "session_number": "9",
        "region_id": "99",
        "password": "x",
        "username": "boss",
    }
    as_("school").post(reverse("accounts:change_contacts"), {"email": "a@example.test", "phone": "1", **extra})
    person = User.objects.get(email="a@example.test")
    assert (person.username, person.is_active, person.session_number, person.check_password(PASSWORD)) == ("school", True, 0, True)
    form = {"person": "school", "role": "mentor", "starts_on": "2026-11-25", "organisation": str(world.place("lakeside").pk)}
    as_("school_head").post(reverse("accounts:appoint_person", args=["school-1"]), form)
    assert set(world.user("school").appointments.values_list("organisation__slug", flat=True)) == {"school-1"}
