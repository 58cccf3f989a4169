"""Where one is logged in: dead at once, left alone, too old, ended from elsewhere."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.accounts.actions.passwords import issue_code, use_code
from nastavnik.accounts.actions.people import block_account
from nastavnik.accounts.actions.sessions import digest_of, forget_old_sessions
from nastavnik.accounts.devices import coarse_address, device_words
from nastavnik.accounts.models import User, UserSession
from nastavnik.audit.models import Change
from tests.accounts.test_sessions import is_in, log_in
from tests.conftest import PolicedClient
from tests.worlds import World

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
YANDEX = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 YaBrowser/24.12 Mobile Safari/537.36"


def copy_of(browser: Any) -> PolicedClient:
    """Whoever has got hold of the cookie."""
    thief = PolicedClient()
    thief.cookies["sessionid"] = browser.cookies["sessionid"].value
    return thief


def test_a_copied_cookie_is_dead_after_logging_out(world: World, client: PolicedClient) -> None:
    log_in(client, "school")
    thief = copy_of(client)
    assert is_in(thief) is True
    client.post(reverse("accounts:logout"))
    assert (is_in(thief), is_in(client)) == (False, False)


def session_of(browser: Any) -> UserSession:
    """The row behind a browser's cookie."""
    return UserSession.objects.get(key_digest=digest_of(browser.session["key"]))


@pytest.mark.parametrize("how", ["password", "block", "code", "leave everywhere", "one"])
def test_what_ends_the_other_sessions_at_once(world: World, client: PolicedClient, how: str) -> None:
    other = PolicedClient()
    log_in(client, "school"), log_in(other, "school")
    person, head = world.user("school"), world.user("school_head")
    new = {"present": "восемь-белых-лодок", "password": "семь-зелёных-лодок", "again": "семь-зелёных-лодок"}
    if how == "password":
        client.post(reverse("accounts:change_password"), new)
    elif how == "block":
        block_account(person, reason="Так", by=head)
    elif how == "code":
        use_code("school", issue_code(person, by=head))
    elif how == "leave everywhere":
        client.post(reverse("accounts:leave_everywhere"))
    else:
        client.post(reverse("accounts:end_session", args=[session_of(other).pk]))
    stays = how in {"password", "leave everywhere", "one"}
    assert (is_in(other), is_in(client), UserSession.objects.filter(ended_at=None).count()) == (False, stays, int(stays))


@pytest.mark.parametrize(("minutes", "lives"), [(29, True), (31, False)])
def test_left_alone(world: World, client: PolicedClient, minutes: int, lives: bool) -> None:
    log_in(client, "school")
    with time_machine.travel(timezone.localtime() + timedelta(minutes=minutes), tick=False):
        assert is_in(client) is lives


def test_whoever_works_stays_in_for_twelve_hours(world: World, client: PolicedClient) -> None:
    log_in(client, "school")
    begin, alive = timezone.localtime(), []
    for minutes in range(25, 13 * 60, 25):
        with time_machine.travel(begin + timedelta(minutes=minutes), tick=False):
            alive.append((minutes, is_in(client)))
    assert [minutes for minutes, there in alive if there] == list(range(25, 12 * 60, 25))


def test_the_last_use_is_written_rarely_and_never_by_a_page(world: World, client: PolicedClient, count_queries: Any) -> None:
    """The page itself refuses to write; the note is made outside of it."""
    log_in(client, "school")
    url = reverse("accounts:session_list")
    client.get(url)
    usual = count_queries(lambda: client.get(url))
    with time_machine.travel(timezone.localtime() + timedelta(minutes=2), tick=False):
        assert (count_queries(lambda: client.get(url)), count_queries(lambda: client.get(url))) == (usual + 1, usual)
        assert UserSession.objects.get().last_seen_at == timezone.now()


def test_a_request_asks_once_who_it_is(world: World, client: PolicedClient, count_queries: Any) -> None:
    """Session, person and second factor by one query, appointments by another; one for what the page shows, one for unread."""
    log_in(client, "school")
    asked = [count_queries(partial(client.get, reverse(name))) for name in ("accounts:session_list", "desk:news")]
    assert asked == [4, 3]


def test_the_list_shows_ones_own_sessions_and_marks_this_one(world: World) -> None:
    here, there = (
        PolicedClient(headers={"User-Agent": FIREFOX}),
        PolicedClient(headers={"User-Agent": YANDEX}, REMOTE_ADDR="10.1.2.3"),
    )
    log_in(here, "school"), log_in(there, "school"), log_in(PolicedClient(), "deputy")
    page = here.get(reverse("accounts:session_list"))
    shown = [(one.device, one.address, one.pk == page.context["present"].pk) for one in page.context["sessions"]]
    assert sorted(shown) == [("Firefox, Windows", "127.0.0.x", True), ("Яндекс Браузер, Android", "10.1.2.x", False)]


def test_ending_this_one_is_logging_out(world: World, client: PolicedClient) -> None:
    log_in(client, "school")
    answer = client.post(reverse("accounts:end_session", args=[UserSession.objects.get().pk]))
    assert (answer.url, is_in(client)) == (reverse("accounts:login"), False)
    assert Change.objects.filter(action="accounts.session_ended").count() == 1


def test_a_signed_cookie_without_a_row_is_nobody(world: World, client: PolicedClient) -> None:
    log_in(client, "school")
    UserSession.objects.all().delete()
    assert is_in(client) is False


def test_keys_are_not_stored(world: World, client: PolicedClient) -> None:
    log_in(client, "school")
    assert client.session["key"] not in str(list(UserSession.objects.values()))


def test_logging_in_over_an_open_session_ends_it(world: World, client: PolicedClient) -> None:
    log_in(client, "school")
    code = issue_code(world.user("deputy"), by=world.user("school_head"))
    client.post(reverse("accounts:code"), {"username": "deputy", "code": code})
    assert list(UserSession.objects.filter(ended_at=None).values_list("user__username", flat=True)) == ["deputy"]


def test_old_rows_go(world: World, client: PolicedClient) -> None:
    log_in(client, "school")
    with time_machine.travel(timezone.localtime() + timedelta(days=91), tick=False):
        log_in(client, "school")
        assert (forget_old_sessions(), UserSession.objects.count(), User.objects.filter(username="school").count()) == (1, 1, 1)


@pytest.mark.parametrize(("agent", "words"), [(FIREFOX, "Firefox, Windows"), (YANDEX, "Яндекс Браузер, Android"), ("curl/8", "")])
def test_devices_in_words(agent: str, words: str) -> None:
    assert device_words(agent) == words


@given(st.ip_addresses())
def test_an_address_is_never_kept_whole(address: Any) -> None:
    coarse = coarse_address(str(address))
    assert coarse != str(address) or (coarse in {"::", f"{address}"} and str(address).endswith("::"))


def test_the_budget_of_today_is_what_it_was(world: World, as_: Callable[[str], Any], count_queries: Any) -> None:
    browser = as_("municipal")
    assert count_queries(lambda: browser.get("/")) == count_queries(lambda: browser.get("/"))
