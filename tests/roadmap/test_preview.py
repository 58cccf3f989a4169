"""The preview: what is marked, how a line is corrected, what stays untouched, how long plans stay light."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.roadmap.models import PlanDraft, ResponsibleParty, Roadmap
from planreader.model import DeadlineKind
from tests.roadmap.plans import command, draft_with, line_of, printed, told
from tests.worlds import World

PARTY = {"party_0": "Руководители ОО", "role_0": "school_head|each_school"}


def detail(draft: PlanDraft, query: str = "") -> str:
    """The address of the preview."""
    return reverse("roadmap:draft_detail", args=[draft.pk]) + query


@pytest.fixture
def draft(world: World) -> PlanDraft:
    """One measure that is understood, one with a doubtful term, one with an unknown party, one that is external."""
    return draft_with(
        world,
        printed("1.1.", "Приказ", "до 01.12.2026", "Руководители ОО"),
        printed("1.2.", "Опрос", "абракадабра", "Кураторы ОО"),
        printed("1.3.", "Отчёт", "до 20.12.2026", "МУ ОО"),
        printed("1.4.", "Обмен опытом", "по согласованию с РЦН", "МУ ОО"),
    )


def test_only_the_doubtful_words_are_marked(world: World, as_: Callable[[str], Any], draft: PlanDraft) -> None:
    plan = draft.plan
    third = plan["sections"][0]["measures"][2]
    third["parties"] = [{"text": "Дед Мазай", "role": "other", "scope": "unknown", "name": None}]
    third["warnings"] = ["Исполнитель «Дед Мазай» не распознан."]
    PlanDraft.objects.filter(pk=draft.pk).update(plan=plan)
    text = as_("municipal").get(detail(draft)).content.decode()
    assert re.findall(r"<mark>(.*?)</mark>", text) == ["абракадабра", "Дед Мазай", "по согласованию с РЦН"]


@pytest.mark.parametrize(
    ("form", "kind", "ends"),
    [
        ({"mode": "by", "by_day": "2026-12-20"}, DeadlineKind.BY, [date(2026, 12, 20)]),
        ({"mode": "range", "start": "2026-12-01", "end": "2026-12-20"}, DeadlineKind.RANGE, [date(2026, 12, 20)]),
        ({"mode": "list", "days": "20.05.2027, 15.12.2026"}, DeadlineKind.LIST, [date(2026, 12, 15), date(2027, 5, 20)]),
        ({"mode": "recurring", "rhythm": "half_yearly"}, DeadlineKind.RECURRING, [date(2026, 12, 31), date(2027, 5, 31)]),
        ({"mode": "whole_period"}, DeadlineKind.WHOLE_PERIOD, [date(2027, 8, 31)]),
        ({"mode": "on_demand"}, DeadlineKind.ON_DEMAND, []),
        ({"mode": "phrase", "phrase": "не позднее 3 марта"}, DeadlineKind.BY, [date(2027, 3, 3)]),
    ],
)  # fmt: skip
def test_every_kind_of_deadline_can_be_chosen(
    world: World, as_: Callable[[str], Any], draft: PlanDraft, form: dict[str, str], kind: DeadlineKind, ends: list[date]
) -> None:
    command(as_("municipal"), "save_line", draft.pk, 1, text="Опрос", **form, **PARTY)
    deadline = line_of(draft, 1).measure.deadline
    words = form.get("phrase", "абракадабра")
    assert (deadline.kind, [span.end for span in deadline.occurrences], deadline.text) == (kind, ends, words)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"mode": "list", "days": "завтра"}, {"days": ["«завтра» не день. Пишите так: 15.12.2026."]}),
        ({"mode": "list", "days": " , "}, {"days": ["Укажите хотя бы один день."]}),
        ({"mode": "by", "text": ""}, {"by_day": ["Укажите день."], "text": ["Обязательное поле."]}),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    world: World, as_: Callable[[str], Any], draft: PlanDraft, form: dict[str, str], words: dict[str, list[str]]
) -> None:
    response = command(as_("municipal"), "save_line", draft.pk, 1, **{"text": "Мой текст", **form}, **PARTY)
    shown = unescape(re.search(r"<textarea name=\"text\"[^>]*>\s*(.*?)</textarea>", response.content.decode())[1])  # type: ignore[index]
    assert (response.status_code, response.context["form"].errors, shown) == (422, words, form.get("text", "Мой текст"))


def test_a_day_that_was_chosen_survives_another_correction(world: World, as_: Callable[[str], Any], draft: PlanDraft) -> None:
    browser = as_("municipal")
    command(browser, "save_line", draft.pk, 1, text="Опрос", mode="by", by_day="2026-12-20", **PARTY)
    form = browser.get(detail(draft, "?edit=1")).context["form"]
    assert (form["mode"].value(), form["by_day"].value()) == ("by", date(2026, 12, 20))
    command(browser, "save_line", draft.pk, 1, text="Опрос школ", mode="by", by_day="2026-12-20", **PARTY)
    line = line_of(draft, 1)
    assert (line.measure.text, line.measure.deadline.end, line.printed.text) == ("Опрос школ", date(2026, 12, 20), "Опрос")


def test_parties_are_added_renamed_and_taken_away(world: World, as_: Callable[[str], Any], draft: PlanDraft) -> None:
    browser, maker = as_("municipal"), world.place("partner")
    command(browser, "save_line", draft.pk, 1, text="Опрос", mode="on_demand", party_0="", role_0="school_coordinator|each_school",
            party_1="МУ ОО", role_1="", party_2="наш завод", role_2=f"organisation|{maker.pk}")  # fmt: skip
    parties = line_of(draft, 1).measure.parties
    assert [(party.text, party.role.value, party.name) for party in parties] == [
        ("МУ ОО", "municipal_department", None), ("наш завод", "partner", "Завод «Маяк»"),
    ]  # fmt: skip
    form = browser.get(detail(draft, "?edit=1")).context["form"]
    assert [role.value() for _words, role in form.party_rows] == [
        "municipal_department|municipality", f"organisation|{maker.pk}", "", "",
    ]  # fmt: skip


def test_a_named_partner_gets_the_task(
    world: World, as_: Callable[[str], Any], draft: PlanDraft, run_jobs: Callable[[], None]
) -> None:
    browser, maker = as_("municipal"), world.place("partner")
    command(browser, "save_line", draft.pk, 1, text="Опрос", mode="by", by_day="2026-12-20", party_0="завод",
            role_0=f"organisation|{maker.pk}")  # fmt: skip
    command(browser, "accept_draft", draft.pk)
    run_jobs()
    measure = Roadmap.objects.get(title="Дорожная карта").measures.get(text="Опрос")
    assert list(measure.assignments.values_list("organisation__slug", "due_on")) == [("partner", date(2026, 12, 20))]
    assert ResponsibleParty.objects.get(measure=measure).organisation_id == maker.pk


def test_the_neighbours_partner_cannot_be_named(world: World, as_: Callable[[str], Any], draft: PlanDraft) -> None:
    foreign = world.place("upland-school")
    response = command(as_("municipal"), "save_line", draft.pk, 1, text="Опрос", mode="on_demand", party_0="они",
                       role_0=f"organisation|{foreign.pk}")  # fmt: skip
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["role_0"])


def test_a_decision_leads_to_the_next_doubtful_line(world: World, as_: Callable[[str], Any], draft: PlanDraft) -> None:
    browser = as_("municipal")

    def goes_to(name: str, *args: Any, **form: Any) -> str:
        return browser.post(reverse(f"roadmap:{name}", args=[draft.pk, *args]), form).url.removeprefix(detail(draft))

    assert goes_to("decide_line", 1, "undated") == "?edit=3#line-3"
    assert goes_to("decide_line", 3, "confirm") == "?section=0&from=3#open-3"
    assert goes_to("decide_line", 0, "out") == "?section=0&from=0#open-0"


def test_two_tabs_do_not_overwrite_each_other(world: World, as_: Callable[[str], Any], draft: PlanDraft) -> None:
    browser, form = as_("municipal"), {"mode": "by", "by_day": "2026-12-20", "version": "1", **PARTY}
    command(browser, "save_line", draft.pk, 1, text="Первое", **form)
    late = command(browser, "save_line", draft.pk, 1, text="Второе", **form)
    assert told(late) == ["План тем временем правили в другом окне. Проверьте свою правку и сохраните ещё раз."]
    assert (late.status_code, late.context["form"]["text"].value(), line_of(draft, 1).measure.text) == (422, "Второе", "Первое")


@pytest.mark.parametrize(
    ("query", "words", "errors"),
    [
        ({"mode": "recurring", "rhythm": "half_yearly"}, "1 раз в полугодие", []),
        ({"mode": "by"}, "", ["Укажите день."]),
        ({"mode": "whole_period"}, "01.09.2026 – 31.08.2027", []),
        ({"mode": "list", "days": "15.12.2026"}, "до 15.12.2026", []),
    ],
)
def test_a_chosen_kind_is_shown_as_it_is_understood(
    world: World, as_: Callable[[str], Any], query: dict[str, str], words: str, errors: list[str]
) -> None:
    horizon = {"from": "2026-09-01", "to": "2027-08-31"}
    response = as_("municipal").get(reverse("roadmap:read_phrase"), {**horizon, **query})
    assert (response.context["words"], response.context["errors"]) == (words, errors)


def test_500_doubtful_lines_are_shown_part_by_part(world: World, as_: Callable[[str], Any], count_queries: Any) -> None:
    long = draft_with(world, *(printed(f"{n}.", f"Мероприятие {n}", "абракадабра", "Кураторы ОО") for n in range(500)))
    browser = as_("municipal")
    first = browser.get(detail(long))
    assert ([line.index for line in first.context["doubts"].lines], len(first.content) < 100_000) == (list(range(30)), True)
    last = browser.get(detail(long, "?doubt=480"))
    assert [line.index for line in last.context["doubts"].lines] == list(range(480, 500))
    edited = browser.get(detail(long, "?edit=471"))
    assert (len(edited.context["doubts"].lines), 'id="line-471"' in edited.content.decode()) == (30, True)
    short = draft_with(world, printed("1.", "Одно", "абракадабра", "Кураторы ОО"), title="Другая")
    assert count_queries(lambda: browser.get(detail(long))) == count_queries(lambda: browser.get(detail(short)))


def test_a_long_section_is_shown_part_by_part(world: World, as_: Callable[[str], Any]) -> None:
    long = draft_with(world, *(printed(f"{n}.", f"Мероприятие {n}", "Октябрь 2026", "Кураторы ОО") for n in range(500)))
    response = as_("municipal").get(detail(long, "?from=30"))
    stretch = response.context["section"]["stretch"]
    assert ([line.index for line in stretch.lines], stretch.previous, stretch.following) == (list(range(30, 60)), 0, 60)
    assert (len(response.content) < 100_000) is True


def test_a_discarded_draft_leads_back_to_the_upload(world: World, as_: Callable[[str], Any], draft: PlanDraft) -> None:
    browser = as_("municipal")
    command(browser, "discard_draft", draft.pk)
    assert browser.get(detail(draft)).url == reverse("roadmap:upload_plan")


def test_the_plan_at_work_is_one_click_away_when_it_is_uploaded_again(
    world: World, as_: Callable[[str], Any], draft: PlanDraft
) -> None:
    from nastavnik.roadmap.actions.drafts import PlanAlreadyAcceptedError, open_draft
    from planreader import plan_from_json

    browser = as_("municipal")
    command(browser, "decide_line", draft.pk, 1, "undated")
    command(browser, "accept_draft", draft.pk)
    with pytest.raises(PlanAlreadyAcceptedError) as refused:
        open_draft(world.place("lakeside"), plan_from_json(draft.plan), source_name="Копия.docx", by=None)
    assert refused.value.roadmap == Roadmap.objects.get(title="Дорожная карта")
