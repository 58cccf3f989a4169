"""Who may open what in the roadmap."""

from collections.abc import Callable
from typing import Any

from nastavnik.roadmap.models import Assignment, Evidence, PlanDraft
from tests.access import EVERYBODY, LAKESIDE_LEADERS, LEADERS, PLANNERS, Row
from tests.worlds import World, plan_of

READERS = EVERYBODY - {"mentor", "partner", "administrator"}
MARKERS = READERS - {"region"}
LAKESIDE = READERS - {"upland", "upland_school"}
UPLAND = {"upland", "upland_school"}
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


def led(name: str, kwargs: Any, foreign: Any, method: str = "get") -> Row:
    """Only those who lead Lakeside's plan; for the neighbours it does not exist."""
    return Row(f"roadmap:{name}", LAKESIDE_LEADERS, UPLAND, kwargs, foreign, method=method)


def drafted(name: str, kwargs: Any, foreign: Any, method: str = "get") -> Row:
    """Only those who work on Lakeside's draft; for other organisations it does not exist."""
    return Row(f"roadmap:{name}", LAKESIDE_LEADERS, PLANNERS - LAKESIDE_LEADERS, kwargs, foreign, method=method)


def reminded(name: str, method: str = "get") -> Row:
    """Only the department reminds."""
    return Row(f"roadmap:{name}", LAKESIDE_LEADERS, {"upland"}, measure, neighbours_measure, method=method)


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
    Row("roadmap:remove_evidence", SCHOOL_1 - {"region"}, MARKERS - SCHOOL_1, evidence, neighbours_evidence, method="post"),
    Row("roadmap:ladder", LEADERS),
    Row("roadmap:save_ladder", LEADERS, method="post"),
    Row("roadmap:reset_ladder", LEADERS, method="post"),
]  # fmt: skip
