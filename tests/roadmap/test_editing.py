"""A plan at work is changed by hand: sections, measures, reasons, two people at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse

from nastavnik.audit.models import Change
from nastavnik.roadmap.models import Measure
from tests.roadmap.plans import command, told
from tests.worlds import World, untouched

UNCHANGED = {"party_0": "Руководители ОО", "role_0": "school_head|each_school", "version": "1", "reason": "Уточнение"}


def test_a_section_is_renamed(world: World, as_: Callable[[str], Any]) -> None:
    section, browser = world.roadmap.sections.get(position=0), as_("municipal")
    form = browser.get(reverse("roadmap:change_section", args=[section.pk])).context["form"]
    assert (form["number"].value(), form["title"].value()) == ("1.", "Подготовка условий")
    response = command(browser, "rename_section", section.pk, number="I", title="Подготовка")
    section.refresh_from_db()
    assert (told(response), section.number, section.title) == (["Раздел переименован."], "I", "Подготовка")


def test_a_section_needs_a_title(world: World, as_: Callable[[str], Any]) -> None:
    section = world.roadmap.sections.get(position=0)
    response = command(as_("municipal"), "rename_section", section.pk, number="I", title="")
    section.refresh_from_db()
    assert (response.status_code, list(response.context["form"].errors), section.number) == (422, ["title"], "1.")


def test_a_change_needs_a_reason_and_keeps_what_was_typed(world: World, as_: Callable[[str], Any]) -> None:
    measure = world.measure("1.1.")
    before = untouched(Measure.objects)
    response = command(as_("municipal"), "save_measure", measure.pk, text="Новый текст", mode="phrase", phrase="Сентябрь 2026",
                       **{**UNCHANGED, "reason": " "})  # fmt: skip
    form = response.context["form"]
    assert (response.status_code, form.errors, form["text"].value(), untouched(Measure.objects)) == (
        422, {"reason": ["Напишите, почему мероприятие меняется."]}, "Новый текст", before,
    )  # fmt: skip


def test_a_change_of_the_text_leaves_the_deadline_alone(world: World, as_: Callable[[str], Any]) -> None:
    """«Согласно графику ОО» was settled by a day: the words would give no day when they are read again."""
    browser, measure = as_("municipal"), world.measure("2.1.")
    command(browser, "save_measure", measure.pk, text=measure.text, mode="by", by_day="2026-12-10", **UNCHANGED)
    form = browser.get(reverse("roadmap:measure_form", args=[measure.pk])).context["form"]
    typed = {name: form[name].value() for name in ("number", "text", "mode", "phrase", "by_day")}
    command(browser, "save_measure", measure.pk, **{**typed, "text": "Обучение"}, **{**UNCHANGED, "version": "2"})
    measure.refresh_from_db()
    assert (measure.text, measure.deadline_kind, measure.ends_on, measure.version) == ("Обучение", "by", date(2026, 12, 10), 3)
    assert set(measure.assignments.values_list("due_on", "awaits_date")) == {(date(2026, 12, 10), False)}


def test_a_new_day_is_what_the_paper_says_from_then_on(world: World, as_: Callable[[str], Any]) -> None:
    measure = world.measure("1.2.")
    command(as_("municipal"), "save_measure", measure.pk, text=measure.text, mode="by", by_day="2026-12-01", **UNCHANGED)
    measure.refresh_from_db()
    line = Change.objects.filter(action="roadmap.measure_changed").latest("pk")
    assert (measure.deadline_text, line.before["deadline"], line.reason) == ("до 01.12.2026", "до 13.10.2026", "Уточнение")


def test_two_people_do_not_overwrite_each_other(world: World, as_: Callable[[str], Any]) -> None:
    measure, form = world.measure("1.1."), {"mode": "phrase", "phrase": "Сентябрь 2026", **UNCHANGED}
    command(as_("municipal"), "save_measure", measure.pk, text="Первый", **form)
    late = command(as_("municipal_head"), "save_measure", measure.pk, text="Второй", **form)
    measure.refresh_from_db()
    assert late.context["form"].non_field_errors() == [
        "Мероприятие тем временем изменил другой человек. Проверьте свой текст и сохраните ещё раз."
    ]
    assert (late.status_code, measure.text, late.context["form"]["text"].value()) == (422, "Первый", "Второй")


def test_a_partner_is_named_in_a_plan_at_work_and_stays_named(world: World, as_: Callable[[str], Any]) -> None:
    browser, measure, maker = as_("municipal"), world.measure("1.1."), world.place("partner")
    named = {"party_1": "завод", "role_1": f"organisation|{maker.pk}"}
    command(browser, "save_measure", measure.pk, text="Экскурсия", mode="phrase", phrase="Сентябрь 2026", **UNCHANGED, **named)
    slugs = measure.assignments.order_by("organisation__sort_key").values_list("organisation__slug", flat=True)
    assert sorted(slugs) == ["partner", "school-1", "school-10", "school-2"]
    form = browser.get(reverse("roadmap:measure_form", args=[measure.pk])).context["form"]
    assert [role.value() for _words, role in form.party_rows][:2] == ["school_head|each_school", f"organisation|{maker.pk}"]
