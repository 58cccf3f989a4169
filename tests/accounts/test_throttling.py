"""Counting tries: exact among many threads, by what a visitor cannot change, without names."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.actions.throttling import (
    LOGIN_FROM_ADDRESS,
    LOGIN_OF_ACCOUNT,
    RESET_OF_ACCOUNT,
    count_try,
    forget_old_counts,
    network_of,
    take_back_try,
)
from nastavnik.accounts.models import AttemptCount
from nastavnik.jobs.models import Job
from tests.conftest import PolicedClient
from tests.worlds import PASSWORD, PEOPLE, World


def log_in(browser: Client, username: str, password: str = PASSWORD, **headers: str) -> int:
    """The log-in form; its status."""
    form = {"username": username, "password": password}
    return browser.post(reverse("accounts:login"), form, headers=headers).status_code


def test_counts_hold_no_names(world: World) -> None:
    assert [count_try(LOGIN_OF_ACCOUNT, "school", "10.0.0.1") for _ in range(3)] == [1, 2, 3]
    assert re.fullmatch(r"[0-9a-f]{64}", AttemptCount.objects.get().key)


def test_fifty_threads_at_once_are_counted_exactly(world: World, tmp_path: Path) -> None:
    """On a database file of their own, each with its own connection, as the threads of a server have."""
    template = connections["default"].settings_dict
    own = {**template, "ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "counts.sqlite3"), "OPTIONS": {
        "transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL",
    }}  # fmt: skip

    def try_once(number: int) -> int:
        before, connections["default"] = connections["default"], DatabaseWrapper(own, "default")
        try:
            return count_try(LOGIN_OF_ACCOUNT, "school", "10.0.0.1")
        finally:
            connections["default"].close()
            connections["default"] = before

    first = DatabaseWrapper(own, "default")
    with first.schema_editor() as editor:
        editor.create_model(AttemptCount)
    first.close()
    with ThreadPoolExecutor(50) as threads:
        assert sorted(threads.map(try_once, range(50))) == list(range(1, 51))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"), ("2001:db8:1:3::1", "2001:db8:1:3::/64"), ("", ""), ("nonsense", "nonsense"),
    ],
)  # fmt: skip
def test_what_a_visitor_cannot_change(address: str, network: str) -> None:
    assert network_of(address) == network


def test_another_address_of_the_same_network_has_no_new_tries(world: World) -> None:
    for number in range(5):
        log_in(PolicedClient(REMOTE_ADDR=f"2001:db8:1:2::{number}"), "school", "x")
    assert log_in(PolicedClient(REMOTE_ADDR="2001:db8:1:2::ffff"), "school") == 422
    assert log_in(PolicedClient(REMOTE_ADDR="2001:db8:1:3::1"), "school") == 302


def test_a_whole_school_logs_in_from_one_address(world: World) -> None:
    answers = {log_in(PolicedClient(), name) for _round in range(5) for name in PEOPLE}
    assert (answers, AttemptCount.objects.get().count) == ({302}, 0)


def test_a_success_gives_no_tries_to_a_guesser(world: World, client: Client) -> None:
    """Whoever logs in to an own account between two guesses has no more of them."""
    tries = 0
    while log_in(client, "nobody" + str(tries), "x") == 422 and tries < 40:
        tries += 1
        log_in(PolicedClient(), "school")
    assert log_in(PolicedClient(), "school") == 422
    assert count_try(LOGIN_FROM_ADDRESS, "127.0.0.1") > LOGIN_FROM_ADDRESS.most


def test_a_try_is_never_taken_back_below_nothing(world: World) -> None:
    take_back_try(LOGIN_FROM_ADDRESS, "10.0.0.1")
    count_try(LOGIN_FROM_ADDRESS, "10.0.0.1")
    take_back_try(LOGIN_FROM_ADDRESS, "10.0.0.1"), take_back_try(LOGIN_FROM_ADDRESS, "10.0.0.1")
    assert count_try(LOGIN_FROM_ADDRESS, "10.0.0.1") == 1


def test_a_forwarded_address_counts_behind_a_proxy_only(world: World, settings: Any) -> None:
    for _ in range(5):
        log_in(PolicedClient(), "school", "x", **{"X-Forwarded-For": "10.0.0.1"})
    assert log_in(PolicedClient(), "school", **{"X-Forwarded-For": "10.0.0.2"}) == 422
    settings.BEHIND_PROXY = True
    assert log_in(PolicedClient(), "school", **{"X-Forwarded-For": "10.0.0.2"}) == 302
    for number in range(5):
        log_in(PolicedClient(), "school", "x", **{"X-Forwarded-For": f"192.0.2.{number}, 10.0.0.3"})
    assert log_in(PolicedClient(), "school", **{"X-Forwarded-For": "192.0.2.77, 10.0.0.3"}) == 422


def test_asking_for_links_is_throttled_in_silence(world: World, client: Client, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.test"
    url = reverse("accounts:forgotten")
    answers = {client.post(url, {"username": "school"}).context["asked"] for _ in range(RESET_OF_ACCOUNT.most + 2)}
    assert (answers, Job.objects.filter(kind="accounts.send_reset_links").count()) == ({True}, RESET_OF_ACCOUNT.most)


def test_guessing_the_present_password_is_throttled(world: World, as_: Callable[[str], Any]) -> None:
    browser, new = as_("school"), "семь-зелёных-лодок"
    url, form = reverse("accounts:change_password"), {"password": new, "again": new}
    assert [browser.post(url, {**form, "present": "x"}).status_code for _ in range(10)] == [422] * 10
    refused = browser.post(url, {**form, "present": PASSWORD}, follow=True)
    assert [str(one) for one in refused.context["messages"]] == ["Слишком много попыток. Подождите 15 мин. и попробуйте снова."]
    assert world.user("school").check_password(PASSWORD)


def test_old_counts_go(world: World) -> None:
    count_try(LOGIN_OF_ACCOUNT, "school", "10.0.0.1")
    forget_old_counts()
    assert AttemptCount.objects.count() == 1
    with time_machine.travel(timezone.localtime() + timedelta(days=2), tick=False):
        forget_old_counts()
    assert AttemptCount.objects.count() == 0
