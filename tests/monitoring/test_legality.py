"""What is demanded of organisations, through the pages that people use."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from nastavnik.audit.models import Change
from nastavnik.core.errors import Refusal
from nastavnik.monitoring.actions.marks import mark_requirement
from nastavnik.monitoring.actions.requirements import built_in, load_built_in, write_requirement
from nastavnik.monitoring.models import Requirement, RequirementMark
from nastavnik.monitoring.queries.standings import standings_of
from nastavnik.monitoring.rules import requirements_for, stand_of
from nastavnik.roadmap.facts import Fact, FactAnswer, register_fact
from tests.worlds import TODAY, World, untouched

CHANGED = (
    {"state": "met", "words": "x", "version": "7"},
    "Отметку тем временем изменил другой человек. Проверьте свою и сохраните ещё раз.",
)
URL = "/monitoring/legality/of/school-1/rollout_order/"
ORDER = {"state": "met", "words": "Приказ от 05.09.2026 № 41-о", "version": "0"}


@pytest.fixture
def order_fact(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """A fact about every organisation whose answer the test sets."""
    from nastavnik.roadmap import facts

    answer = [True]
    monkeypatch.setattr(facts, "_facts", dict(facts._facts))
    register_fact(
        Fact(
            "order_there",
            "Приказ есть?",
            lambda asks: {ask: FactAnswer(answer[0], words="Видно системе.") for ask in asks},
            ("school",),
        )
    )
    Requirement.objects.filter(code="rollout_order").update(fact="order_there")
    return answer


def state_of(world: World, slug: str, code: str) -> str:
    """How an organisation stands with a requirement today."""
    (line,) = standings_of([world.place(slug)], TODAY)
    return next(one.state for one in line.stands if one.requirement.code == code)


def test_the_list_of_the_product_is_there_and_comes_once(world: World) -> None:
    entries = built_in("legality")["requirements"]
    load_built_in()
    assert sorted(Requirement.objects.filter(owner=None).values_list("kind", "code")) == sorted(
        (one["kind"], one["code"]) for one in entries
    )


def test_a_school_marks_its_order(as_: Any, world: World) -> None:
    assert state_of(world, "school-1", "rollout_order") == "unknown"
    assert as_("school").post(URL, ORDER).status_code == 302
    assert (state_of(world, "school-1", "rollout_order"), state_of(world, "school-2", "rollout_order")) == ("met", "unknown")
    change = Change.objects.get(action="monitoring.requirement_marked")
    assert (change.after["requirement"], change.after["state"], change.actor_id) == (
        "rollout_order",
        "met",
        world.user("school").pk,
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"state": "met"}, "Назовите документ: вид, дату и номер, или приложите файл или ссылку."),
        ({"state": "not_needed"}, "Напишите, почему это не требуется."),
        CHANGED,
    ],
)  # fmt: skip
def test_what_is_refused_keeps_what_was_typed(as_: Any, world: World, typed: dict[str, str], sentence: str) -> None:
    before = untouched(RequirementMark.objects.all())
    response = as_("school").post(URL, {"version": "0", "url": "https://example.org/", **typed} if "words" in typed else typed)
    text = response.content.decode()
    assert (response.status_code, sentence in text, untouched(RequirementMark.objects.all())) == (422, True, before)


def test_a_second_click_is_told_and_changes_nothing(as_: Any, world: World) -> None:
    browser = as_("school")
    assert [browser.post(URL, ORDER).status_code for _ in range(2)] == [302, 422]
    assert RequirementMark.objects.get().version == 1


def test_a_paper_that_has_run_out_is_a_gap(world: World) -> None:
    place, by = world.place("school-1"), world.user("school")
    mark_requirement(place, "regulation", state="met", words="Положение", valid_to=TODAY, by=by)
    assert state_of(world, "school-1", "regulation") == "met"
    mark_requirement(place, "regulation", state="met", words="Положение", valid_to=TODAY - timedelta(days=1), by=by)
    assert state_of(world, "school-1", "regulation") == "expired"


def test_a_fact_marks_by_itself_and_the_school_can_overrule_what_it_misses(world: World, order_fact: list[bool]) -> None:
    assert state_of(world, "school-1", "rollout_order") == "met"
    order_fact[0] = False
    assert state_of(world, "school-1", "rollout_order") == "missing"
    mark_requirement(world.place("school-1"), "rollout_order", state="met", words="На бумаге, № 41-о", by=world.user("school"))
    assert state_of(world, "school-1", "rollout_order") == "met"


def test_the_department_sees_the_gaps_of_its_schools_only(as_: Any, world: World) -> None:
    mark_requirement(world.place("school-1"), "rollout_order", state="met", words="№ 41-о", by=None)
    text = as_("municipal").get("/monitoring/legality/?gap=rollout_order").content.decode()
    assert re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', text) == ["Школа № 2", "Школа № 10"]


def test_a_school_is_sent_to_its_own_list(as_: Any, world: World) -> None:
    assert as_("school").get("/monitoring/legality/").headers["Location"] == "/monitoring/legality/of/school-1/"


def test_the_table_file_holds_all_standings_of_the_branch(as_: Any, world: World) -> None:
    mark_requirement(world.place("school-2"), "regulation", state="missing", by=None)
    target = b"".join(as_("municipal").get("/monitoring/legality/export/").streaming_content)
    rows = CalamineWorkbook.from_filelike(BytesIO(target)).get_sheet_by_index(0).to_python()
    found = [(row[0], row[2]) for row in rows if row[1] == "Положение о наставничестве"]
    assert found == [("Школа № 1", "Не отмечено"), ("Школа № 2", "Нет"), ("Школа № 10", "Не отмечено")]


def test_as_many_queries_for_one_school_as_for_three(as_: Any, world: World, count_queries: Any) -> None:
    browser = as_("municipal")
    browser.get("/monitoring/legality/")
    one = count_queries(lambda: browser.get("/monitoring/legality/?q=10"))
    assert one == count_queries(lambda: browser.get("/monitoring/legality/"))


def test_a_municipality_replaces_and_takes_away_a_demand_for_its_own_schools(world: World) -> None:
    above = Requirement.objects.get(code="site_section")
    fields = {"kind": "school", "title": "Страница на портале", "source": "Приказ управления", "valid_from": date(2026, 9, 1)}
    own = write_requirement(world.place("lakeside"), code="site_section", by=None, **fields)
    here, there = (
        next(
            one.requirement for one in standings_of([world.place(slug)], TODAY)[0].stands if one.requirement.code == "site_section"
        )
        for slug in ("school-1", "upland-school")
    )
    assert (here, there) == (own, above)
    Requirement.objects.filter(pk=own.pk).update(valid_to=date(2026, 11, 1))
    assert "site_section" not in [one.requirement.code for one in standings_of([world.place("school-1")], TODAY)[0].stands]


def test_the_same_own_demand_twice_from_one_day_is_refused(world: World) -> None:
    fields = {"kind": "school", "title": "Журнал", "source": "Приказ", "valid_from": date(2026, 9, 1)}
    write_requirement(world.place("lakeside"), code="journal", by=None, **fields)
    with pytest.raises(Refusal):
        write_requirement(world.place("lakeside"), code="journal", by=None, **fields)


def test_a_new_demand_is_written_in_a_form_and_seen_by_the_school(as_: Any, world: World) -> None:
    typed = {"kind": "school", "title": "Журнал наставника", "source": "Приказ № 5", "valid_from": "2026-09-01"}
    assert as_("municipal").post("/monitoring/requirements/new/save/", typed).status_code == 302
    page = as_("school").get("/monitoring/legality/of/school-1/").content.decode()
    assert page.count("<b>Журнал наставника</b>") == 1
    assert "Журнал наставника" not in as_("upland_school").get("/monitoring/legality/of/upland-school/").content.decode()


@dataclass(frozen=True)
class Demand:
    """A requirement without a database."""

    code: str
    owner_id: int | None
    valid_from: date
    valid_to: date | None
    kind: str = "school"
    position: int = 1
    title: str = ""


@dataclass(frozen=True)
class Place:
    """A school of municipality 2 in region 1."""

    kind: str = "school"
    region_id: int = 1
    municipality_id: int = 2


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def demands(draw: st.DrawFn) -> Demand:
    """Of the product, the region, the municipality, or somebody else."""
    start = draw(DAYS)
    end = draw(st.none() | DAYS)
    return Demand(draw(st.sampled_from("abc")), draw(st.sampled_from([None, 1, 2, 9])), start, max(start, end) if end else None)


@given(st.lists(demands(), max_size=12), DAYS)
def test_at_most_one_version_of_each_demand_holds_and_it_is_the_nearest(known: list[Demand], day: date) -> None:
    found = requirements_for(known, Place(), day)
    assert len({one.code for one in found}) == len(found)
    for one in found:
        assert one.valid_from <= day
        assert one.valid_to is None or day <= one.valid_to
        assert one.owner_id in (None, 1, 2)
        rivals = [other for other in known if other.code == one.code and other.valid_from <= day and other.owner_id in (None, 1, 2)]
        assert (one.owner_id or 0, one.valid_from) == max((other.owner_id or 0, other.valid_from) for other in rivals)


def test_a_fact_that_does_not_hold_is_a_gap_without_a_mark() -> None:
    stand = stand_of(None, None, FactAnswer(False, words="Нет приказа."), TODAY)
    assert (stand.state, stand.is_gap, stand.words) == ("missing", True, "Нет приказа.")
