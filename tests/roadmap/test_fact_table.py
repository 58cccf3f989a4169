"""The page «Факты», plans as facts, and facts of the built-in plan."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from nastavnik.organisations.actions import open_organisation
from nastavnik.organisations.calendars import school_year_of, year_within, years_of_period
from nastavnik.roadmap.actions.assignments import add_link
from nastavnik.roadmap.actions.drafts import accept_draft
from nastavnik.roadmap.actions.fact_binding import bind_facts
from nastavnik.roadmap.actions.facts import sweep_facts, touch_plan
from nastavnik.roadmap.actions.plans import archive_roadmap, create_empty_roadmap
from nastavnik.roadmap.actions.templates import start_from_template
from nastavnik.roadmap.models import FactState, Roadmap
from tests.worlds import World, names_on


def answers(slug: str, code: str) -> list[tuple[bool, int, int, str]]:
    """What is stored about an organisation."""
    rows = FactState.objects.filter(organisation__slug=slug, code=code, measure=None)
    return list(rows.values_list("holds", "done", "total", "words"))


def table(browser: Any, **query: str) -> Any:
    """The table of a page."""
    return browser.get(reverse("roadmap:fact_table"), query).context["table"]


def test_each_number_is_the_list_that_it_counts(world: World, as_: Callable[[str], Any]) -> None:
    sweep_facts()
    bind_facts(world.measure("1.2."), codes=["evidence_uploaded"], by=None)
    add_link(world.assignment("1.2.", "school-1"), title="", url="https://example.org/1", by=world.user("school"))
    browser = as_("municipal")
    heads = {fact.code: (count.holding, count.total) for fact, count in table(browser).heads}
    assert (heads["coordinator_appointed"], heads["evidence_uploaded"]) == ((3, 4), (1, 3))
    holding = table(browser, fact="coordinator_appointed", holds="yes")
    asked = table(browser, fact="coordinator_appointed")
    assert [[place.slug for place, _cells in found.rows] for found in (holding, asked)] == [
        ["lakeside", "school-1", "school-2"], ["lakeside", "school-1", "school-2", "school-10"],
    ]  # fmt: skip
    for query, number in (({"holds": "yes"}, 1), ({}, 3), ({"holds": "no"}, 2)):
        listed = browser.get(reverse("roadmap:assignment_list"), {"fact": "evidence_uploaded", **query}).context["page"].rows
        assert len(listed) == number
    assert names_on(browser.get(reverse("roadmap:fact_table")).content.decode()) == []


def test_a_region_reads_its_municipalities_and_a_school_itself(world: World, as_: Callable[[str], Any]) -> None:
    sweep_facts()
    assert [place.slug for place, _cells in table(as_("school")).rows] == ["school-1"]
    slugs = [place.slug for place, _cells in table(as_("region"), kind="municipality").rows]
    assert slugs == ["upland", "lakeside"]
    (row,) = table(as_("region"), kind="municipality", q="Приозёрный").rows
    assert [(cell.state.done, cell.state.total) for cell in row[1] if cell.fact.code == "coordinator_appointed"] == [(2, 3)]


def test_the_cost_does_not_grow_with_organisations(
    world: World, as_: Callable[[str], Any], count_queries: Callable[[Callable[[], Any]], int]
) -> None:
    bind_facts(world.measure("1.1."), codes=["coordinator_appointed"], by=None)
    sweep_facts()
    browser = as_("municipal")
    address, listed = reverse("roadmap:fact_table"), reverse("roadmap:assignment_list")
    one = [count_queries(lambda: browser.get(address, {"q": "Школа № 2"})), count_queries(lambda: browser.get(address))]
    lists = [
        count_queries(lambda: browser.get(listed, {"q": "Школа № 2"})), count_queries(lambda: browser.get(listed, {"q": "Школа"}))
    ]  # fmt: skip
    assert (one, lists) == ([8, 8], [12, 12])


def test_the_stage_of_the_own_plan(world: World) -> None:
    sweep_facts()
    assert answers("school-1", "roadmap_approved") == [(False, 0, 1, "Своей дорожной карты на этот год нет.")]
    plan = create_empty_roadmap(
        world.place("school-1"), title="Карта школы", starts_on=date(2026, 9, 1), ends_on=date(2027, 6, 30), by=None
    )
    assert answers("school-1", "roadmap_approved") == [(False, 0, 1, "Дорожная карта ещё проект.")]
    Roadmap.objects.filter(pk=plan.pk).update(stage="approved", approved_on=date(2026, 10, 1), approved_number="7")
    touch_plan(plan.organisation_id, by=None)
    assert answers("school-1", "roadmap_approved") == [(True, 1, 1, "Дорожная карта утверждена 01.10.2026, № 7.")]
    assert answers("lakeside", "roadmap_endorsed") == [(False, 0, 3, "Согласованы дорожные карты 0 из 3 школ.")]
    Roadmap.objects.filter(pk=plan.pk).update(stage="endorsed")
    touch_plan(plan.organisation_id, by=None)
    assert answers("school-1", "roadmap_endorsed") == [(True, 1, 1, "Дорожная карта согласована.")]
    assert answers("lakeside", "roadmap_endorsed") == [(False, 1, 3, "Согласованы дорожные карты 1 из 3 школ.")]
    assert FactState.objects.get(organisation__slug="school-1", code="roadmap_endorsed").since == timezone.localdate()
    plan.refresh_from_db()
    archive_roadmap(plan, reason="Новая", by=None)
    assert answers("school-1", "roadmap_endorsed") == [(False, 0, 1, "Своей дорожной карты на этот год нет.")]
    assert answers("upland-school", "roadmap_endorsed") == [(False, 0, 1, "Своей дорожной карты на этот год нет.")]


def test_measures_of_the_built_in_plan_are_bound(world: World, run_jobs: Callable[[], None]) -> None:
    place = open_organisation(kind="municipality", name="Дальний округ", parent=world.place("region"), by=None, slug="far")
    open_organisation(kind="school", name="Дальняя школа", parent=place, by=None, slug="far-school")
    draft = start_from_template(place, year=school_year_of(timezone.localdate()), by=None)
    plan = accept_draft(draft, by=None)
    run_jobs()
    pairs = plan.measures.filter(facts__isnull=False).order_by("position", "facts__code")
    assert list(pairs.values_list("template_code", "facts__code")) == [
        ("municipal_roadmap", "roadmap_approved"), ("school_list", "school_list_approved"),
        ("coordinators", "coordinator_appointed"), ("coordinators", "schools_have_coordinators"),
        ("regulation", "evidence_uploaded"), ("school_roadmap", "roadmap_approved"), ("endorsement", "roadmap_endorsed"),
        ("school_order", "evidence_uploaded"), ("internal_monitoring", "report_received"),
        ("monitoring_results", "report_received"),
    ]  # fmt: skip
    about_work = plan.assignments.filter(measure__facts__code__in=["evidence_uploaded", "report_received"])
    assert FactState.objects.filter(organisation__municipality=place).exclude(measure=None).count() == about_work.count() > 0


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (date(2026, 9, 1), date(2027, 8, 31), [2026]), (date(2026, 8, 15), date(2027, 9, 15), [2026]),
        (date(2026, 9, 1), date(2029, 8, 31), [2026, 2027, 2028]), (date(2026, 10, 1), date(2026, 10, 31), [2026]),
        (date(2026, 1, 1), date(2026, 12, 31), [2025, 2026]), (None, date(2027, 8, 31), []),
    ],
)  # fmt: skip
def test_the_school_years_of_a_period(start: date | None, end: date, years: list[int]) -> None:
    assert [year.begins for year in years_of_period(start, end)] == years


def test_a_day_is_held_within_the_years_of_the_period() -> None:
    days = [date(2026, 8, 20), date(2027, 8, 31), date(2028, 1, 1), date(2035, 1, 1)]
    found = [year_within(date(2026, 9, 1), date(2028, 8, 31), day).begins for day in days]
    assert (found, year_within(None, None, days[0]).begins) == ([2026, 2026, 2027, 2027], 2025)
