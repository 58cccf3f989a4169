"""Changes for many: preview, everything that the filters find, and «Отменить»."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from nastavnik.audit.models import Change
from nastavnik.roadmap.actions.assignments import mark_assignment
from nastavnik.roadmap.actions.fanout import fan_out_roadmap
from nastavnik.roadmap.actions.settling import settle_deadline
from nastavnik.roadmap.models import Assignment, BulkChange
from tests.roadmap.plans import told
from tests.worlds import World, untouched

LIST = reverse("roadmap:assignment_list")
COLUMNS = ("pk", "state", "note", "reason", "done_on", "due_on", "awaits_date", "own_date", "marked_by", "marked_at")


def keys(world: World, number: str, *slugs: str) -> list[str]:
    """Keys of the schools' assignments."""
    return [str(world.assignment(number, slug).pk) for slug in slugs]


def mark(browser: Any, chosen: list[str], **form: Any) -> Any:
    """Mark as confirmed."""
    form = {"chosen": chosen, "state": "done", "reason": "По приказам", "confirmed": "1", "next": LIST, **form}
    return browser.post(reverse("roadmap:mark_many"), form, follow=True)


def picture(world: World) -> list[Any]:
    """The columns that a change may touch, of all rows."""
    return list(Assignment.objects.order_by("pk").values_list(*COLUMNS))


def undo(browser: Any, change: BulkChange | None = None) -> Any:
    """Press «Отменить»."""
    change = change or BulkChange.objects.get()
    return browser.post(reverse("roadmap:undo_bulk", args=[change.pk]), {"next": LIST}, follow=True)


def test_the_preview_says_what_is_passed_over_and_why(world: World, as_: Callable[[str], Any]) -> None:
    mark_assignment(world.assignment("1.1.", "school-2"), state="done", by=world.user("school_2"))
    mark_assignment(world.assignment("1.1.", "school-10"), state="not_applicable", reason="Нет", by=None)
    gone = Assignment.objects.filter(organisation__slug="upland-school").first()
    chosen = [*keys(world, "1.1.", "school-1", "school-2", "school-10"), str(gone.pk if gone else "")]
    response = as_("municipal").post(reverse("roadmap:mark_many"), {"chosen": chosen, "state": "done"})
    preview = response.context["preview"]
    assert ([len(part) for part in (preview.to_change, preview.already, preview.settled, preview.not_own)], preview.gone) == (
        [1, 1, 1, 0], 1,
    )  # fmt: skip
    assert "Будет изменено: 1, пропущено: 3." in response.content.decode()


def test_whoever_may_not_mark_is_told_so(world: World, as_: Callable[[str], Any]) -> None:
    response = as_("region").post(reverse("roadmap:mark_many"), {"chosen": keys(world, "1.1.", "school-1"), "state": "done"})
    preview = response.context["preview"]
    assert (len(preview.to_change), len(preview.not_own)) == (0, 1)


def test_undo_gives_everything_back(world: World, as_: Callable[[str], Any]) -> None:
    mark_assignment(world.assignment("1.1.", "school-2"), state="in_progress", note="Начали", by=world.user("school_2"))
    before, browser = picture(world), as_("municipal")
    mark(browser, keys(world, "1.1.", "school-1", "school-2"), note="Общая")
    assert picture(world) != before
    change = browser.get(LIST).context["undoable"]
    response = undo(browser, change)
    assert (picture(world), told(response)) == (before, ["Отменено. Вернули как было заданий: 2."])
    assert response.context["undoable"] is None
    taken = Change.objects.filter(action="roadmap.mark_taken_back").values_list("before", "after")
    assert {(before["state"], after["state"]) for before, after in taken} == {("done", "planned"), ("done", "in_progress")}
    assert Change.objects.get(action="roadmap.bulk_undone").after == {"assignments": 2}


def test_a_second_click_changes_nothing(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    mark(browser, keys(world, "1.1.", "school-1"))
    undo(browser)
    mark_assignment(world.assignment("1.1.", "school-1"), state="in_progress", by=world.user("school"))
    rows, changes = untouched(Assignment.objects), Change.objects.count()
    assert told(undo(browser)) == ["Отменено. Вернули как было заданий: 1."]
    assert (untouched(Assignment.objects), Change.objects.count()) == (rows, changes)


def test_what_somebody_has_touched_since_stays(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    mark(browser, keys(world, "1.1.", "school-1", "school-2", "school-10"))
    mark_assignment(world.assignment("1.1.", "school-1"), state="done", note="Приказ № 5", by=world.user("school"))
    world.assignment("1.1.", "school-2").delete()
    response = undo(browser)
    assert told(response) == [
        "Отменено. Вернули как было заданий: 1. Осталось как есть (убраны из плана: 1, изменены после вас: 1)."
    ]
    assert [world.assignment("1.1.", slug).state for slug in ("school-1", "school-10")] == ["done", "planned"]


def test_a_day_that_the_plan_has_moved_since_stays(world: World, as_: Callable[[str], Any]) -> None:
    browser, chosen = as_("municipal"), keys(world, "2.1.", "school-1")
    form = {"chosen": chosen, "due_on": "2026-12-20", "reason": "Так решили", "confirmed": "1", "next": LIST}
    browser.post(reverse("roadmap:date_many"), form)
    assert world.assignment("2.1.", "school-1").due_on == date(2026, 12, 20)
    Assignment.objects.filter(pk__in=chosen).update(due_on=date(2027, 2, 1))
    assert told(undo(browser))[-1] == "Отменено. Вернули как было заданий: 0. Осталось как есть (изменены после вас: 1)."
    assert world.assignment("2.1.", "school-1").due_on == date(2027, 2, 1)


def test_after_half_an_hour_it_is_too_late(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    mark(browser, keys(world, "1.1.", "school-1"))
    change = BulkChange.objects.get()
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        browser.force_login(world.user("municipal"))  # the session of half an hour ago has ended by itself
        assert browser.get(LIST).context["undoable"] is None
        assert told(undo(browser, change)) == ["Отменить можно полчаса. Поправьте отметки в списке."]
    assert world.assignment("1.1.", "school-1").state == "done"


def test_nobody_else_takes_it_back(world: World, as_: Callable[[str], Any]) -> None:
    mark(as_("municipal"), keys(world, "1.1.", "school-1"))
    found = {name: undo(as_(name)).status_code for name in ("municipal_head", "school", "upland")}
    assert (found, world.assignment("1.1.", "school-1").state) == ({"municipal_head": 404, "school": 404, "upland": 404}, "done")
    assert as_("municipal_head").get(LIST).context["undoable"] is None


def test_one_day_for_many(world: World, as_: Callable[[str], Any]) -> None:
    mark_assignment(world.assignment("2.1.", "school-10"), state="done", by=None)
    chosen, browser = keys(world, "2.1.", "school-1", "school-2", "school-10"), as_("municipal")
    preview = browser.post(reverse("roadmap:date_many"), {"chosen": chosen}).context["preview"]
    assert (len(preview.to_change), len(preview.settled)) == (2, 1)
    refused = browser.post(reverse("roadmap:date_many"), {"chosen": chosen, "due_on": "2026-12-20", "confirmed": "1"})
    assert (refused.status_code, refused.context["form"].errors, refused.context["form"]["due_on"].value()) == (
        422, {"reason": ["Напишите, почему срок такой: это останется в истории заданий."]}, "2026-12-20",
    )  # fmt: skip
    before = picture(world)
    form = {"chosen": chosen, "due_on": "2026-12-20", "reason": "По графику", "confirmed": "1", "next": LIST}
    assert told(browser.post(reverse("roadmap:date_many"), form, follow=True)) == ["Срок назван для заданий: 2."]
    again = browser.post(reverse("roadmap:date_many"), form, follow=True)
    assert told(again) == ["Срок назвать некому: выберите в списке задания, которые ещё не закрыты."]
    days = [world.assignment("2.1.", slug).due_on for slug in ("school-1", "school-2", "school-10")]
    assert days == [date(2026, 12, 20), date(2026, 12, 20), None]
    undo(browser)
    assert picture(world) == before


def test_a_school_names_open_days_without_a_reason(world: World, as_: Callable[[str], Any]) -> None:
    form = {"chosen": keys(world, "2.1.", "school-1"), "due_on": "2026-12-20", "confirmed": "1"}
    as_("school").post(reverse("roadmap:date_many"), form)
    assert world.assignment("2.1.", "school-1").due_on == date(2026, 12, 20)


def test_everything_that_the_filters_find(world: World, as_: Callable[[str], Any]) -> None:
    form = {"everything": "1", "filters": "q=положения&state=late", "state": "done"}
    context = as_("municipal").post(reverse("roadmap:mark_many"), form).context
    assert sorted(one.organisation.slug for one in context["preview"].to_change) == ["school-1", "school-10", "school-2"]
    assert (set(context["chosen"]), context["cut"]) == (set(keys(world, "1.2.", "school-1", "school-2", "school-10")), False)


def test_everything_has_an_end(world: World, as_: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nastavnik.roadmap.views.bulk.MOST_CHOSEN", 2)
    form = {"everything": "1", "filters": "", "state": "done"}
    context = as_("municipal").post(reverse("roadmap:mark_many"), form).context
    assert (len(context["chosen"]), context["cut"]) == (2, True)


def test_everything_of_the_neighbour_is_nothing(world: World, as_: Callable[[str], Any]) -> None:
    form = {"everything": "1", "filters": f"roadmap={world.upland_roadmap.pk}", "state": "done"}
    assert as_("municipal").post(reverse("roadmap:mark_many"), form).context["chosen"] == []


def test_a_plan_whose_day_is_settled_keeps_what_was_named(world: World, as_: Callable[[str], Any]) -> None:
    """A day that the plan names for all after a change for many is not taken back with it."""
    browser = as_("municipal")
    mark(browser, keys(world, "2.1.", "school-1"), state="in_progress")
    settle_deadline(world.measure("2.1."), due_on=date(2026, 12, 15), by=world.user("municipal"))
    fan_out_roadmap(world.roadmap, by=None)
    assert told(undo(browser)) == ["Отменено. Вернули как было заданий: 0. Осталось как есть (изменены после вас: 1)."]
    assert world.assignment("2.1.", "school-1").due_on == date(2026, 12, 15)
