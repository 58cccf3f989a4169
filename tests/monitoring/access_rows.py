"""Who may open what in monitoring."""

from datetime import date
from typing import Any

from nastavnik.monitoring.actions.rounds import open_round
from nastavnik.monitoring.actions.sheets import save_answers, sign_sheet
from nastavnik.monitoring.models import ControlRound, ControlSheet, Requirement
from tests.access import LAKESIDE_LEADERS, LEADERS, Row
from tests.worlds import World

READERS = {"region", "municipal_head", "municipal", "school_head", "school", "deputy", "school_2", "upland", "upland_school"}
UPLAND = {"upland", "upland_school"}
SCHOOL_1 = {"school_head", "school", "deputy"}
ABOVE = {"region", "municipal_head", "municipal"}


def school(world: World) -> dict[str, Any]:
    """School 1."""
    return {"slug": "school-1"}


def neighbours_school(world: World) -> dict[str, Any]:
    """The neighbour's school."""
    return {"slug": "upland-school"}


def order_of_school(world: World) -> dict[str, Any]:
    """A requirement of school 1."""
    return {"slug": "school-1", "code": "rollout_order"}


def order_of_neighbour(world: World) -> dict[str, Any]:
    """The same of the neighbour's school."""
    return {"slug": "upland-school", "code": "rollout_order"}


def own_requirement(world: World) -> dict[str, Any]:
    """What Lakeside demands on top."""
    return {"pk": requirement_of(world, "lakeside")}


def neighbours_requirement(world: World) -> dict[str, Any]:
    """What the neighbour demands on top."""
    return {"pk": requirement_of(world, "upland")}


def requirement_of(world: World, slug: str) -> int:
    """The key of a requirement."""
    values = {"title": "Журнал наставника", "source": "Приказ управления", "valid_from": date(2026, 9, 1)}
    return Requirement.objects.get_or_create(owner=world.place(slug), code="journal", defaults=values)[0].pk


def control(world: World) -> dict[str, Any]:
    """Lakeside's control."""
    return {"pk": round_of(world, "lakeside").pk}


def neighbours_control(world: World) -> dict[str, Any]:
    """The neighbour's control."""
    return {"pk": round_of(world, "upland").pk}


def round_of(world: World, slug: str) -> ControlRound:
    """A control with one question."""
    found = ControlRound.objects.filter(organisation__slug=slug).first()
    return found or open_round(
        world.place(slug), title="Контроль", opens_on=date(2026, 11, 20), closes_on=date(2026, 12, 20), ground="",
        items=[{"text": "Приказ издан"}], by=None,
    )  # fmt: skip


def sheet(world: World) -> dict[str, Any]:
    """The signed sheet of school 1."""
    return {"pk": signed_sheet(world, "lakeside", "school-1", "municipal").pk}


def neighbours_sheet(world: World) -> dict[str, Any]:
    """The signed sheet of the neighbour's school."""
    return {"pk": signed_sheet(world, "upland", "upland-school", "upland").pk}


def signed_sheet(world: World, slug: str, school_slug: str, by: str) -> ControlSheet:
    """A sheet with its one answer, signed."""
    found = round_of(world, slug).sheets.get(organisation__slug=school_slug)
    if not found.is_open:
        return found
    signer = world.user(by)
    item = found.round.items.get()
    kept = save_answers(
        found, answers={item.pk: ("yes", "")}, conclusion="", remedy_by=None, version=found.version, by=signer
    )  # fmt: skip
    return sign_sheet(kept, version=kept.version, by=signer)


def act(world: World) -> dict[str, Any]:
    """The act of school 1."""
    return {**sheet(world), "kind": "docx"}


def neighbours_act(world: World) -> dict[str, Any]:
    """The act of the neighbour's school."""
    return {**neighbours_sheet(world), "kind": "docx"}


def controlled(name: str, kwargs: Any, foreign: Any, unseen: set[str], method: str = "post") -> Row:
    """Only the department that holds the control."""
    return Row(f"monitoring:{name}", LAKESIDE_LEADERS, unseen, kwargs, foreign, method=method)


ROWS = [
    Row("monitoring:legality", READERS),
    Row("monitoring:legality_export", READERS),
    Row("monitoring:legality_of", ABOVE | SCHOOL_1, READERS - ABOVE - SCHOOL_1, school, neighbours_school),
    Row("monitoring:mark_requirement", LAKESIDE_LEADERS | {"school_head", "school"}, {"school_2", *UPLAND}, order_of_school,
        order_of_neighbour, method="post"),
    Row("monitoring:mark_file", set(), READERS, order_of_school, order_of_neighbour, label="a mark without a file"),
    Row("monitoring:requirement_list", READERS),
    Row("monitoring:new_requirement", LEADERS | {"region"}),
    Row("monitoring:write_requirement", LEADERS | {"region"}, method="post"),
    Row("monitoring:requirement_form", LAKESIDE_LEADERS, {"upland", "region"}, own_requirement, neighbours_requirement),
    Row("monitoring:change_requirement", LAKESIDE_LEADERS, {"upland", "region"}, own_requirement, neighbours_requirement,
        method="post"),
    Row("monitoring:control_list", READERS),
    Row("monitoring:new_round", LEADERS),
    Row("monitoring:open_round", LEADERS, method="post"),
    Row("monitoring:round_detail", ABOVE, READERS - ABOVE, control, neighbours_control),
    Row("monitoring:round_export", ABOVE, READERS - ABOVE, control, neighbours_control),
    controlled("propose_answers", control, neighbours_control, {"upland"}),
    controlled("close_round", control, neighbours_control, {"upland"}),
    Row("monitoring:sheet_detail", ABOVE | SCHOOL_1, READERS - ABOVE - SCHOOL_1, sheet, neighbours_sheet),
    Row("monitoring:sheet_act", ABOVE | SCHOOL_1, READERS - ABOVE - SCHOOL_1, act, neighbours_act),
    controlled("save_sheet", sheet, neighbours_sheet, {"upland"}),
    controlled("reopen_sheet", sheet, neighbours_sheet, {"upland"}),
    controlled("settle_sheet", sheet, neighbours_sheet, {"upland"}),
    Row("monitoring:acknowledge_sheet", {"school_head"}, set(), sheet, neighbours_sheet, method="post"),
    Row("monitoring:report_remedy", {"school_head"}, set(), sheet, neighbours_sheet, method="post"),
]  # fmt: skip
