"""One list, several views: shared filters, columns, order, the switcher, saved views."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from nastavnik.audit.models import Change
from nastavnik.roadmap.actions.assignments import mark_assignment
from nastavnik.roadmap.actions.saved_views import MOST_VIEWS, save_view
from nastavnik.roadmap.columns import COLUMNS
from nastavnik.roadmap.models import Assignment, DefaultView, SavedView
from nastavnik.roadmap.queries.addresses import address_of, kept_query
from nastavnik.roadmap.queries.calendar import month_of
from nastavnik.roadmap.queries.lists import FILTERS, ORDERS, assignment_rows, filters_of, in_order
from tests.roadmap.plans import told
from tests.worlds import World, untouched

LIST = reverse("roadmap:assignment_list")
NAMES = st.sampled_from([*FILTERS, "order", "column", "dense", "after", "month", "x"])
VALUES = st.one_of(
    st.text(max_size=130),
    st.sampled_from(["", "late", "-due", "-state", "number", "2026-10-01", "9999-99-99", "-1", "99999999", "\x00", "school_head"]),
    st.sampled_from([column.code for column in COLUMNS]),
)
PAIRS = st.lists(st.tuples(NAMES, VALUES), max_size=12)


def query_of(pairs: list[tuple[str, str]]) -> QueryDict:
    """An address' query with these pairs."""
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    return query


@given(PAIRS)
def test_what_a_view_keeps_read_again_gives_itself(pairs: list[tuple[str, str]]) -> None:
    query = query_of(pairs)
    kept = kept_query(query)
    again = QueryDict(kept)
    assert (kept_query(again), filters_of(again)) == (kept, filters_of(query))
    assert set(again) <= {*FILTERS, "order", "column", "dense"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=PAIRS)
def test_nothing_that_an_address_says_breaks_the_list(db: None, pairs: list[tuple[str, str]]) -> None:
    world, query = World(), query_of(pairs)
    user = world.user("municipal")
    rows, order = in_order(assignment_rows(user, query), query)
    found = [one.organisation_id for one in rows.order_by(*order)[:5]]
    branch = set(Assignment.objects.visible_to(user).values_list("organisation_id", flat=True))
    assert (set(found) - branch, order[-1]) == (set(), "pk")


@given(st.one_of(st.none(), st.text(max_size=9), st.from_regex(r"\A\d{4}-\d{1,2}\Z")))
def test_any_month_is_a_month(text: str | None) -> None:
    month = month_of(text)
    assert (month.day, 2000 <= month.year <= 2100) == (1, True)


@pytest.mark.parametrize("name", ["assignment_list", "kanban", "calendar", "assignment_print", "assignment_export"])
@pytest.mark.parametrize(
    "query", ["?q=%00&order=-x&column=zzz", "?from=x&to=2026-13-40&section=-1&lane=x&after=x&month=x", "?roadmap=x"]
)
def test_old_and_broken_addresses_open(world: World, as_: Callable[[str], Any], name: str, query: str) -> None:
    response = as_("municipal").get(reverse(f"roadmap:{name}") + query)
    response.close()
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["organisation", "number", "measure", "due", "state"]),
        ("?column=reason&column=section&column=x", ["organisation", "section", "measure", "state", "reason"]),
        ("?column=municipality", ["organisation", "number", "measure", "due", "state"]),
    ],
)
def test_the_chosen_columns_stand_on_screen_and_on_paper(
    world: World, as_: Callable[[str], Any], query: str, codes: list[str]
) -> None:
    browser = as_("municipal")
    shown = [browser.get(address + query).context["columns"] for address in (LIST, reverse("roadmap:assignment_print"))]
    assert [[column.code for column in columns] for columns in shown] == [codes, codes]


def test_the_region_also_sees_the_municipality(world: World, as_: Callable[[str], Any]) -> None:
    text = as_("region").get(LIST + "?column=municipality&organisation=upland-school").content.decode()
    assert text.count("Нагорный округ</td>") == Assignment.objects.filter(organisation__slug="upland-school").count()


def test_the_file_follows_the_chosen_columns(world: World, as_: Callable[[str], Any]) -> None:
    response = as_("municipal").get(
        reverse("roadmap:assignment_export") + "?column=due&organisation=school-1&state=late&order=-number"
    )
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0).to_python()
    assert [[str(cell) for cell in row] for row in rows] == [
        ["Организация", "Мероприятие", "Сделать до", "Состояние"],
        ["Школа № 1", "Разработка положения", "2026-10-13", "Просрочено"],
        ["Школа № 1", "Назначение кураторов", "2026-09-30", "Просрочено"],
    ]


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize("falls", [False, True], ids=["rises", "falls"])
def test_every_order_walks_all_pages_without_a_gap(
    world: World, as_: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch, name: str, falls: bool
) -> None:
    mark_assignment(world.assignment("1.1.", "school-1"), state="done", by=world.user("school"))
    mark_assignment(world.assignment("1.2.", "school-2"), state="in_progress", by=world.user("school_2"))
    monkeypatch.setattr("nastavnik.core.paging.keyset_page.__kwdefaults__", {"size": 4})
    browser, keys, after = as_("municipal"), [], ""
    while after or not keys:
        page = browser.get(LIST, {"order": f"-{name}" if falls else name, "after": after}).context["page"]
        keys += [one.pk for one in page.rows]
        after = page.next
    assert (len(keys), set(keys)) == (
        len(set(keys)),
        set(Assignment.objects.visible_to(world.user("municipal")).values_list("pk", flat=True)),
    )


@pytest.mark.parametrize(("order", "first"), [("state", "late"), ("-state", "waiting"), ("due", "late"), ("-due", "waiting")])
def test_the_order_by_state_is_the_order_of_need(world: World, as_: Callable[[str], Any], order: str, first: str) -> None:
    page = as_("school").get(LIST, {"order": order}).context["page"]
    assert page.rows[0].shown == first


def test_what_is_empty_stands_last_both_ways(world: World, as_: Callable[[str], Any]) -> None:
    last = [as_("school").get(LIST, {"order": order}).context["page"].rows[-1].due_on for order in ("due", "-due")]
    assert last == [None, None]


def test_the_count_stops_where_it_would_cost(world: World, as_: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    found = as_("municipal").get(LIST).context
    assert (found["total"], found["more"]) == (Assignment.objects.visible_to(world.user("municipal")).count(), False)
    monkeypatch.setattr("nastavnik.roadmap.queries.lists.counted_to.__defaults__", (3,))
    found = as_("municipal").get(LIST).context
    assert (found["total"], found["more"]) == (3, True)


def links(text: str, label: str) -> list[str]:
    """The links of a navigation on a page, as they are written."""
    return re.findall(r"<a [^>]*>.*?</a>", text.split(f'aria-label="{label}">')[1].split("</nav>")[0]) if label in text else []


def tabs(text: str) -> list[str]:
    """Addresses of the switcher on a page."""
    return [link.split('href="')[1].split('"')[0].replace("&amp;", "&") for link in links(text, "Виды списка")]


def test_the_switcher_keeps_the_filters(world: World, as_: Callable[[str], Any]) -> None:
    found = tabs(as_("municipal").get(LIST + "?q=школа&state=late&order=-due&after=x").content.decode())
    shared = "q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0&state=late"
    board = reverse("roadmap:board", args=[world.roadmap.pk])
    own = {LIST: f"{LIST}?{shared}&order=-due"}
    wanted = [own.get(path, f"{path}?{shared}") for path in (LIST, board, reverse("roadmap:kanban"), reverse("roadmap:calendar"))]
    assert [address for address in found if "timeline" not in address] == wanted


def test_the_matrix_keeps_the_filters_and_hands_its_plan_on(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    response = browser.get(reverse("roadmap:board", args=[world.roadmap.pk]) + "?role=school_coordinator&school=школа 1")
    assert [row.organisation.slug for row in response.context["board"].rows] == ["school-1", "school-10"]
    assert [column.measure.number for column in response.context["board"].columns] == ["1.2.", "2.2."]
    found = tabs(response.content.decode())
    assert found[0] == f"{LIST}?roadmap={world.roadmap.pk}&role=school_coordinator&school=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0+1"


def save(browser: Any, **form: str) -> Any:
    """Post the form of «Сохранить вид»."""
    return browser.post(reverse("roadmap:save_view"), {"kind": "table", "query": "", **form}, follow=True)


def chips(browser: Any, name: str = "assignment_list", query: str = "?all=1") -> list[tuple[str, bool]]:
    """Names of the saved views on a page, and whether they are the present one."""
    found = links(browser.get(reverse(f"roadmap:{name}") + query).content.decode(), "Сохранённые виды")
    return [(name, "aria-current" in link) for link in found for name in ("Опоздания", "Общий") if name in link]


def test_a_view_is_kept_shown_and_opened(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    save(browser, name="Опоздания", query="state=late&order=-due&after=abc&column=reason&month=2026-10&junk=1")
    view = SavedView.objects.get()
    assert (view.query, view.shared, view.organisation.slug, view.region_id) == (
        "state=late&order=-due&column=reason", False, "lakeside", world.place("region").pk,
    )  # fmt: skip
    shown = browser.get(address_of(view.kind, view.query))
    assert {one.shown for one in shown.context["page"].rows} == {"late"}
    assert [column.code for column in shown.context["columns"]] == ["organisation", "measure", "state", "reason"]
    assert chips(browser, query=f"?{view.query}") == [("Опоздания", True)]
    assert Change.objects.get(action="roadmap.view_saved").after == {"title": "Опоздания", "shared": False}


def test_a_second_click_keeps_one_view(world: World, as_: Callable[[str], Any]) -> None:
    for query in ("state=late", "state=open"):
        save(as_("municipal"), name=" Опоздания ", query=query)
    assert list(SavedView.objects.values_list("name", "query")) == [("Опоздания", "state=open")]


def test_who_sees_a_view(world: World, as_: Callable[[str], Any]) -> None:
    save_view(name="Опоздания", kind="table", query="state=late", shared=False, by=world.user("municipal"))
    save_view(name="Общий", kind="table", query="state=open", shared=True, by=world.user("municipal"))
    seen = {
        name: [chip for chip, _current in chips(as_(name))]
        for name in ("municipal", "municipal_head", "school", "upland", "region")
    }
    assert seen == {"municipal": ["Общий", "Опоздания"], "municipal_head": ["Общий"], "school": [], "upland": [], "region": []}


def test_a_colleague_can_begin_with_a_shared_view_until_it_is_taken_back(world: World, as_: Callable[[str], Any]) -> None:
    view = save_view(name="Общий", kind="kanban", query="state=late", shared=True, by=world.user("municipal"))
    head = as_("municipal_head")
    head.post(reverse("roadmap:begin_with_view", args=[view.pk]))
    response = head.get(LIST)
    assert (response.status_code, response["Location"]) == (302, reverse("roadmap:kanban") + "?state=late")
    assert head.get(LIST + "?all=1").status_code == 200
    assert as_("municipal").get(LIST).status_code == 200
    as_("municipal").post(reverse("roadmap:change_view", args=[view.pk]), {"name": "Общий"})
    assert (head.get(LIST).status_code, DefaultView.objects.count()) == (200, 0)


def test_one_begins_with_everything_again(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    save(browser, name="Опоздания", query="state=late", begin="1")
    assert browser.get(LIST)["Location"] == f"{LIST}?state=late"
    browser.post(reverse("roadmap:begin_plainly"))
    browser.post(reverse("roadmap:begin_plainly"))
    assert browser.get(LIST).status_code == 200


def test_a_view_is_renamed_shared_and_deleted(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    view = save_view(name="Опоздания", kind="table", query="", shared=False, by=world.user("municipal"))
    save_view(name="Общий", kind="table", query="", shared=False, by=world.user("municipal"))
    refused = browser.post(reverse("roadmap:change_view", args=[view.pk]), {"name": "Общий"})
    form = next(form for chip, form in refused.context["lines"] if chip.view == view)
    assert (refused.status_code, form.errors["name"], form["name"].value()) == (
        422, ["Вид с таким названием у вас уже есть. Назовите этот иначе."], "Общий",
    )  # fmt: skip
    browser.post(reverse("roadmap:change_view", args=[view.pk]), {"name": "Срочное", "shared": "on"})
    view.refresh_from_db()
    assert (view.name, view.shared) == ("Срочное", True)
    browser.post(reverse("roadmap:delete_view", args=[view.pk]))
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Общий"]
    assert browser.post(reverse("roadmap:delete_view", args=[view.pk])).status_code == 404


def test_a_colleague_cannot_change_a_shared_view(world: World, as_: Callable[[str], Any]) -> None:
    view = save_view(name="Общий", kind="table", query="", shared=True, by=world.user("municipal"))
    before = untouched(SavedView.objects)
    answers = [
        as_("municipal_head").post(reverse(f"roadmap:{name}", args=[view.pk]), {"name": "Мой"}).status_code
        for name in ("change_view", "delete_view")
    ]
    assert (answers, untouched(SavedView.objects)) == ([403, 403], before)


def test_there_is_an_end_to_views(world: World, as_: Callable[[str], Any]) -> None:
    for number in range(MOST_VIEWS):
        save_view(name=f"Вид {number}", kind="table", query="", shared=False, by=world.user("municipal"))
    response = save(as_("municipal"), name="Ещё один")
    assert (told(response), SavedView.objects.count()) == (
        ["Сохранено уже 30 видов. Удалите ненужный и сохраните этот."],
        MOST_VIEWS,
    )


def test_a_view_of_a_plan_that_is_not_seen_any_more_opens_empty(world: World, as_: Callable[[str], Any]) -> None:
    foreign = f"roadmap={world.upland_roadmap.pk}"
    save_view(name="Общий", kind="table", query=foreign, shared=False, by=world.user("municipal"))
    save_view(name="Опоздания", kind="board", query="roadmap=nonsense", shared=False, by=world.user("municipal"))
    browser = as_("municipal")
    assert browser.get(f"{LIST}?{foreign}").context["page"].rows == []
    assert [bool(chip.url) for chip, _form in browser.get(reverse("roadmap:saved_views")).context["lines"]] == [True, False]
