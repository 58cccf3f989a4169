"""Who may open what in accounts."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from nastavnik.accounts.models import Deputyship, Invitation, SupportVisit, UserSession
from nastavnik.core.identifiers import uuid7
from tests.access import EVERYBODY, LAKESIDE_LEADERS, Row
from tests.worlds import PASSWORD, TODAY, World

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


def deputyship(world: World) -> dict[str, Any]:
    """Somebody stands in for Anna."""
    return {"pk": deputyship_of(world, "school", "deputy")}


def neighbours_deputyship(world: World) -> dict[str, Any]:
    """Somebody stands in for Oleg of the neighbour's school."""
    return {"pk": deputyship_of(world, "upland_school", "upland")}


def deputyship_of(world: World, away: str, deputy: str) -> Any:
    """The key of a deputyship."""
    held = world.user(away).appointments.get()
    found, _ = Deputyship.objects.get_or_create(
        appointment=held, deputy=world.user(deputy), ended_at=None,
        defaults={"starts_on": TODAY, "ends_on": TODAY, "region_id": held.region_id},
    )  # fmt: skip
    return found.pk


DEPUTY_NAMERS = {"school", "school_head", "municipal_head", "municipal", "administrator"}
STRANGERS = {"school_2", "partner", "upland", "upland_school"}


def session(world: World) -> dict[str, Any]:
    """Where Anna is logged in."""
    person = world.user("school")
    return {"pk": UserSession.objects.create(user=person, region_id=person.region_id, key_digest=uuid7().hex).pk}


def visit(world: World) -> dict[str, Any]:
    """The administrator helped out in Anna's account."""
    helper, person = world.user("administrator"), world.user("school")
    made = SupportVisit.objects.create(
        supporter=helper, appointment=helper.appointment, person=person, reason="Не открывается план", ends_at=timezone.now()
    )
    return {"pk": made.pk}


def invitation(world: World, slug: str = "school-1", by: str = "school_head") -> dict[str, Any]:
    """Somebody is invited to school 1."""
    made = Invitation.objects.create(
        organisation=world.place(slug), role="mentor", surname="Белкина", given_name="Зоя", invited_as=world.user(by).appointment,
        email=f"{uuid7().hex}@example.test", token_digest=uuid7().hex, expires_at=timezone.now() + timedelta(days=3),
    )  # fmt: skip
    return {"pk": made.pk}


def neighbours_invitation(world: World) -> dict[str, Any]:
    """Somebody is invited to the neighbour's school."""
    return invitation(world, "upland-school", "upland")


DEMANDING = {"region", "municipal_head", "administrator"}
ANNA = {"school"}
ROWS = [
    Row("accounts:deputy_form", DEPUTY_NAMERS, STRANGERS, appointment, neighbours_appointment),
    Row("accounts:name_deputy", DEPUTY_NAMERS, STRANGERS, appointment, neighbours_appointment, method="post"),
    Row("accounts:end_deputyship", DEPUTY_NAMERS, STRANGERS, deputyship, neighbours_deputyship, method="post"),
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
    Row("accounts:factor_login", anonymous="ok"),
    Row("accounts:session_list"),
    Row("accounts:end_session", ANNA, EVERYBODY - ANNA, session, method="post"),
    Row("accounts:factor"),
    Row("accounts:begin_factor", method="post"),
    Row("accounts:factor_set_up"),
    Row("accounts:confirm_factor", method="post"),
    Row("accounts:renew_codes", method="post"),
    Row("accounts:switch_off_factor", method="post"),
    Row("accounts:reset_factor", LAKESIDE_STAFF, OUTSIDE, school_coordinator, neighbour, method="post"),
    Row("accounts:demands", DEMANDING),
    Row("accounts:demand", DEMANDING, method="post", form={"role": "school_head", "since": "2027-01-11"}),
    Row("accounts:support_visits"),
    Row("accounts:support_visit", ANNA, EVERYBODY - ANNA, visit),
    Row("accounts:begin_support", {"administrator"}, set(), school_coordinator, neighbour, method="post", form={"reason": "Так"}),
    Row("accounts:end_support", method="post"),
    Row("accounts:invitation_list", STAFF),
    Row("accounts:invite_many", STAFF),
    Row("accounts:paste_invitations", STAFF, method="post", form={"lines": "Белкина Зоя; наставник; Школа № 1"}),
    Row("accounts:invitation_sheets", STAFF, method="post"),
    Row("accounts:invite_form", LAKESIDE_STAFF, OUTSIDE, school, neighbours_school),
    Row("accounts:invite_person", LAKESIDE_STAFF, OUTSIDE, school, neighbours_school, method="post"),
    Row("accounts:send_invitation", LAKESIDE_STAFF, OUTSIDE, invitation, neighbours_invitation, method="post"),
    Row("accounts:revoke_invitation", LAKESIDE_STAFF, OUTSIDE, invitation, neighbours_invitation, method="post"),
    Row("accounts:accept_invitation", set(), EVERYBODY, lambda world: {"token": "x"}, anonymous="404"),
    Row("accounts:change_dates", LAKESIDE_STAFF, OUTSIDE, appointment, neighbours_appointment, method="post"),
]
assert LAKESIDE_LEADERS < LAKESIDE_STAFF
