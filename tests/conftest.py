"""What every test has: the world, a client per role, a fixed day, pages that police themselves."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from hypothesis import HealthCheck, settings

from tests import worlds

# A loaded machine is slow, not wrong: no example has a time limit. What decides about landing tries the same examples each
# time; everybody else's runs look for new ones.
settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="NASTAVNIK_SAME_EXAMPLES" in os.environ
)
settings.load_profile("suite")

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|\son\w+\s*=\s*[\"']|\sstyle\s*=\s*[\"']|<style|javascript:", re.IGNORECASE)
FOREIGN = re.compile(r"""(?:src|href|action|hx-\w+)\s*=\s*["'](?:https?:)?//(?!127\.0\.0\.1|testserver|localhost)""", re.IGNORECASE)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> None:
    """Build the world once; every test starts from it and rolls back."""
    with django_db_blocker.unblock(), time_machine.travel(worlds.TODAY, tick=False):
        worlds.build()


@pytest.fixture(autouse=True)
def fixed_day() -> Iterator[None]:
    """Tests live on one Wednesday in November."""
    with time_machine.travel(f"{worlds.TODAY}T09:00:00+03:00", tick=False):
        yield


@pytest.fixture(autouse=True)
def kept_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between requests and tasks Django drops a connection inside a transaction; here that one is the test's own."""
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete
    monkeypatch.setattr(
        BaseDatabaseWrapper, "close_if_unusable_or_obsolete", lambda self: None if self.in_atomic_block else close(self)
    )


@pytest.fixture
def world(db: None) -> worlds.World:
    """Doors to the rows."""
    return worlds.World()


class PolicedClient(Client):
    """Fails on what no page may hold: inline code, addresses of other hosts, undefined variables."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            text = response.content.decode()
            police(text, request.get("PATH_INFO", ""))
        return response


def police(text: str, path: str) -> None:
    """The rules of every page."""
    assert INLINE.search(text) is None, f"inline script or style on {path}: {INLINE.search(text)}"
    foreign = [found for found in FOREIGN.findall(text) if 'rel="noopener' not in text]
    assert not foreign, f"address of another host on {path}: {foreign}"
    assert "UNDEFINED VARIABLE" not in text, f"undefined variable on {path}: {text[text.find('UNDEFINED') :][:90]}"
    assert not re.search(r"{{|{%", text), f"unrendered template code on {path}"


@pytest.fixture
def client() -> PolicedClient:
    """An anonymous visitor."""
    return PolicedClient()


@pytest.fixture
def as_(world: worlds.World) -> Callable[[str], PolicedClient]:
    """`as_("school")` is a browser in which that person is logged in."""

    def log_in(name: str) -> PolicedClient:
        browser = PolicedClient()
        browser.force_login(world.user(name))
        return browser

    return log_in


@pytest.fixture
def run_jobs(db: None) -> Callable[[], None]:
    """Do what is in the queue now."""
    from nastavnik.jobs.worker import run_pending

    return run_pending


@pytest.fixture
def count_queries(db: None) -> Callable[[Callable[[], Any]], int]:
    """`count_queries(lambda: client.get(url))`: how many statements that took."""
    from django.test.utils import CaptureQueriesContext

    def count(call: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count
