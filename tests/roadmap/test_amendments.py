"""After its approval a plan changes by amendments, and every earlier version can be compared."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.core.errors import Refusal
from nastavnik.roadmap.actions.amendments import Act
from nastavnik.roadmap.actions.approval import approve_roadmap
from nastavnik.roadmap.actions.endorsement import endorse_roadmap
from nastavnik.roadmap.actions.plans import add_measure, remove_measure
from nastavnik.roadmap.actions.sections import add_section, rename_section
from nastavnik.roadmap.actions.settling import settle_deadline
from nastavnik.roadmap.actions.terms import change_terms
from nastavnik.roadmap.models import Measure, Roadmap, RoadmapVersion
from tests.roadmap.papers import ORDER, PAPER, approved, endorsed, line, project, reword
from tests.roadmap.plans import command, told
from tests.worlds import HEADS, World, by, untouched

NEEDS_ORDER = "Карта утверждена, она меняется приказом. Укажите номер и дату приказа об изменении."


@pytest.fixture
def plan(world: World) -> Roadmap:
    """Lakeside's plan, approved."""
    return approve_roadmap(world.roadmap, **PAPER, by=world.user("municipal_head"))


CHANGES: dict[str, Callable[[Roadmap, dict[str, Any]], Any]] = {
    "add": lambda plan, how: add_measure(
        plan.sections.get(position=0), number="1.4.", text="Форум", deadline=by(date(2027, 4, 1)), parties=[HEADS], **how
    ),
    "change": lambda plan, how: reword(plan, "1.1.", "Назначение двух кураторов", **how),
    "remove": lambda plan, how: remove_measure(line(plan, "1.1."), **how),
    "section": lambda plan, how: add_section(plan, number="3.", title="Итоги", **how),
    "rename": lambda plan, how: rename_section(plan.sections.get(position=0), number="1.", title="Основа", **how),
    "settle": lambda plan, how: settle_deadline(line(plan, "2.1."), due_on=date(2027, 1, 15), **how),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_an_approved_plan_needs_an_act(plan: Roadmap, world: World, change: str) -> None:
    before, act = untouched(Measure.objects), {"reason": "Письмо", "by": world.user("municipal")}
    with pytest.raises(Refusal, match=NEEDS_ORDER):
        CHANGES[change](plan, act)
    assert (untouched(Measure.objects), plan.versions.count()) == (before, 1)
    CHANGES[change](plan, {**act, "act": ORDER})
    version = plan.versions.get(number=2)
    assert (version.kind, version.amendment, version.reason, version.act_number, version.act_on) == (
        "amended", 1, "Письмо", "14-од", date(2026, 11, 20),
    )  # fmt: skip
    step = plan.steps.get(kind="amended")
    assert (step.number, step.on, step.comment, step.version) == ("14-од", date(2026, 11, 20), "Письмо", version)


@pytest.mark.parametrize("change", CHANGES)
def test_a_project_needs_none(world: World, change: str) -> None:
    CHANGES[change](world.roadmap, {"reason": "Письмо", "by": world.user("municipal")})
    assert (RoadmapVersion.objects.count(), world.roadmap.steps.count()) == (0, 0)


def test_edits_by_one_order_are_one_amendment(plan: Roadmap, world: World) -> None:
    act = {"act": ORDER, "by": world.user("municipal")}
    reword(plan, "1.1.", "Раз", reason="Письмо", **act)
    reword(plan, "1.2.", "Два", reason="Письмо", **act)
    reword(plan, "1.3.", "Три", reason="Протокол", **act)
    reword(plan, "1.1.", "Четыре", reason="Ещё", act=Act("15-од", date(2026, 11, 24)), by=world.user("municipal"))
    found = plan.versions.order_by("number").values_list("number", "amendment", "act_number", "reason")
    assert list(found) == [(1, None, "62-од", ""), (2, 1, "14-од", "Письмо; Протокол"), (3, 2, "15-од", "Ещё")]
    assert plan.steps.filter(kind="amended").count() == 2


def test_a_change_that_changes_nothing_is_no_amendment(plan: Roadmap, world: World) -> None:
    reword(plan, "1.1.", "Назначение кураторов", act=ORDER, by=world.user("municipal"))
    assert plan.versions.count() == 1


def test_an_act_needs_a_reason_and_is_not_of_tomorrow(plan: Roadmap, world: World) -> None:
    with pytest.raises(Refusal, match="Напишите, почему она меняется"):
        reword(plan, "1.1.", "Раз", reason=" ", act=ORDER, by=world.user("municipal"))
    with pytest.raises(Refusal, match="Дата приказа ещё не наступила"):
        reword(plan, "1.1.", "Раз", act=Act("1", date(2026, 11, 26)), by=world.user("municipal"))


def test_a_plan_approved_before_versions_were_kept_keeps_what_it_was(world: World) -> None:
    Roadmap.objects.filter(pk=world.roadmap.pk).update(stage="approved")
    reword(world.roadmap, "1.1.", "Раз", act=ORDER, by=world.user("municipal"))
    texts = [version.lines[1]["text"] for version in world.roadmap.versions.order_by("number")]
    assert texts == ["Назначение кураторов", "Раз"]


def test_an_amended_endorsed_plan_waits_for_the_department_again(world: World) -> None:
    roadmap = endorsed(world)
    reword(roadmap, "1.1.", "Раз", act=ORDER, by=world.user("school"))
    roadmap.refresh_from_db()
    assert (roadmap.stage, roadmap.stage_due_on) == ("approved", date(2026, 12, 9))
    endorse_roadmap(roadmap, by=world.user("municipal"))
    assert list(roadmap.versions.order_by("number").values_list("kind", flat=True)) == [
        "approved", "endorsed", "amended", "endorsed",
    ]  # fmt: skip


def test_where_that_is_not_the_custom_it_stays_endorsed(world: World) -> None:
    roadmap = endorsed(world)
    change_terms(world.place("lakeside"), endorse_days=10, correct_days=10, hand_in_on=None, endorse_amendments=False, version=1,
                 by=world.user("municipal"))  # fmt: skip
    reword(roadmap, "1.1.", "Раз", act=ORDER, by=world.user("school"))
    roadmap.refresh_from_db()
    assert roadmap.stage == "endorsed"


MEASURE = {"party_0": "Руководители ОО", "role_0": "school_head|each_school", "mode": "phrase", "phrase": "Сентябрь 2026"}


def test_the_forms_ask_for_the_order_and_keep_what_was_typed(plan: Roadmap, world: World, as_: Callable[[str], Any]) -> None:
    browser, measure, section = as_("municipal"), world.measure("1.1."), plan.sections.get(position=0)
    typed = {**MEASURE, "text": "Новый текст", "reason": "Письмо"}
    silent = command(browser, "save_measure", measure.pk, **typed, version="1")
    assert (silent.status_code, list(silent.context["act"].errors), silent.context["form"]["text"].value()) == (
        422, ["act_number", "act_on"], "Новый текст",
    )  # fmt: skip
    order = {"act_number": "14-од", "act_on": "2026-11-20"}
    assert told(command(browser, "save_measure", measure.pk, **typed, **order, version="1")) == [
        "Мероприятие изменено, открытые задания обновлены."
    ]
    offered = browser.get(reverse("roadmap:new_measure", args=[section.pk])).context["act"]
    assert (offered["act_number"].value(), offered["act_on"].value()) == ("14-од", date(2026, 11, 20))
    silent = command(browser, "save_new_measure", section.pk, **MEASURE, text="Ещё", **order)
    assert (silent.status_code, list(silent.context["act"].errors)) == (422, ["reason"])
    command(browser, "save_new_measure", section.pk, **typed, **order)
    command(browser, "save_section", plan.pk, title="Итоги", reason="Письмо", **order)
    command(browser, "rename_section", section.pk, title="Основа", reason="Письмо", **order)
    command(browser, "settle_deadline", world.measure("2.1.").pk, due_on="2027-01-15", reason="Письмо", **order)
    command(browser, "remove_measure", world.measure("1.3.").pk, reason="Лишнее", **order)
    version = plan.versions.get(number=2)
    assert (plan.versions.count(), [line["text"] for line in version.lines]) == (
        2, ["Основа", "Новый текст", "Разработка положения", "Новый текст", "Работа пар", "Обучение наставников",
            "Формирование базы наставников", "Мониторинг", "Итоги"],
    )  # fmt: skip


def test_a_short_form_without_the_order_is_refused_in_words(plan: Roadmap, world: World, as_: Callable[[str], Any]) -> None:
    response = command(as_("municipal"), "remove_measure", world.measure("1.3.").pk, reason="Лишнее")
    assert told(response) == ["Карта утверждена, она меняется приказом. Укажите его номер. Укажите дату приказа."]
    assert plan.measures.filter(number="1.3.").exists()


def shown(page: Any) -> list[tuple[str, str]]:
    """What the page shows as different: number of the line and what became of it."""
    return [
        (stretch.shown.change.line.number, stretch.shown.change.kind.value)
        for block in page.context["difference"].blocks
        for stretch in block.stretches
        if stretch.shown
    ]


def test_any_two_versions_are_compared(world: World, as_: Callable[[str], Any]) -> None:
    roadmap = approved(world)
    reword(roadmap, "1.1.", "Назначить двух кураторов", act=ORDER, by=world.user("school"))
    add_measure(roadmap.sections.get(position=1), number="2.2.", text="Форум", deadline=by(date(2027, 4, 1)), parties=[HEADS],
                reason="Письмо", act=Act("15-од", date(2026, 11, 24)), by=world.user("school"))  # fmt: skip
    browser, address = as_("municipal"), reverse("roadmap:versions", args=[roadmap.pk])
    asked = {
        query: shown(browser.get(address + query)) for query in ("", "?old=1", "?old=1&new=2", "?old=3&new=2", "?old=9&new=now")
    }
    assert asked == {
        "": [("2.2.", "added")], "?old=1": [("1.1.", "changed"), ("2.2.", "added")], "?old=1&new=2": [("1.1.", "changed")],
        "?old=3&new=2": [("2.2.", "removed")], "?old=9&new=now": [("2.2.", "added")],
    }  # fmt: skip
    text = browser.get(address + "?old=1&new=2").content.decode()
    assert "<del>куратора</del>" in text
    assert "<ins>двух кураторов</ins>" in text
    printed = browser.get(reverse("roadmap:versions_print", args=[roadmap.pk]) + "?old=1&new=2")
    assert (shown(printed), printed.context["old"].number, printed.context["new"].number) == ([("1.1.", "changed")], 1, 2)


def test_a_plan_without_versions_says_so(world: World, as_: Callable[[str], Any]) -> None:
    page = as_("school").get(reverse("roadmap:versions", args=[project(world).pk]))
    assert (page.context["versions"], "Версий пока нет" in page.content.decode()) == ([], True)
