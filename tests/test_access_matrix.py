"""Role x address: 404 outside one's branch, 403 inside without the right, log-in for a visitor, never a 500."""

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver, reverse

from tests.access import Row
from tests.worlds import PEOPLE, World, names_on

FOLDER = Path(__file__).parent
ROWS: list[Row] = [
    row for file in sorted(FOLDER.glob("*/access_rows.py")) for row in import_module(f"tests.{file.parent.name}.access_rows").ROWS
]
# Every word that some page reads out of an address or a form by itself.
READ = re.compile(r"""(?:GET|POST|query|typed|values)\.get(?:list)?\(\s*"(\w+)\"""")
TYPED = sorted({word for file in (FOLDER.parent / "src" / "nastavnik").rglob("*.py") for word in READ.findall(file.read_text())})
NONSENSE = ("²", "9" * 5000, "9" * 18, "9999", "-1", "x\x00y", "2026-02-30")
NEIGHBOURS = {"upland", "upland_school", "region"}  # may see Upland's words, by right


def leaves(resolver: Any, namespace: str = "") -> list[tuple[str, Any]]:
    """(name, view) of every address."""
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found.append((namespace + str(pattern.name), pattern.callback))
        else:
            found.extend(leaves(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace))
    return found


def ask(browser: Any, row: Row, kwargs: dict[str, Any], *, htmx: bool = False) -> Any:
    """One request of the row."""
    headers = {"HX-Request": "true"} if htmx else {}
    url = reverse(row.name, kwargs=kwargs) + row.query
    return browser.get(url, headers=headers) if row.method == "get" else browser.post(url, row.form, headers=headers)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
@pytest.mark.parametrize("htmx", [False, True], ids=["page", "fragment"])
def test_who_may_open_it(world: World, as_: Callable[[str], Any], row: Row, htmx: bool) -> None:
    got = {}
    for name in PEOPLE:
        response = ask(as_(name), row, row.kwargs(world), htmx=htmx)
        got[name] = response.status_code if response.status_code in (403, 404) or response.status_code >= 500 else "ok"
        if got[name] == "ok" and name not in NEIGHBOURS and not response.streaming:
            assert names_on(response.content.decode(errors="replace")) == []
    wanted = {name: "ok" if name in row.allowed else 404 if name in row.unseen else 403 for name in PEOPLE}
    assert got == wanted


@pytest.mark.parametrize("row", [row for row in ROWS if row.foreign_kwargs], ids=lambda row: row.id)
def test_the_neighbours_object_does_not_exist(world: World, as_: Callable[[str], Any], row: Row) -> None:
    assert row.foreign_kwargs is not None
    got = {name: ask(as_(name), row, row.foreign_kwargs(world)).status_code for name in sorted(row.allowed - NEIGHBOURS)}
    assert got == dict.fromkeys(got, 404)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_visitor_is_sent_to_the_login(world: World, client: Any, row: Row) -> None:
    response = ask(client, row, row.kwargs(world))
    if row.anonymous == "ok":
        assert response.status_code in (200, 302)
    elif row.anonymous.isdigit():
        assert response.status_code == int(row.anonymous)
    else:
        assert (response.status_code, response.headers.get("Location", "").split("?")[0]) == (302, reverse("accounts:login"))


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "get"], ids=lambda row: row.id)
def test_a_page_takes_no_other_method(world: World, as_: Callable[[str], Any], row: Row) -> None:
    if row.anonymous != "login" or not row.allowed:
        return
    browser, url = as_(min(row.allowed)), reverse(row.name, kwargs=row.kwargs(world))
    assert {method: getattr(browser, method)(url).status_code for method in ("post", "put", "delete", "patch")} == {
        "post": 405, "put": 405, "delete": 405, "patch": 405,
    }  # fmt: skip


@pytest.mark.parametrize("row", [row for row in ROWS if row.allowed], ids=lambda row: row.id)
def test_nonsense_gets_an_answer(world: World, as_: Callable[[str], Any], row: Row) -> None:
    """Whatever stands in an address or in a hidden field: an answer, never a crash (an exception fails the test)."""
    browser, url = as_(min(row.allowed)), reverse(row.name, kwargs=row.kwargs(world))
    for nonsense in NONSENSE:
        typed = dict.fromkeys(TYPED, nonsense) | (dict.fromkeys(row.form, nonsense) if row.method == "post" else {})
        assert getattr(browser, row.method)(url, typed).status_code < 500


def test_every_address_has_a_line() -> None:
    assert sorted({name for name, _ in leaves(get_resolver())}) == sorted({row.name for row in ROWS})


@pytest.mark.parametrize(("name", "view"), leaves(get_resolver()), ids=lambda value: value if isinstance(value, str) else "")
def test_every_address_states_who_may_open_it(name: str, view: Any) -> None:
    assert getattr(view, "access_kind", None) in {"page", "command", "public"}, f"{name} has no mark"
