"""Who may open what in organisations."""

from datetime import date
from typing import Any

from nastavnik.organisations.models import SchoolListApproval, SchoolListDraft, SpecialDay
from tests.access import EVERYBODY, Row
from tests.worlds import World

READERS = EVERYBODY - {"mentor"}
KEEPERS = {"municipal_head", "municipal", "administrator", "upland"}
LAKESIDE_KEEPERS = KEEPERS - {"upland"}
APPROVERS = {"municipal_head", "municipal", "upland"}
CARD = KEEPERS | {"school_head", "school"}
SCHOOL_1 = {"region", "municipal_head", "municipal", "administrator", "school_head", "school", "deputy"}


def school(world: World) -> dict[str, Any]:
    """School 1."""
    return {"slug": "school-1"}


def neighbours_school(world: World) -> dict[str, Any]:
    """The neighbour's school."""
    return {"slug": "upland-school"}


def draft(world: World) -> dict[str, Any]:
    """A school list that the coordinator of Lakeside uploaded."""
    return {"pk": draft_of(world, "lakeside", "municipal")}


def neighbours_draft(world: World) -> dict[str, Any]:
    """A school list of the neighbour."""
    return {"pk": draft_of(world, "upland", "upland")}


def draft_of(world: World, slug: str, owner: str) -> Any:
    """The key of a draft."""
    found, _ = SchoolListDraft.objects.get_or_create(
        organisation=world.place(slug), created_by_id=world.user(owner).pk, defaults={"rows": [], "source_name": "Школы.xlsx"}
    )
    return found.pk


def approval(world: World) -> dict[str, Any]:
    """The approved list of Lakeside."""
    return {"pk": approval_of(world, "lakeside")}


def neighbours_approval(world: World) -> dict[str, Any]:
    """The approved list of the neighbour."""
    return {"pk": approval_of(world, "upland")}


def approval_of(world: World, slug: str) -> Any:
    """The key of a list without a scan."""
    act = {"number": "1", "approved_on": date(2026, 9, 1)}
    return SchoolListApproval.objects.get_or_create(municipality=world.place(slug), year=2026, defaults=act)[0].pk


def own_day(world: World) -> dict[str, Any]:
    """A special day of Lakeside."""
    return {"pk": day_of(world, "lakeside")}


def neighbours_day(world: World) -> dict[str, Any]:
    """A special day of the neighbour."""
    return {"pk": day_of(world, "upland")}


def country_day(world: World) -> dict[str, Any]:
    """A holiday of the whole country, which nobody here keeps."""
    return {"pk": SpecialDay.objects.in_force().get(place=None, day=date(2026, 11, 4)).pk}


def region_day(world: World) -> dict[str, Any]:
    """A special day of the region: those below see it, the region alone changes it."""
    return {"pk": day_of(world, "region")}


def day_of(world: World, slug: str) -> int:
    """The key of a special day of a region or a municipality."""
    found, _ = SpecialDay.objects.get_or_create(
        place=world.place(slug), day=date(2026, 12, 7), valid_until=None,
        defaults={"kind": "day_off", "source": "Закон", "valid_from": date(2026, 1, 1)},
    )  # fmt: skip
    return found.pk


CALENDAR_KEEPERS = {"region", "administrator"}
ROWS = [
    Row("organisations:calendar", READERS),
    Row("organisations:new_day", CALENDAR_KEEPERS),
    Row("organisations:save_new_day", CALENDAR_KEEPERS, method="post"),
    Row("organisations:day_form", CALENDAR_KEEPERS, set(), own_day, neighbours_day),
    Row("organisations:day_form", set(), set(), country_day, label="of the country"),
    Row("organisations:day_form", {"region"}, set(), region_day, label="of the region"),
    Row("organisations:save_day", {"region"}, set(), region_day, method="post", label="of the region"),
    Row("organisations:remove_day", {"region"}, set(), region_day, method="post", label="of the region"),
    Row("organisations:save_day", CALENDAR_KEEPERS, set(), own_day, neighbours_day, method="post"),
    Row("organisations:remove_day", CALENDAR_KEEPERS, set(), own_day, neighbours_day, method="post"),
    Row("organisations:organisation_list", READERS),
    Row("organisations:organisation_export", READERS),
    Row("organisations:organisation_detail", SCHOOL_1, READERS - SCHOOL_1, school, neighbours_school),
    Row("organisations:card_form", LAKESIDE_KEEPERS | {"school_head", "school"}, {"upland", "school_2", "upland_school"}, school,
        neighbours_school),
    Row("organisations:save_card", LAKESIDE_KEEPERS | {"school_head", "school"}, {"upland", "school_2", "upland_school"}, school,
        neighbours_school, method="post"),
    Row("organisations:open_form", KEEPERS),
    Row("organisations:open_place", KEEPERS, method="post"),
    Row("organisations:close_form", LAKESIDE_KEEPERS, {"upland"}, school, neighbours_school),
    Row("organisations:close_place", LAKESIDE_KEEPERS, {"upland"}, school, neighbours_school, method="post"),
    Row("organisations:approved_list", READERS),
    Row("organisations:approve_form", APPROVERS),
    Row("organisations:approve_school_list", APPROVERS, method="post"),
    Row("organisations:school_list_scan", set(), READERS, approval, neighbours_approval, label="without a scan"),
    Row("organisations:import_schools", KEEPERS),
    Row("organisations:upload_school_list", KEEPERS, method="post"),
    Row("organisations:school_list_draft", {"municipal"}, KEEPERS - {"municipal"}, draft, neighbours_draft),
    Row("organisations:wrong_rows", {"municipal"}, KEEPERS - {"municipal"}, draft, neighbours_draft),
    Row("organisations:accept_school_list", {"municipal"}, KEEPERS - {"municipal"}, draft, neighbours_draft, method="post"),
]  # fmt: skip
