"""Who may open what in the roadmap."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from nastavnik.roadmap.actions.feeds import open_feed
from nastavnik.roadmap.actions.plans import create_roadmap
from nastavnik.roadmap.actions.publishing import add_edition
from nastavnik.roadmap.actions.saved_views import save_view
from nastavnik.roadmap.enums import Purpose
from nastavnik.roadmap.models import (
    ApprovalStep,
    Assignment,
    BulkChange,
    CalendarFeed,
    Evidence,
    LineProposal,
    MeasureDependency,
    PlanDraft,
    Roadmap,
)
from nastavnik.roadmap.queries.editions import lines_of
from tests.access import EVERYBODY, LAKESIDE_LEADERS, LEADERS, PLANNERS, Row
from tests.worlds import World, plan_of

READERS = EVERYBODY - {"mentor", "partner", "administrator"}
MARKERS = READERS - {"region"}
LAKESIDE = READERS - {"upland", "upland_school"}
UPLAND = {"upland", "upland_school"}
PUBLISHERS = LEADERS | {"region"}
SCHOOL_1 = {"region", "municipal_head", "municipal", "school_head", "school", "deputy"}


def plan(world: World) -> dict[str, Any]:
    """Lakeside's plan."""
    return {"pk": world.roadmap.pk}


def neighbours_plan(world: World) -> dict[str, Any]:
    """The neighbour's plan."""
    return {"pk": world.upland_roadmap.pk}


def paper_of(named: Callable[[World], dict[str, Any]], kind: str) -> Callable[[World], dict[str, Any]]:
    """A plan as a file."""
    return lambda world: {**named(world), "kind": kind}


def section(world: World) -> dict[str, Any]:
    """A section of Lakeside's plan."""
    return {"pk": world.roadmap.sections.get(position=0).pk}


def neighbours_section(world: World) -> dict[str, Any]:
    """A section of the neighbour's plan."""
    return {"pk": world.upland_roadmap.sections.get(position=0).pk}


def measure(world: World) -> dict[str, Any]:
    """A measure of Lakeside's plan."""
    return {"pk": world.measure("1.1.").pk}


def neighbours_measure(world: World) -> dict[str, Any]:
    """A measure of the neighbour's plan."""
    return {"pk": world.upland_roadmap.measures.get(number="1.1.").pk}


def assignment(world: World) -> dict[str, Any]:
    """What school 1 has to do."""
    return {"pk": world.assignment("1.1.", "school-1").pk}


def neighbours_assignment(world: World) -> dict[str, Any]:
    """What the neighbour's school has to do."""
    return {"pk": Assignment.objects.filter(organisation__slug="upland-school").earliest("measure__position", "occurrence").pk}


def evidence(world: World) -> dict[str, Any]:
    """A proof of school 1."""
    return {"pk": evidence_of(assignment(world)["pk"])}


def neighbours_evidence(world: World) -> dict[str, Any]:
    """A proof of the neighbour's school."""
    return {"pk": evidence_of(neighbours_assignment(world)["pk"])}


def evidence_of(key: Any) -> Any:
    """The key of a link."""
    found, _ = Evidence.objects.get_or_create(assignment_id=key, defaults={"title": "Приказ", "url": "https://example.org/1"})
    return found.pk


def report(world: World) -> dict[str, Any]:
    """A report of school 1."""
    return {"pk": report_of(assignment(world)["pk"])}


def neighbours_report(world: World) -> dict[str, Any]:
    """A report of the neighbour's school."""
    return {"pk": report_of(neighbours_assignment(world)["pk"])}


def report_of(key: Any) -> Any:
    """The key of a report that waits."""
    link = {"title": "Отчёт", "url": "https://example.org/2"}
    return Evidence.objects.get_or_create(assignment_id=key, kind="report", defaults=link)[0].pk


def draft(world: World) -> dict[str, Any]:
    """A draft of Lakeside."""
    return {"pk": draft_of(world, "lakeside")}


def neighbours_draft(world: World) -> dict[str, Any]:
    """A draft of the neighbour."""
    return {"pk": draft_of(world, "upland")}


def draft_of(world: World, slug: str) -> Any:
    """The key of a draft."""
    place = world.place(slug)
    defaults = {"plan": plan_of(place).to_json(), "source_name": "План.docx", "source_digest": slug}
    return PlanDraft.objects.get_or_create(organisation=place, defaults=defaults)[0].pk


def line(world: World) -> dict[str, Any]:
    """A line of Lakeside's draft."""
    return {**draft(world), "index": 0}


def neighbours_line(world: World) -> dict[str, Any]:
    """A line of the neighbour's draft."""
    return {**neighbours_draft(world), "index": 0}


def school_plan_of(world: World, slug: str) -> Any:
    """The key of a school's own plan."""
    place = world.place(slug)
    return Roadmap.objects.get_or_create(organisation=place, title="Карта школы", region_id=place.region_id)[0].pk


def school_plan(world: World) -> dict[str, Any]:
    """School 1's own plan."""
    return {"pk": school_plan_of(world, "school-1")}


def neighbours_school_plan(world: World) -> dict[str, Any]:
    """The plan of the neighbour's school."""
    return {"pk": school_plan_of(world, "upland-school")}


def scan_of(world: World, slug: str) -> dict[str, Any]:
    """A step of a school's plan that has no scan."""
    kept = {"roadmap_id": school_plan_of(world, slug), "organisation": world.place(slug), "kind": "submitted", "position": 1}
    return {"pk": ApprovalStep.objects.get_or_create(**kept)[0].pk}


def model_of(world: World, slug: str) -> Roadmap:
    """A published model of a municipality, with a copy in its first school that somebody else's words are proposed to."""
    place, school = world.place(slug), world.place({"lakeside": "school-1", "upland": "upland-school"}[slug])
    found = Roadmap.objects.filter(organisation=place, purpose=Purpose.MODEL).first()
    if found is None:
        found = create_roadmap(place, plan_of(place), by=None, purpose=Purpose.MODEL)
        Roadmap.objects.filter(pk=found.pk).update(published_at=timezone.now())
        edition = add_edition(found, lines_of(found), by=None)
        copy = Roadmap.objects.create(
            region_id=place.region_id or 0, organisation=school, title=found.title, model=found, model_edition=1
        )
        LineProposal.objects.create(
            region_id=place.region_id or 0, copy=copy, origin=found.measures.get(number="1.1."), kind="added", line=edition.lines[0]
        )
    return found


def model(world: World) -> dict[str, Any]:
    """Lakeside's model."""
    return {"pk": model_of(world, "lakeside").pk}


def neighbours_model(world: World) -> dict[str, Any]:
    """The neighbour's model."""
    return {"pk": model_of(world, "upland").pk}


def model_line(world: World) -> dict[str, Any]:
    """A line of Lakeside's model."""
    return {"pk": model_of(world, "lakeside").measures.get(number="1.1.").pk}


def neighbours_model_line(world: World) -> dict[str, Any]:
    """A line of the neighbour's model."""
    return {"pk": model_of(world, "upland").measures.get(number="1.1.").pk}


def copy(world: World) -> dict[str, Any]:
    """The copy of school 1."""
    return {"pk": model_of(world, "lakeside").copies.get().pk}


def neighbours_copy(world: World) -> dict[str, Any]:
    """The copy of the neighbour's school."""
    return {"pk": model_of(world, "upland").copies.get().pk}


def proposal(world: World) -> dict[str, Any]:
    """A proposal to school 1."""
    return {"pk": model_of(world, "lakeside").copies.get().proposals.get().pk}


def neighbours_proposal(world: World) -> dict[str, Any]:
    """A proposal to the neighbour's school."""
    return {"pk": model_of(world, "upland").copies.get().proposals.get().pk}


def published(name: str, kwargs: Any, foreign: Any, method: str = "get") -> Row:
    """Only the department that leads the model; for the neighbour it does not exist."""
    return Row(f"roadmap:{name}", LAKESIDE_LEADERS, {"upland"}, kwargs, foreign, method=method)


def adapted(name: str, kwargs: Any, foreign: Any) -> Row:
    """Only those who lead the plan of school 1; for other schools and the neighbours it does not exist."""
    return Row(f"roadmap:{name}", {"school_head", "school"}, {"school_2", *UPLAND}, kwargs, foreign, method="post")


def bond(world: World) -> dict[str, Any]:
    """A bond of Lakeside's plan."""
    return {"pk": bond_of(world.roadmap)}


def neighbours_bond(world: World) -> dict[str, Any]:
    """A bond of the neighbour's plan."""
    return {"pk": bond_of(world.upland_roadmap)}


def bond_of(roadmap: Roadmap) -> Any:
    """The key of «1.2 begins after 1.1»."""
    first, second = roadmap.measures.order_by("position")[:2]
    return MeasureDependency.objects.get_or_create(roadmap=roadmap, measure=second, after=first)[0].pk


def led(name: str, kwargs: Any, foreign: Any, method: str = "get") -> Row:
    """Only those who lead Lakeside's plan; for the neighbours it does not exist."""
    return Row(f"roadmap:{name}", LAKESIDE_LEADERS, UPLAND, kwargs, foreign, method=method)


def drafted(name: str, kwargs: Any, foreign: Any, method: str = "get") -> Row:
    """Only those who work on Lakeside's draft; for other organisations it does not exist."""
    return Row(f"roadmap:{name}", LAKESIDE_LEADERS, PLANNERS - LAKESIDE_LEADERS, kwargs, foreign, method=method)


def reminded(name: str, method: str = "get") -> Row:
    """Only the department reminds."""
    return Row(f"roadmap:{name}", LAKESIDE_LEADERS, {"upland"}, measure, neighbours_measure, method=method)


def view(world: World) -> dict[str, Any]:
    """A shared view of the municipal coordinator."""
    return {"pk": view_of(world, "municipal")}


def neighbours_view(world: World) -> dict[str, Any]:
    """A shared view of the neighbour."""
    return {"pk": view_of(world, "upland")}


def view_of(world: World, name: str) -> Any:
    """The key of somebody's shared view."""
    found = save_view(name=f"Вид {name}", kind="table", query="state=late", shared=True, by=world.user(name))
    return found.pk


def feed(world: World) -> dict[str, Any]:
    """A calendar link of the municipal coordinator."""
    return {"pk": feed_of(world, "municipal")}


def neighbours_feed(world: World) -> dict[str, Any]:
    """A calendar link of the neighbour."""
    return {"pk": feed_of(world, "upland")}


def feed_of(world: World, name: str) -> Any:
    """The key of somebody's calendar link."""
    by = world.user(name)
    found = CalendarFeed.objects.filter(user=by).first()
    return found.pk if found else open_feed(name="Сроки", query="", by=by)[0].pk


def bulk_change(world: World) -> dict[str, Any]:
    """A change that the municipal coordinator made for many."""
    return {"pk": bulk_change_of(world, "municipal")}


def neighbours_bulk_change(world: World) -> dict[str, Any]:
    """A change that the neighbour made for many."""
    return {"pk": bulk_change_of(world, "upland")}


def bulk_change_of(world: World, name: str) -> Any:
    """The key of somebody's change that touched nothing."""
    by = world.user(name)
    return BulkChange.objects.create(by=by, organisation=by.appointment.organisation, kind="mark").pk


ROWS = [
    Row("roadmap:roadmap_list", READERS),
    Row("roadmap:unsettled_list", READERS),
    Row("roadmap:upload_plan", PLANNERS),
    Row("roadmap:read_upload", PLANNERS, method="post"),
    Row("roadmap:choose_from_template", PLANNERS, query="?year=2027"),
    Row("roadmap:begin_from_template", PLANNERS, method="post"),
    Row("roadmap:begin_by_hand", PLANNERS, method="post"),
    Row("roadmap:read_phrase", PLANNERS, query="?phrase=до+1+декабря"),
    drafted("draft_detail", draft, neighbours_draft),
    drafted("save_line", line, neighbours_line, "post"),
    Row("roadmap:decide_line", LAKESIDE_LEADERS, PLANNERS - LAKESIDE_LEADERS, lambda world: {**line(world), "decision": "out"},
        lambda world: {**neighbours_line(world), "decision": "out"}, method="post"),
    drafted("leave_undated", draft, neighbours_draft, "post"),
    drafted("save_heading", draft, neighbours_draft, "post"),
    drafted("discard_draft", draft, neighbours_draft, "post"),
    drafted("accept_draft", draft, neighbours_draft, "post"),
    Row("roadmap:roadmap_detail", LAKESIDE, UPLAND, plan, neighbours_plan),
    Row("roadmap:roadmap_print", LAKESIDE, UPLAND, plan, neighbours_plan),
    *(
        Row("roadmap:roadmap_paper", LAKESIDE, UPLAND, paper_of(plan, kind), paper_of(neighbours_plan, kind), label=kind)
        for kind in ("docx", "pdf", "xlsx")
    ),
    Row("roadmap:board", LAKESIDE, UPLAND, plan, neighbours_plan),
    Row("roadmap:board_export", LAKESIDE, UPLAND, plan, neighbours_plan),
    led("archive_roadmap", plan, neighbours_plan, "post"),
    led("new_section", plan, neighbours_plan),
    led("save_section", plan, neighbours_plan, "post"),
    led("change_section", section, neighbours_section),
    led("rename_section", section, neighbours_section, "post"),
    led("new_measure", section, neighbours_section),
    led("save_new_measure", section, neighbours_section, "post"),
    Row("roadmap:measure_detail", LAKESIDE, UPLAND, measure, neighbours_measure),
    led("measure_form", measure, neighbours_measure),
    led("save_measure", measure, neighbours_measure, "post"),
    led("remove_measure", measure, neighbours_measure, "post"),
    led("settle_deadline", measure, neighbours_measure, "post"),
    led("ask_form", measure, neighbours_measure),
    led("ask_for_dates", measure, neighbours_measure, "post"),
    reminded("remind_form"),
    reminded("remind_schools", "post"),
    Row("roadmap:assignment_list", READERS),
    Row("roadmap:assignment_print", READERS),
    Row("roadmap:assignment_export", READERS),
    Row("roadmap:mark_many", PLANNERS, method="post"),
    Row("roadmap:remind_chosen", LEADERS, method="post"),
    Row("roadmap:assignment_detail", SCHOOL_1, READERS - SCHOOL_1, assignment, neighbours_assignment),
    Row("roadmap:mark_assignment", SCHOOL_1 - {"region"}, MARKERS - SCHOOL_1, assignment, neighbours_assignment, method="post"),
    Row("roadmap:name_date", SCHOOL_1 - {"region"}, MARKERS - SCHOOL_1, assignment, neighbours_assignment, method="post"),
    Row("roadmap:add_evidence", SCHOOL_1 - {"region"}, MARKERS - SCHOOL_1, assignment, neighbours_assignment, method="post"),
    Row("roadmap:download_evidence", set(), READERS, evidence, neighbours_evidence, label="a link has no file"),
    Row("roadmap:model_list", PUBLISHERS),
    Row("roadmap:upload_plan", PUBLISHERS, query="?purpose=model", label="a model"),
    published("publish_form", model, neighbours_model),
    published("publish_model", model, neighbours_model, "post"),
    published("changes_form", model, neighbours_model),
    published("send_changes", model, neighbours_model, "post"),
    published("return_line", model_line, neighbours_model_line, "post"),
    published("begin_model_from_plan", plan, neighbours_plan, "post"),
    Row("roadmap:copy_list", LAKESIDE_LEADERS | {"region"}, {"upland"}, model, neighbours_model),
    Row("roadmap:copy_list", LAKESIDE_LEADERS | {"region"}, {"upland"}, model, neighbours_model, query="?by=line"),
    Row("roadmap:copy_export", LAKESIDE_LEADERS | {"region"}, {"upland"}, model, neighbours_model),
    Row("roadmap:line_copies", LAKESIDE_LEADERS | {"region"}, {"upland"}, model_line, neighbours_model_line),
    Row("roadmap:differences", SCHOOL_1, {"school_2", *UPLAND}, copy, neighbours_copy),
    adapted("take_every_proposal", copy, neighbours_copy),
    adapted("take_proposal", proposal, neighbours_proposal),
    adapted("keep_own", proposal, neighbours_proposal),
    led("roll_form", plan, neighbours_plan),
    led("roll_over", plan, neighbours_plan, "post"),
    Row("roadmap:remove_evidence", SCHOOL_1 - {"region"}, MARKERS - SCHOOL_1, evidence, neighbours_evidence, method="post"),
    led("approval_form", plan, neighbours_plan),
    led("approve_roadmap", plan, neighbours_plan, "post"),
    led("submit_roadmap", plan, neighbours_plan, "post"),
    led("withdraw_approval", plan, neighbours_plan, "post"),
    Row("roadmap:approval_form", {"school_head", "school"}, PLANNERS - SCHOOL_1, school_plan, neighbours_school_plan,
        label="of a school"),
    Row("roadmap:approve_roadmap", {"school_head", "school"}, PLANNERS - SCHOOL_1, school_plan, neighbours_school_plan,
        method="post", label="of a school"),
    Row("roadmap:endorsement_form", LAKESIDE_LEADERS, {"upland"}, school_plan, neighbours_school_plan),
    Row("roadmap:endorse_roadmap", LAKESIDE_LEADERS, {"upland"}, school_plan, neighbours_school_plan, method="post"),
    Row("roadmap:return_roadmap", LAKESIDE_LEADERS, {"upland"}, school_plan, neighbours_school_plan, method="post"),
    Row("roadmap:versions", LAKESIDE, UPLAND, plan, neighbours_plan),
    Row("roadmap:versions_print", LAKESIDE, UPLAND, plan, neighbours_plan),
    Row("roadmap:versions", SCHOOL_1, READERS - SCHOOL_1, school_plan, neighbours_school_plan, label="of a school"),
    Row("roadmap:approval_scan", set(), READERS, lambda world: scan_of(world, "school-1"),
        lambda world: scan_of(world, "upland-school"), label="a step without a scan"),
    Row("roadmap:school_plans", LEADERS | {"region"}),
    Row("roadmap:school_plans_export", LEADERS | {"region"}),
    Row("roadmap:decide_many", LEADERS, method="post"),
    Row("roadmap:terms_form", LEADERS),
    Row("roadmap:save_terms", LEADERS, method="post"),
    Row("roadmap:fact_table", PLANNERS),
    led("fact_form", measure, neighbours_measure),
    Row("roadmap:fact_form", LAKESIDE_LEADERS, UPLAND, measure, neighbours_measure, query="?rule=all&codes=coordinator_appointed"),
    led("bind_facts", measure, neighbours_measure, "post"),
    Row("roadmap:return_to_facts", SCHOOL_1 - {"region"}, MARKERS - SCHOOL_1, assignment, neighbours_assignment, method="post"),
    Row("roadmap:report_list", LEADERS | {"region"}),
    Row("roadmap:receive_report", LAKESIDE_LEADERS, {"upland"}, report, neighbours_report, method="post"),
    Row("roadmap:return_form", LAKESIDE_LEADERS, {"upland"}, report, neighbours_report),
    Row("roadmap:return_report", LAKESIDE_LEADERS, {"upland"}, report, neighbours_report, method="post",
        form={"comment": "Дополните"}),
    Row("roadmap:date_many", PLANNERS, method="post"),
    Row("roadmap:undo_bulk", {"municipal"}, PLANNERS - {"municipal"}, bulk_change, neighbours_bulk_change, method="post"),
    Row("roadmap:kanban", READERS),
    Row("roadmap:kanban", READERS, query="?lane=planned", label="one column"),
    Row("roadmap:move_assignment", SCHOOL_1 - {"region"}, MARKERS - SCHOOL_1, assignment, neighbours_assignment, method="post"),
    Row("roadmap:calendar", READERS),
    Row("roadmap:calendar_feeds", READERS),
    Row("roadmap:make_feed", READERS, method="post"),
    Row("roadmap:revoke_feed", {"municipal"}, READERS - {"municipal"}, feed, neighbours_feed, method="post"),
    Row("roadmap:calendar_feed", set(), EVERYBODY, lambda world: {"token": "wrong"}, anonymous="404"),
    Row("roadmap:saved_views", READERS),
    Row("roadmap:save_view", READERS, method="post"),
    Row("roadmap:begin_plainly", READERS, method="post"),
    Row("roadmap:change_view", {"municipal"}, READERS - LAKESIDE_LEADERS, view, neighbours_view, method="post"),
    Row("roadmap:delete_view", {"municipal"}, READERS - LAKESIDE_LEADERS, view, neighbours_view, method="post"),
    Row("roadmap:begin_with_view", LAKESIDE_LEADERS, READERS - LAKESIDE_LEADERS, view, neighbours_view, method="post"),
    Row("roadmap:timeline", LAKESIDE, UPLAND, plan, neighbours_plan),
    Row("roadmap:timeline", LAKESIDE, UPLAND, plan, neighbours_plan, query="?view=table"),
    Row("roadmap:timeline_print", LAKESIDE, UPLAND, plan, neighbours_plan),
    led("remember_dates", plan, neighbours_plan, "post"),
    led("move_form", measure, neighbours_measure),
    led("move_measure", measure, neighbours_measure, "post"),
    led("measure_order", measure, neighbours_measure),
    led("add_order", measure, neighbours_measure, "post"),
    led("remove_order", bond, neighbours_bond, "post"),
    Row("roadmap:ladder", LEADERS),
    Row("roadmap:save_ladder", LEADERS, method="post"),
    Row("roadmap:reset_ladder", LEADERS, method="post"),
]  # fmt: skip
