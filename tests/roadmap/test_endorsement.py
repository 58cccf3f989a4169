"""The department decides about schools' plans, one by one and many at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import python_calamine
import time_machine
from django.urls import reverse

from nastavnik.core.duties import duties_of
from nastavnik.core.errors import Refusal
from nastavnik.notifications.models import Message
from nastavnik.organisations.actions import open_organisations
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.actions.approval import approve_roadmap
from nastavnik.roadmap.actions.endorsement import endorse_many, endorse_roadmap, return_roadmap
from nastavnik.roadmap.actions.terms import change_terms
from nastavnik.roadmap.models import ApprovalTerms, Roadmap
from nastavnik.roadmap.queries.approval import terms_of
from nastavnik.roadmap.queries.versions import digest_of, lines_of
from tests.roadmap.papers import ORDER, PAPER, approved, endorsed, project, reword
from tests.roadmap.plans import command, told
from tests.worlds import TODAY, World

TERMS = {"endorse_days": 3, "correct_days": 5, "hand_in_on": None, "endorse_amendments": True}


def refusal(act: Callable[[], Any]) -> str:
    """The sentence of a refusal."""
    with pytest.raises(Refusal) as refused:
        act()
    return str(refused.value)


def seen_on(browser: Any, roadmap: Roadmap) -> str:
    """What the page of the decision says was shown."""
    return browser.get(reverse("roadmap:endorsement_form", args=[roadmap.pk])).context["seen"]


def stages(world: World) -> dict[str, str]:
    """Stages of the schools' plans."""
    rows = Roadmap.objects.filter(organisation__kind="school").order_by("organisation__slug")
    return dict(rows.values_list("organisation__slug", "stage"))


def test_the_department_endorses_and_the_school_is_told(world: World, as_: Callable[[str], Any]) -> None:
    roadmap, browser = approved(world), as_("municipal")
    response = command(browser, "endorse_roadmap", roadmap.pk, number="301", on="2026-11-24", comment="Хорошо",
                       seen=seen_on(browser, roadmap))  # fmt: skip
    roadmap.refresh_from_db()
    assert told(response) == ["Школа № 1: карта согласована, школа получила сообщение."]
    assert (roadmap.stage, roadmap.stage_due_on, roadmap.approved_number) == ("endorsed", None, "62-од")
    step = roadmap.steps.get(kind="endorsed")
    assert (step.number, step.on, step.comment, step.organisation.slug, step.version.number) == (
        "301", date(2026, 11, 24), "Хорошо", "lakeside", 2,
    )  # fmt: skip
    found = Message.objects.filter(kind="roadmap.endorsed").values_list("recipient__username", "subject")
    assert sorted(found) == [("school", "Дорожная карта согласована"), ("school_head", "Дорожная карта согласована")]


def test_a_returned_plan_is_corrected_and_approved_again(world: World, as_: Callable[[str], Any]) -> None:
    roadmap, browser = approved(world), as_("municipal")
    silent = command(browser, "return_roadmap", roadmap.pk, comment=" ", seen=seen_on(browser, roadmap))
    assert (silent.status_code, silent.context["comment_form"].errors) == (
        422, {"comment": ["Напишите, что исправить: школа увидит эти слова."]},
    )  # fmt: skip
    response = command(browser, "return_roadmap", roadmap.pk, comment="Назовите день в 1.2", seen=silent.context["seen"])
    roadmap.refresh_from_db()
    assert told(response) == ["Школа № 1: карта возвращена, школа получила ваши замечания."]
    assert (roadmap.stage, roadmap.stage_due_on, roadmap.approved_on) == ("returned", date(2026, 12, 9), None)
    message = Message.objects.get(kind="roadmap.returned", recipient__username="school")
    assert message.body == "Карта school-1\n\nНазовите день в 1.2"
    duty = next(one for one in duties_of(world.user("school"), TODAY) if one.icon == "arrow-back-up")
    assert (duty.title, duty.reason, duty.due_on) == ("Карту вернули: Карта school-1", "Назовите день в 1.2", date(2026, 12, 9))
    reword(roadmap, "1.2.", "Собрать согласия до декабря")  # needs no order while it is being corrected
    approve_roadmap(roadmap, **PAPER, by=world.user("school_head"))
    page = browser.get(reverse("roadmap:endorsement_form", args=[roadmap.pk]))
    assert (page.context["before"].number, page.context["difference"].counts) == (1, {"changed": 1})


def test_what_changed_since_it_was_shown_is_not_endorsed(world: World, as_: Callable[[str], Any]) -> None:
    roadmap, browser = approved(world), as_("municipal")
    seen = seen_on(browser, roadmap)
    reword(roadmap, "1.1.", "Назначить двух кураторов", act=ORDER)
    sentence = "Карту «Карта school-1» изменили, пока вы её смотрели. Проверьте изменения и повторите."
    for name, field in (("endorse_roadmap", "form"), ("return_roadmap", "comment_form")):
        response = command(browser, name, roadmap.pk, comment="Слово", seen=seen)
        form = response.context[field]
        assert (response.status_code, form.non_field_errors(), form["comment"].value()) == (422, [sentence], "Слово")
    assert stages(world) == {"school-1": "approved"}


def test_the_second_of_two_colleagues_is_refused(world: World) -> None:
    roadmap = endorsed(world)
    sentence = "«Школа № 1»: карта сейчас не ждёт согласования."
    assert refusal(lambda: endorse_roadmap(roadmap, by=world.user("municipal_head"))) == sentence
    assert refusal(lambda: return_roadmap(roadmap, comment="Нет", by=world.user("municipal_head"))) == sentence
    assert refusal(lambda: endorse_roadmap(world.roadmap, by=world.user("municipal_head"))) == (
        "«Приозёрный округ»: карта сейчас не ждёт согласования."
    )


def test_many_are_endorsed_after_a_preview(world: World, as_: Callable[[str], Any]) -> None:
    plans = [approved(world, slug) for slug in ("school-1", "school-2", "school-10")]
    browser, keys = as_("municipal"), [plan.pk for plan in plans]
    preview = command(browser, "decide_many", decision="endorse", chosen=[*keys, world.roadmap.pk])
    shown = preview.context["preview"]
    assert ([one.roadmap.organisation.slug for one in shown.waiting], shown.passed_over, stages(world)) == (
        ["school-1", "school-2", "school-10"], 1, {"school-1": "approved", "school-10": "approved", "school-2": "approved"},
    )  # fmt: skip
    reword(plans[1], "1.1.", "Другое", act=ORDER)
    seen = {f"seen-{one.roadmap.pk}": one.seen for one in shown.waiting}
    response = command(browser, "decide_many", decision="endorse", confirmed="1", chosen=keys, number="302", **seen)
    assert told(response) == [
        "Согласовано карт: 2.",
        "Карту «Карта school-2» изменили, пока вы её смотрели. Проверьте изменения и повторите.",
    ]
    assert stages(world) == {"school-1": "endorsed", "school-10": "endorsed", "school-2": "approved"}


def test_many_are_returned_with_one_comment(world: World, as_: Callable[[str], Any]) -> None:
    plans = [approved(world, slug) for slug in ("school-1", "school-2")]
    browser, keys = as_("municipal"), [plan.pk for plan in plans]
    seen = {f"seen-{plan.pk}": digest_of(lines_of(plan)) for plan in plans}
    silent = command(browser, "decide_many", decision="return", confirmed="1", chosen=keys, comment="", **seen)
    assert (silent.status_code, list(silent.context["form"].errors)) == (422, ["comment"])
    response = command(browser, "decide_many", decision="return", confirmed="1", chosen=keys, comment="Сроки", **seen)
    assert (told(response), stages(world)) == (["Возвращено карт: 2."], {"school-1": "returned", "school-2": "returned"})


def test_without_a_preview_nothing_is_decided(world: World) -> None:
    outcome = endorse_many([approved(world)], seen={}, by=world.user("municipal"))
    assert (outcome.done, len(outcome.refused), stages(world)) == (0, 1, {"school-1": "approved"})


def test_a_region_reads_and_does_not_decide(world: World, as_: Callable[[str], Any]) -> None:
    roadmap, browser = approved(world), as_("region")
    page = browser.get(reverse("roadmap:school_plans"))
    assert [(one.school.slug, one.stage) for one in page.context["lines"]] == [
        ("upland-school", "none"), ("school-1", "approved"), ("school-2", "none"), ("school-10", "none"),
    ]  # fmt: skip
    assert browser.post(reverse("roadmap:endorse_roadmap", args=[roadmap.pk]), {}).status_code == 403
    assert browser.post(reverse("roadmap:decide_many"), {}).status_code == 403
    assert [
        one.school.slug for one in browser.get(reverse("roadmap:school_plans"), {"municipality": "upland"}).context["lines"]
    ] == ["upland-school"]


def test_the_list_tells_who_is_late(world: World, as_: Callable[[str], Any]) -> None:
    change_terms(world.place("lakeside"), **{**TERMS, "hand_in_on": date(2026, 10, 1)}, version=1, by=world.user("municipal"))
    approved(world)
    project(world, "school-2")
    page = as_("municipal").get(reverse("roadmap:school_plans"))
    assert [(one.school.slug, one.stage, one.late, one.due_on) for one in page.context["lines"]] == [
        ("school-1", "approved", False, date(2026, 11, 30)), ("school-2", "draft", True, date(2026, 10, 1)),
        ("school-10", "none", True, date(2026, 10, 1)),
    ]  # fmt: skip
    assert page.context["counts"] == {"none": 1, "draft": 1, "approved": 1, "returned": 0, "endorsed": 0, "late": 2}
    for stage, slugs in {"late": ["school-2", "school-10"], "approved": ["school-1"], "none": ["school-10"]}.items():
        found = as_("municipal").get(reverse("roadmap:school_plans"), {"stage": stage}).context["lines"]
        assert [one.school.slug for one in found] == slugs
    duties = {one.title: one for one in duties_of(world.user("municipal"), TODAY)}
    assert duties["Согласуйте дорожные карты школ: 1"].due_on == date(2026, 11, 30)
    assert duties["Не сдали дорожную карту, школ: 2"].reason == "Школа № 2, Школа № 10"
    assert [
        one.title for one in duties_of(world.user("upland"), TODAY) if "Согласуйте" in one.title or "Не сдали" in one.title
    ] == []


def test_of_two_years_each_shows_its_own_plan(world: World, as_: Callable[[str], Any]) -> None:
    next_year = project(world)
    Roadmap.objects.filter(pk=next_year.pk).update(starts_on=date(2027, 9, 1), ends_on=date(2028, 8, 31), source_digest="")
    approved(world)
    shown = {
        year: as_("municipal").get(reverse("roadmap:school_plans"), {"year": year}).context["lines"][0].stage
        for year in ("2026", "2027", "nonsense")
    }
    assert shown == {"2026": "approved", "2027": "draft", "nonsense": "approved"}


def test_the_day_of_handing_in_is_about_one_year(world: World, as_: Callable[[str], Any]) -> None:
    change_terms(world.place("lakeside"), **{**TERMS, "hand_in_on": date(2026, 10, 1)}, version=1, by=world.user("municipal"))
    next_year = project(world)
    Roadmap.objects.filter(pk=next_year.pk).update(starts_on=date(2027, 9, 1), ends_on=date(2028, 8, 31), source_digest="")
    shown = {}
    for year in ("2025", "2026", "2027"):
        context = as_("municipal").get(reverse("roadmap:school_plans"), {"year": year}).context
        shown[year] = (context["hand_in_on"], {one.due_on for one in context["lines"]}, context["counts"]["late"])
    day = date(2026, 10, 1)
    assert shown == {"2025": (None, {None}, 0), "2026": (day, {day}, 3), "2027": (None, {None}, 0)}
    detail = as_("school").get(reverse("roadmap:roadmap_detail", args=[next_year.pk]))
    assert [(one.day, one.late) for one in detail.context["ribbon"].stations] == [(None, False)] * 3
    assert [one.title for one in duties_of(world.user("school"), TODAY) if one.icon == "signature"] == []


def test_from_may_on_the_next_year_is_asked(world: World, as_: Callable[[str], Any]) -> None:
    project(world)
    for day, year in ((date(2026, 4, 30), 2025), (date(2026, 5, 1), 2026), (date(2027, 4, 30), 2026), (date(2027, 5, 1), 2027)):
        change_terms(world.place("lakeside"), **{**TERMS, "hand_in_on": day}, by=world.user("municipal"),
                     version=terms_of(world.place("lakeside")).version)  # fmt: skip
        asked = {
            begins: as_("municipal").get(reverse("roadmap:school_plans"), {"year": str(begins)}).context["lines"][1].due_on
            for begins in (2025, 2026, 2027)
        }
        assert asked == {2025: None, 2026: None, 2027: None} | {year: day}
    with time_machine.travel(datetime(2027, 6, 1, 9, tzinfo=UTC)):
        late = [one.url for one in duties_of(world.user("municipal"), date(2027, 6, 1)) if "Не сдали" in one.title]
    assert late == [f"{reverse('roadmap:school_plans')}?stage=late&year=2027"]


def test_the_export_is_what_the_screen_shows(world: World, as_: Callable[[str], Any]) -> None:
    return_roadmap(approved(world), comment="Назовите день", by=world.user("municipal"))
    answer = as_("municipal").get(reverse("roadmap:school_plans_export"), {"stage": "returned"})
    rows = python_calamine.CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0)
    assert rows.to_python()[1:] == [["Школа № 1", "Карта school-1", "На доработке", date(2026, 12, 9), "", "", "", "Назовите день"]]


def test_the_list_costs_the_same_with_more_schools(
    world: World, as_: Callable[[str], Any], count_queries: Callable[[Callable[[], Any]], int]
) -> None:
    approved(world)
    browser, address = as_("municipal"), reverse("roadmap:school_plans")
    before = count_queries(lambda: browser.get(address))
    approved(world, "school-2")
    return_roadmap(approved(world, "school-10"), comment="Нет", by=world.user("municipal"))
    open_organisations(
        [{"kind": OrganisationKind.SCHOOL, "name": f"Школа посёлка {place}"} for place in range(3)],
        parent=world.place("lakeside"), by=None,
    )  # fmt: skip
    assert (count_queries(lambda: browser.get(address)), before) == (before, 9)


def test_the_list_is_paged(world: World, as_: Callable[[str], Any]) -> None:
    cards = [{"kind": OrganisationKind.SCHOOL, "name": f"Школа посёлка {place}"} for place in range(60)]
    open_organisations(cards, parent=world.place("lakeside"), by=None)
    browser, found = as_("municipal"), []
    for order in ("", "due"):
        page = browser.get(reverse("roadmap:school_plans"), {"order": order}).context["page"]
        after = browser.get(reverse("roadmap:school_plans"), {"order": order, "after": page.next}).context["page"]
        found.append((len(page.rows), len(after.rows), len({one.pk for one in [*page.rows, *after.rows]}), after.next))
    assert found == [(50, 13, 63, ""), (50, 13, 63, "")]


def test_terms_are_the_municipalitys_own(world: World, as_: Callable[[str], Any]) -> None:
    form = {"endorse_days": "3", "correct_days": "4", "hand_in_on": "2026-10-01", "version": "1"}
    assert told(command(as_("municipal"), "save_terms", **form)) == ["Сроки сохранены. Они действуют для следующих шагов."]
    terms = ApprovalTerms.objects.get(organisation__slug="lakeside")
    assert (terms.endorse_days, terms.correct_days, terms.hand_in_on, terms.endorse_amendments, terms.version) == (
        3, 4, date(2026, 10, 1), False, 2,
    )  # fmt: skip
    late = command(as_("municipal_head"), "save_terms", **form)
    assert (late.status_code, late.context["form"].non_field_errors()) == (
        422, ["Сроки тем временем изменил другой человек. Откройте страницу ещё раз и проверьте."],
    )  # fmt: skip
    assert approved(world).stage_due_on == TODAY + timedelta(days=5)  # three working days after a Wednesday
    assert as_("upland").get(reverse("roadmap:terms_form")).context["form"]["endorse_days"].value() == 10
