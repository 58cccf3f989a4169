"""What pages say about copies of a model: numbers, lines, previews, decisions."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from nastavnik.jobs.models import Job
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.plans import add_measure, remove_measure
from nastavnik.roadmap.actions.sending import send_changes
from nastavnik.roadmap.models import Measure, PlanDraft, Roadmap
from nastavnik.roadmap.queries.plans import as_value, plan_list
from tests.organisations.tables import read_download
from tests.roadmap.models import copy_in, line, model_of, published, reword
from tests.roadmap.plans import command, told
from tests.worlds import World, untouched


def url(name: str, *args: Any) -> str:
    """An address of the roadmap."""
    return reverse(f"roadmap:{name}", args=args)


def adapted(world: World) -> Roadmap:
    """A published model; school 1 has changed, removed and added a line, school 2 nothing, school 10 has no copy."""
    model, school = published(world), world.user("school")
    copy = copy_in(model, "school-1")
    reword(line(copy, "1.1."), school, text="По-своему")
    remove_measure(line(copy, "1.2."), reason="Есть", by=school)
    value = as_value(line(copy, "1.3."))
    add_measure(copy.sections.get(), number="1.9.", text="Своё дело", deadline=value.deadline, parties=value.parties, by=school)
    model.copies.filter(organisation__slug="school-10").delete()
    return model


def numbers(row: Any) -> tuple[Any, ...]:
    """What the table says of one organisation."""
    counts = row.counts
    return (row.organisation.slug, *((counts.same, counts.changed, counts.left_out, counts.added, counts.open) if counts else ()))


def test_all_schools_in_numbers(world: World, as_: Callable[[str], Any]) -> None:
    model = adapted(world)
    rows = as_("municipal").get(url("copy_list", model.pk)).context["rows"]
    assert [numbers(row) for row in rows] == [("school-1", 1, 1, 1, 1, 0), ("school-2", 3, 0, 0, 0, 0), ("school-10",)]


def test_the_filters_of_the_table(world: World, as_: Callable[[str], Any]) -> None:
    model, browser = adapted(world), as_("municipal")
    found = {
        query: [row.organisation.slug for row in browser.get(url("copy_list", model.pk) + query).context["rows"]]
        for query in ("?show=changed", "?show=same", "?show=waiting", "?show=open", "?q=10")
    }
    assert found == {
        "?show=changed": ["school-1"], "?show=same": ["school-2"], "?show=waiting": ["school-10"], "?show=open": [],
        "?q=10": ["school-10"],
    }  # fmt: skip


def test_the_table_as_a_file(world: World, as_: Callable[[str], Any]) -> None:
    model = adapted(world)
    rows = read_download(as_("municipal").get(url("copy_export", model.pk)))
    assert rows[1:] == [
        ["Школа № 1", "Проект", 1, 1, 1, 1, 0, 0], ["Школа № 2", "Проект", 3, 0, 0, 0, 0, 0],
        ["Школа № 10", "Не получена", *[""] * 6],
    ]  # fmt: skip


def test_one_school_line_by_line(world: World, as_: Callable[[str], Any]) -> None:
    copy = copy_in(adapted(world), "school-1")
    shown = as_("municipal").get(url("differences", copy.pk)).context["shown"]
    assert [(one.kind, one.old and one.old.text, one.new and one.new.text) for one in shown] == [
        ("changed", "Издать приказ школы", "По-своему"), ("left_out", "Принять положение", None), ("added", None, "Своё дело"),
    ]  # fmt: skip


def test_one_line_over_all_schools(world: World, as_: Callable[[str], Any]) -> None:
    model, browser = adapted(world), as_("municipal")
    pages = {
        (number, query): browser.get(url("line_copies", line(model, number).pk) + query).context["lines"]
        for number in ("1.1.", "1.2.", "1.3.")
        for query in ("", "?show=changed", "?show=left_out", "?show=same")
    }  # fmt: skip
    shown = {key: [copy.organisation.slug for copy, _own in lines] for key, lines in pages.items()}
    one, two = ["school-1"], ["school-2"]
    assert shown == {
        ("1.1.", ""): one, ("1.1.", "?show=changed"): one, ("1.1.", "?show=left_out"): [], ("1.1.", "?show=same"): two,
        ("1.2.", ""): one, ("1.2.", "?show=changed"): [], ("1.2.", "?show=left_out"): one, ("1.2.", "?show=same"): two,
        ("1.3.", ""): [], ("1.3.", "?show=changed"): [], ("1.3.", "?show=left_out"): [], ("1.3.", "?show=same"): [*one, *two],
    }  # fmt: skip
    tallies = browser.get(url("copy_list", model.pk) + "?by=line").context["tallies"]
    assert [(one.measure.number, one.same, one.changed, one.left_out) for one in tallies] == [
        ("1.1.", 1, 1, 0), ("1.2.", 1, 0, 1), ("1.3.", 2, 0, 0),
    ]  # fmt: skip


def test_the_cost_does_not_grow_with_the_copies(world: World, as_: Callable[[str], Any], count_queries: Callable[..., int]) -> None:
    model, browser = published(world), as_("municipal")
    for copy in model.copies.all():
        reword(line(copy, "1.1."), None, text="По-своему")
    addresses = [url("copy_list", model.pk), url("copy_list", model.pk) + "?by=line", url("line_copies", line(model, "1.1.").pk),
                 url("changes_form", model.pk), url("publish_form", model.pk)]  # fmt: skip
    three = [count_queries(lambda address=address: browser.get(address)) for address in addresses]
    model.copies.exclude(organisation__slug="school-1").delete()
    one = [count_queries(lambda address=address: browser.get(address)) for address in addresses]
    assert three == one


def test_publishing_is_previewed_and_then_watched(world: World, as_: Callable[[str], Any], run_jobs: Callable[[], None]) -> None:
    model, browser = model_of(world), as_("municipal")
    page = browser.get(url("publish_form", model.pk))
    assert ([place.slug for place in page.context["page"].rows], page.context["bar"].waiting, model.copies.count()) == (
        ["school-1", "school-2", "school-10"], 3, 0,
    )  # fmt: skip
    refused = browser.post(url("publish_model", model.pk), {"who": "chosen", "text": "Привет"})
    assert (refused.status_code, refused.context["form"].errors, refused.context["form"]["text"].value()) == (
        422, {"who": ["Отметьте в списке хотя бы одну организацию."]}, "Привет",
    )  # fmt: skip
    answer = browser.post(
        url("publish_model", model.pk), {"who": "chosen", "text": "Привет", "place": [world.place("school-2").pk]}
    )
    assert answer.headers["Location"] == reverse("jobs:job_detail", args=[Job.objects.get(kind="roadmap.publish_model").pk])
    run_jobs()
    assert [copy.organisation.slug for copy in model.copies.all()] == ["school-2"]


def test_the_preview_of_changes_says_what_each_would_do(world: World, as_: Callable[[str], Any]) -> None:
    model, leader = adapted(world), world.user("municipal")
    reword(line(model, "1.1."), leader, text="По-новому")
    reword(line(model, "1.2."), leader, text="И это")
    remove_measure(line(model, "1.3."), reason="Лишнее", by=leader)
    before = untouched(Measure.objects)
    effects = as_("municipal").get(url("changes_form", model.pk)).context["effects"]
    assert [(one.change.line.number, one.change.kind.value, one.comes, one.proposed, one.absent) for one in effects] == [
        ("1.1.", "changed", 1, 1, 0), ("1.2.", "changed", 1, 0, 1), ("1.3.", "removed", 2, 0, 0),
    ]  # fmt: skip
    assert untouched(Measure.objects) == before


def test_a_school_takes_the_models_words_with_one_click(
    world: World, as_: Callable[[str], Any], run_jobs: Callable[[], None]
) -> None:
    model = adapted(world)
    copy = copy_in(model, "school-1")
    reword(line(model, "1.1."), world.user("municipal"), text="По-новому")
    send_changes(model, text="Новое", by=world.user("municipal"))
    run_jobs()
    browser = as_("school")
    (shown,) = [one for one in browser.get(url("differences", copy.pk)).context["shown"] if one.proposal]
    assert (shown.new.text, shown.proposal.line["text"]) == ("По-своему", "По-новому")
    assert told(command(browser, "take_proposal", shown.proposal.pk)) == ["Взято из типовой карты."]
    assert line(copy, "1.1.").text == "По-новому"


def test_duties_of_the_school_and_the_department(world: World, as_: Callable[[str], Any], run_jobs: Callable[[], None]) -> None:
    model = adapted(world)
    reword(line(model, "1.1."), world.user("municipal"), text="По-новому")
    asked = {
        name: [duty.title for duty in as_(name).get("/?all=1").context["today"].waiting] for name in ("municipal", "upland_school")
    }
    assert [title for title in asked["municipal"] if "Типовая" in title] == ["Типовая карта изменена, но не разослана: строк 1"]
    send_changes(model, text="Новое", by=world.user("municipal"))
    run_jobs()
    titles = [duty.title for duty in as_("school").get("/?all=1").context["today"].waiting]
    assert sorted(title for title in titles if "ипов" in title or "Предлож" in title) == [
        "Предложения управления: 1", "Пришла типовая карта: приспособьте и отдайте на подпись",
    ]  # fmt: skip
    assert [title for title in asked["upland_school"] if "ипов" in title] == []


def test_a_model_and_the_schools_copies_are_not_among_the_departments_plans(world: World, as_: Callable[[str], Any]) -> None:
    plan, model = world.roadmap, published(world)
    listed = {name: [one.pk for one, _tally in plan_list(world.user(name), archived=False)] for name in ("municipal", "school")}
    copy = copy_in(model, "school-1")
    assert (listed["municipal"], sorted(listed["school"])) == ([plan.pk], sorted([plan.pk, copy.pk]))
    assert as_("municipal").get(url("board", model.pk)).headers["Location"] == url("roadmap_detail", model.pk)


def test_a_draft_copy_is_nobodys_lateness_until_it_is_signed(world: World, as_: Callable[[str], Any]) -> None:
    copy, browser = copy_in(published(world), "school-1"), as_("school")
    before = [one.roadmap_id for one in browser.get(url("assignment_list")).context["page"].rows].count(copy.pk)
    Roadmap.objects.filter(pk=copy.pk).update(stage="approved")
    after = [one.roadmap_id for one in browser.get(url("assignment_list")).context["page"].rows].count(copy.pk)
    assert (before, after) == (0, 3)


def test_a_school_reads_the_model_when_it_is_published(world: World, as_: Callable[[str], Any]) -> None:
    model = model_of(world)
    before = as_("school").get(url("roadmap_detail", model.pk)).status_code
    Roadmap.objects.filter(pk=model.pk).update(published_at="2026-11-20T10:00:00Z")
    codes = {name: as_(name).get(url("roadmap_detail", model.pk)).status_code for name in ("school", "upland_school", "upland")}
    assert (before, codes) == (404, {"school": 200, "upland_school": 404, "upland": 404})


def test_a_model_from_the_departments_own_plan_keeps_what_falls_to_each_school(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    browser.post(url("begin_model_from_plan", world.roadmap.pk))
    draft = PlanDraft.objects.get()
    command(browser, "accept_draft", draft.pk)
    model = Roadmap.objects.models().get()
    assert list(model.measures.order_by("position").values_list("number", flat=True)) == ["1.1.", "1.2.", "2.1.", "2.2.", "2.3."]


def test_a_model_from_the_template_of_a_school(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    browser.post(url("begin_from_template"), {"year": "2026", "purpose": "model"})
    command(browser, "accept_draft", PlanDraft.objects.get().pk)
    model = Roadmap.objects.models().get()
    coded, unread = model.measures.exclude(template_code="").count(), model.measures.filter(deadline_kind="unrecognised").count()
    assert (model.title, coded, unread) == (
        "Типовая дорожная карта школы по наставничеству на 2026/2027 учебный год", 26, 0,
    )  # fmt: skip


def test_only_the_department_begins_models(world: World, as_: Callable[[str], Any]) -> None:
    form = {"title": "Карта", "starts_on": "2026-09-01", "ends_on": "2027-08-31", "purpose": "model"}
    codes = {
        name: as_(name).post(url("begin_by_hand"), form).status_code for name in ("school", "school_head", "municipal", "region")
    }
    assert codes == {"school": 403, "school_head": 403, "municipal": 302, "region": 302}


def test_a_line_given_up_stays_crossed_out_and_comes_back(
    world: World, as_: Callable[[str], Any], run_jobs: Callable[[], None]
) -> None:
    model, browser, leader = published(world), as_("municipal"), world.user("municipal")
    command(browser, "remove_measure", line(model, "1.1.").pk, reason="Лишнее")
    send_changes(model, text="Убрано", by=leader)
    run_jobs()
    assert [copy.measures.count() for copy in model.copies.all()] == [2, 2, 2]
    command(browser, "return_line", line(model, "1.1.").pk)
    send_changes(model, text="Вернули", by=leader)
    run_jobs()
    assert [copy.measures.filter(number="1.1.").count() for copy in model.copies.all()] == [1, 1, 1]


def test_a_closed_school_gets_no_copy(world: World) -> None:
    Organisation.objects.filter(slug="school-2").update(closed_on="2026-11-01")
    assert sorted(copy.organisation.slug for copy in published(world).copies.all()) == ["school-1", "school-10"]
