"""«История»: who changed and who looked, of the own branch, in words, and whether the chain holds."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.actions.people import change_account
from nastavnik.accounts.models import User
from nastavnik.audit import labels, trail
from nastavnik.audit.models import Access, Change
from nastavnik.audit.sealing import check_ledgers, seal_ledgers
from tests.worlds import PASSWORD, World

CHANGES, ACCESSES = "accounts:change_list", "accounts:access_list"


def shown(browser: Any, name: str, query: str = "") -> list[Any]:
    """The lines of a ledger's page."""
    return browser.get(reverse(name) + query).context["lines"]


def mark(world: World, as_: Callable[[str], Any]) -> None:
    """Anna of school 1 begins an assignment."""
    as_("school").post(reverse("roadmap:mark_assignment", args=[world.assignment("1.1.", "school-1").pk]), {"state": "in_progress"})


def test_the_history_is_of_the_branch(world: World, as_: Callable[[str], Any]) -> None:
    mark(world, as_)
    mine = [
        ("Орлова А. П.", "1.1. Назначение кураторов · Школа № 1", "Отметка о выполнении", [("состояние", "Не начато", "В работе")])
    ]
    seen = {
        name: [
            (line.actor, line.about, line.action, line.differences)
            for line in shown(as_(name), CHANGES, "?action=roadmap.assignment_marked")
        ]
        for name in ("municipal", "school_head", "upland")
    }
    assert seen == {"municipal": mine, "school_head": mine, "upland": []}


def test_a_change_of_a_person_stands_in_the_history_of_the_persons_school(world: World, as_: Callable[[str], Any]) -> None:
    change_account(world.user("school"), by=world.user("municipal"), phone="8 912 000-00-00")
    (line,) = shown(as_("school_head"), CHANGES, "?action=accounts.changed")
    assert (line.actor, line.kind, line.thing, line.place, line.differences) == (
        "Вершинина И. Л.", "сотрудники", "Орлова А. П.", "Школа № 1", [("телефон", "–", "8 912 000-00-00")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("organisation=school-1", 1), ("organisation=school-2", 1), ("organisation=upland-school", 0), ("person=орлова", 1),
        ("person=фомина", 1), ("person=канарейкин", 0), ("since=2026-11-25", 2), ("since=2026-11-26", 0), ("until=2026-11-24", 0),
        ("until=2026-11-25", 2), ("since=nonsense", 2), ("action=nonsense", 0),
    ],
)  # fmt: skip
def test_filters(world: World, as_: Callable[[str], Any], query: str, number: int) -> None:
    for name in ("school", "school_2", "upland_school"):
        trail.record("test.changed", world.user(name), by=world.user(name))
    kept = "" if "action" in query else "&action=test.changed"
    assert len(shown(as_("municipal"), CHANGES, f"?{query}{kept}")) == number


def test_who_looked_at_people_is_seen_by_those_above(world: World, as_: Callable[[str], Any]) -> None:
    as_("school_head").get(reverse("accounts:staff_detail", args=[world.user("school").pk]))
    as_("school_head").get(reverse("accounts:staff_list"))
    seen = [(line.actor, line.action, line.kind, line.thing, line.row.rows) for line in shown(as_("municipal"), ACCESSES)]
    assert sorted(seen) == [
        ("Кравцов П. А.", "Просмотр", "сотрудники", "", 4), ("Кравцов П. А.", "Просмотр", "сотрудники", "Орлова А. П.", 1),
    ]  # fmt: skip
    assert shown(as_("upland"), ACCESSES) == []


def test_a_page_that_was_refused_is_no_access(world: World, as_: Callable[[str], Any]) -> None:
    as_("upland").get(reverse("accounts:staff_detail", args=[world.user("school").pk]))
    as_("school").get(reverse("accounts:staff_list"))
    assert Access.objects.count() == 0


def test_reading_the_history_is_an_access(world: World, as_: Callable[[str], Any]) -> None:
    shown(as_("school_head"), CHANGES, "?action=nonsense")
    assert list(Access.objects.values_list("kind", "object_type", "rows")) == [("view", "audit.change", 0)]


@pytest.mark.parametrize("name", ["school", "school@example.test"])
def test_failed_log_ins_are_seen_by_those_who_lead_the_person(
    world: World, client: Any, as_: Callable[[str], Any], name: str
) -> None:
    client.post(reverse("accounts:login"), {"username": name, "password": "x"})
    client.post(reverse("accounts:login"), {"username": "nobody", "password": "x"})
    client.post(reverse("accounts:login"), {"username": name, "password": PASSWORD})
    for reader in ("school_head", "municipal"):
        seen = [(line.action, line.thing) for line in shown(as_(reader), ACCESSES)]
        assert sorted(seen) == [("Вход", "Орлова А. П."), ("Неудачный вход", "Орлова А. П.")]
    assert shown(as_("upland"), ACCESSES) == []
    own = as_("school").get(reverse("accounts:profile")).context["log_ins"]
    assert sorted(one.kind for one in own) == ["login", "login_failed"]


@pytest.mark.parametrize("name", [CHANGES, ACCESSES])
def test_the_cost_does_not_grow(world: World, as_: Callable[[str], Any], count_queries: Callable[[Any], int], name: str) -> None:
    def write(number: int) -> None:
        for actor in ("school", "school_2", "municipal")[:number]:
            trail.record("accounts.changed", world.user(actor), by=world.user(actor), after={"phone": "1"})
            trail.build_access("view", world.user(actor), by=world.user(actor)).save()

    browser, url = as_("municipal"), reverse(name) + "?since=2026-11-25"
    with time_machine.travel(timezone.localtime() - timedelta(days=30), tick=False):
        write(3)
    write(1)
    one = count_queries(lambda: browser.get(url))
    write(3)
    most = 9 + 3  # nine to read, and the note in the access ledger between two savepoints
    assert (count_queries(lambda: browser.get(url)), one <= most) == (one, True)


def test_pages_of_the_history_neither_lose_nor_repeat_a_row(world: World, as_: Callable[[str], Any]) -> None:
    for number in range(120):
        trail.record("test.changed", world.user("school"), by=world.user("school"), after={"n": number})
    browser, query, seen = as_("municipal"), "?action=test.changed", []
    while query:
        page = browser.get(reverse(CHANGES) + query).context
        seen += [line.differences[0][2] for line in page["lines"]]
        query = f"?action=test.changed&after={page['page'].next}" if page["page"].next else ""
    assert (len(seen), sorted(seen, key=int)) == (120, [str(number) for number in range(120)])


def test_the_page_says_whether_the_chain_holds(world: World, as_: Callable[[str], Any]) -> None:
    trail.record("test.changed", world.user("school"), by=None)
    seal_ledgers()
    assert check_ledgers() == {"change": None, "access": None}
    browser, url = as_("municipal"), reverse(CHANGES)
    assert ("Цепочка цела" in browser.get(url).content.decode(), browser.get(url).context["end"].broken_position) == (True, None)
    Change.objects.filter(position=2).update(reason="другая")
    assert check_ledgers()["change"] == 2
    assert "Цепочка нарушена на записи № 2" in browser.get(url).content.decode()


def test_rows_that_are_sealed_during_a_check_do_not_alarm(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from nastavnik.audit import sealing

    seal_ledgers()
    honest, done = sealing.seal_of, []

    def seal_and_go_on(row: Any, previous: str) -> str:
        if not done:
            done.append(True)
            trail.record("test.changed", world.user("school"), by=None)
            seal_ledgers()
        return honest(row, previous)

    monkeypatch.setattr(sealing, "seal_of", seal_and_go_on)
    assert (sealing.broken_at("change"), done) == (None, [True])
    assert sealing.broken_at("change") is None


def test_every_kept_action_of_the_world_has_words(world: World, as_: Callable[[str], Any]) -> None:
    kept = set(Change.objects.values_list("action", flat=True))
    assert {action for action in kept if labels.action_label(action) == action} == set()


def test_a_person_who_is_gone_has_no_name_but_a_line(world: World, as_: Callable[[str], Any]) -> None:
    gone = User(username="gone", surname="Ушедший", given_name="Пётр")
    trail.record("accounts.changed", gone, by=world.user("school_head"))
    (line,) = shown(as_("school_head"), CHANGES, "?action=accounts.changed")
    assert (line.actor, line.thing, line.kind) == ("Кравцов П. А.", "", "сотрудники")
