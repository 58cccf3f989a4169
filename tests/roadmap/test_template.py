"""The built-in plan: what is offered, what is taken, what its codes are for."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from nastavnik.organisations.calendars import SchoolYear
from nastavnik.roadmap.models import PlanDraft, Roadmap
from nastavnik.roadmap.queries.templates import is_valid, model_plan, offer_of
from tests.roadmap.plans import command, told
from tests.worlds import TODAY, World


def test_the_chosen_year_fills_the_days(world: World, as_: Callable[[str], Any]) -> None:
    response = as_("municipal").get(reverse("roadmap:choose_from_template"), {"year": "2027"})
    days = [
        measure.deadline.end for _title, entries in response.context["offer"] for _code, measure in entries if measure.deadline.end
    ]
    assert (response.context["form"].initial["year"], min(days).year, max(days).year) == (2027, 2027, 2028)


def test_codes_and_texts_are_unique() -> None:
    entries = [entry for section in model_plan()["sections"] for entry in section["measures"]]
    assert len({entry["code"] for entry in entries}) == len({entry["text"] for entry in entries}) == len(entries)
    assert is_valid(model_plan(), TODAY) is True


def test_only_what_was_ticked_is_taken_and_numbered_anew(world: World, as_: Callable[[str], Any], run_jobs: Any) -> None:
    offer = offer_of(SchoolYear(2026), model_plan())
    (_first, opening), (_third, later) = offer[0], offer[2]
    chosen = [opening[1][0], later[0][0], later[1][0]]
    browser = as_("municipal")
    browser.post(reverse("roadmap:begin_from_template"), {"year": "2026", "chosen": "1", "code": chosen})
    draft = PlanDraft.objects.get()
    command(browser, "accept_draft", draft.pk)
    run_jobs()
    measures = Roadmap.objects.get(source_name="Типовой план, 2026/27").measures.order_by("position")
    assert [(one.number, one.template_code, one.text) for one in measures] == [
        ("1.1.", chosen[0], opening[1][1].text), ("2.1.", chosen[1], later[0][1].text), ("2.2.", chosen[2], later[1][1].text),
    ]  # fmt: skip


def test_a_measure_keeps_its_code_when_its_words_are_corrected(world: World, as_: Callable[[str], Any]) -> None:
    (_title, entries), browser = offer_of(SchoolYear(2026), model_plan())[0], as_("municipal")
    code = entries[0][0]
    browser.post(reverse("roadmap:begin_from_template"), {"year": "2026", "chosen": "1", "code": [code]})
    draft = PlanDraft.objects.get()
    command(browser, "save_line", draft.pk, 0, text="Своими словами", mode="by", by_day="2026-12-20", party_0="МУ ОО", role_0="")
    command(browser, "accept_draft", draft.pk)
    measure = Roadmap.objects.get(source_name="Типовой план, 2026/27").measures.get()
    assert (measure.text, measure.template_code) == ("Своими словами", code)


def test_nothing_ticked_is_refused(world: World, as_: Callable[[str], Any]) -> None:
    response = as_("municipal").post(reverse("roadmap:begin_from_template"), {"year": "2026", "chosen": "1"}, follow=True)
    assert (told(response), PlanDraft.objects.count()) == (["Выберите хотя бы одно мероприятие."], 0)
