"""Who may open what in messages."""

from typing import Any

from nastavnik.notifications.models import Message
from nastavnik.notifications.opting_out import token_of
from tests.access import EVERYBODY, LAKESIDE_LEADERS, LEADERS, Row
from tests.worlds import World


def own(world: World) -> dict[str, Any]:
    """A message to the coordinator of school 1."""
    return {"pk": message_to(world, "school")}


def neighbours(world: World) -> dict[str, Any]:
    """A message to the neighbour."""
    return {"pk": message_to(world, "upland")}


def message_to(world: World, name: str) -> Any:
    """The key of a message to a person."""
    found = Message.objects.filter(recipient__username=name, kind="matrix").first()
    if found is None:
        found = Message.objects.create(recipient=world.user(name), kind="matrix", subject="Срок", body="Проверьте срок.")
    return found.pk


def sent_from_lakeside(world: World) -> dict[str, Any]:
    """A message that the department of Lakeside sent."""
    return {"pk": message_from(world, "lakeside")}


def sent_from_upland(world: World) -> dict[str, Any]:
    """A message that the neighbour's department sent."""
    return {"pk": message_from(world, "upland")}


def message_from(world: World, slug: str) -> Any:
    """The key of a message from an organisation."""
    place = world.place(slug)
    found = Message.objects.filter(organisation_id=place.pk, kind="matrix").first()
    if found is None:
        found = Message.objects.create(
            recipient=world.user("school"), kind="matrix", subject="Срок", body="Проверьте срок.", organisation_id=place.pk
        )
    return found.pk


def opt_out(world: World) -> dict[str, Any]:
    """The address in a letter to the coordinator of school 1."""
    return {"token": token_of(world.user("school").pk, "digest")}


ROWS = [
    Row("notifications:preferences"),
    Row("notifications:set_preference", method="post", form={"group": "digest"}),
    Row("notifications:opt_out", EVERYBODY, set(), opt_out, anonymous="ok"),
    Row("notifications:opt_out", EVERYBODY, set(), opt_out, method="post", anonymous="ok"),
    Row("notifications:inbox"),
    Row("notifications:read_all", method="post"),
    Row("notifications:outbox", LEADERS),
    Row("notifications:message_detail", {"school"}, EVERYBODY - {"school"}, own, neighbours),
    Row("notifications:open_message", {"school"}, EVERYBODY - {"school"}, own, neighbours, method="post"),
    Row(
        "notifications:retry_mail",
        LAKESIDE_LEADERS,
        LEADERS - LAKESIDE_LEADERS,
        sent_from_lakeside,
        sent_from_upland,
        method="post",
    ),
]
