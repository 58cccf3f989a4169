"""Who may open what in accounts."""

from typing import Any

from tests.access import EVERYBODY, LAKESIDE_LEADERS, Row
from tests.worlds import PASSWORD, World

STAFF = {"region", "municipal_head", "municipal", "administrator", "school_head", "upland"}
HISTORY = STAFF
OUTSIDE = {"upland"}
LAKESIDE_STAFF = STAFF - OUTSIDE
LAKESIDE_ABOVE = LAKESIDE_STAFF


def school_coordinator(world: World) -> dict[str, Any]:
    """Anna of school 1."""
    return {"pk": world.user("school").pk}


def neighbour(world: World) -> dict[str, Any]:
    """Oleg of the neighbour's school."""
    return {"pk": world.user("upland_school").pk}


def school(world: World) -> dict[str, Any]:
    """School 1."""
    return {"slug": "school-1"}


def neighbours_school(world: World) -> dict[str, Any]:
    """The neighbour's school."""
    return {"slug": "upland-school"}


def appointment(world: World) -> dict[str, Any]:
    """Anna's appointment."""
    return {"pk": world.user("school").appointments.get().pk}


def neighbours_appointment(world: World) -> dict[str, Any]:
    """Oleg's appointment."""
    return {"pk": world.user("upland_school").appointments.get().pk}


def token(world: World) -> dict[str, Any]:
    """A link that does not work."""
    return {"pk": world.user("school").pk, "token": "x"}


ROWS = [
    Row("accounts:login", anonymous="ok"),
    Row("accounts:login", method="post", form={"username": "nobody", "password": PASSWORD}, anonymous="422"),
    Row("accounts:logout", method="post"),
    Row("accounts:switch", method="post", form={"appointment": "x"}),
    Row("accounts:password"),
    Row("accounts:change_password", method="post"),
    Row("accounts:forgotten", anonymous="ok"),
    Row("accounts:code", anonymous="ok"),
    Row("accounts:new_password", set(), EVERYBODY, token, anonymous="404"),
    Row("accounts:profile"),
    Row("accounts:change_contacts", method="post"),
    Row("accounts:leave_everywhere", method="post"),
    Row("accounts:change_list", HISTORY),
    Row("accounts:access_list", HISTORY),
    Row("accounts:staff_list", STAFF),
    Row("accounts:staff_export", STAFF),
    Row("accounts:staff_detail", LAKESIDE_STAFF, OUTSIDE, school_coordinator, neighbour),
    Row("accounts:change_person", LAKESIDE_STAFF, OUTSIDE, school_coordinator, neighbour, method="post"),
    Row("accounts:print_code", LAKESIDE_STAFF, OUTSIDE, school_coordinator, neighbour, method="post"),
    Row("accounts:block_person", LAKESIDE_STAFF, OUTSIDE, school_coordinator, neighbour, method="post"),
    Row("accounts:unblock_person", LAKESIDE_STAFF, OUTSIDE, school_coordinator, neighbour, method="post"),
    Row("accounts:appoint_form", LAKESIDE_STAFF, OUTSIDE, school, neighbours_school),
    Row("accounts:appoint_person", LAKESIDE_STAFF, OUTSIDE, school, neighbours_school, method="post"),
    Row("accounts:end_appointment", LAKESIDE_STAFF, OUTSIDE, appointment, neighbours_appointment, method="post"),
    Row("accounts:change_dates", LAKESIDE_STAFF, OUTSIDE, appointment, neighbours_appointment, method="post"),
]
assert LAKESIDE_LEADERS < LAKESIDE_STAFF
