"""A real server with the demo municipality, and a real browser. Skipped loudly where no Chromium is installed."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next((path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a browser test."""
    for item in items:
        if "e2e" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.e2e)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="NO BROWSER: install Chromium to run the journeys"))


@pytest.fixture(autouse=True)
def fixed_day() -> None:
    """The browser lives in the present."""


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo municipality built in it."""
    folder = tmp_path_factory.mktemp("demo")
    for command in (["migrate", "--verbosity", "0"], ["demo"]):
        subprocess.run([nastavnik(), *command], check=True, env=environment(folder), cwd=ROOT, stdout=subprocess.DEVNULL)
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        check=True, env=environment(folder), cwd=ROOT,
    )  # fmt: skip
    return folder


def environment(folder: Path) -> dict[str, str]:
    """What a demo process gets."""
    clean = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "TEST_DB"}}
    clean.pop("NASTAVNIK_SECRET_KEY", None)
    clean.pop("NASTAVNIK_HTTPS", None)
    return {**clean, "NASTAVNIK_DEMO": "1", "NASTAVNIK_HOME": str(folder)}


def nastavnik() -> str:
    """The product's own command."""
    return str(Path(sys.executable).with_name("nastavnik"))


@pytest.fixture(scope="session")
def address(home: Path) -> Iterator[str]:
    """`nastavnik serve` on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([nastavnik(), "serve", "--port", str(port)], env=environment(home), cwd=ROOT)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/healthz", server)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    """Until the server answers."""
    for _ in range(200):
        assert server.poll() is None, "the server did not start"
        try:
            with urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium of the system."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Page]:
    """A new visitor; any error in the console, request to another host or answer from 500 up fails the test."""
    context = browser.new_context(base_url=address, locale="ru-RU", viewport={"width": 1280, "height": 900}, bypass_csp=False)
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith((address, "data:")) else troubles.append(request.url))
    page.on("response", lambda response: troubles.append(response.url) if response.status >= 500 else None)
    page.set_default_timeout(15000)
    yield page
    context.close()
    expected = [trouble for trouble in troubles if "status of 422" not in trouble]
    assert expected == []


def log_in(page: Page, username: str) -> Any:
    """Log in through the form."""
    from nastavnik.config.demo.places import PASSWORD

    page.goto("/login/")
    page.get_by_label("Имя для входа или почта").fill(username)
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.wait_for_url("**/")
    return page
