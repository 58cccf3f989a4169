"""The outbox: rows first, mail after commit, other tries, no server no failure."""

from collections.abc import Callable, Iterator
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse

from nastavnik.notifications.actions import MOST_ATTEMPTS, deliver_queued, send_message
from nastavnik.notifications.models import Message
from tests.worlds import World


@pytest.fixture
def server(settings: Any) -> Iterator[None]:
    """A mail server is set up."""
    settings.EMAIL_HOST, settings.PUBLIC_ADDRESS = "mail.example.test", "https://nastavnik.example.test"
    yield


def write(world: World) -> Message:
    """A message to Anna."""
    return send_message(
        [world.user("school")], kind="test", subject="Срок", body="Проверьте.", url="/roadmap/", by=world.user("municipal")
    )[0]


def test_without_a_server_the_message_is_read_in_the_system(
    world: World, as_: Callable[[str], Any], run_jobs: Callable[[], None]
) -> None:
    message = write(world)
    run_jobs()
    assert (message.mail_state, mail.outbox) == ("none", [])
    page = as_("school").get(reverse("notifications:inbox"))
    assert [one.subject for one in page.context["page"].rows] == ["Срок"]
    assert page.context["shell"].unread == 1


def test_mail_follows_by_the_queue_with_a_link(world: World, server: None, run_jobs: Callable[[], None]) -> None:
    message = write(world)
    assert mail.outbox == []
    run_jobs()
    message.refresh_from_db()
    assert (message.mail_state, mail.outbox[0].to, mail.outbox[0].body) == (
        "sent", ["school@example.test"], "Проверьте.\n\nhttps://nastavnik.example.test/roadmap/",
    )  # fmt: skip


def test_a_silent_server_postpones_and_then_gives_up(world: World, server: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Any, fail_silently: bool = False) -> int:
        raise SMTPServerDisconnected

    message = write(world)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    states = []
    for _ in range(MOST_ATTEMPTS + 1):
        deliver_queued()
        states.append(Message.objects.values_list("mail_state", flat=True).get(pk=message.pk))
    assert states == ["queued"] * (MOST_ATTEMPTS - 1) + ["failed"] * 2


def test_it_goes_when_the_server_is_back(world: World, server: None, monkeypatch: pytest.MonkeyPatch) -> None:
    message = write(world)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", lambda self: (_ for _ in ()).throw(ConnectionRefusedError()))
        assert deliver_queued() == 0
    assert (deliver_queued(), deliver_queued(), len(mail.outbox)) == (1, 0, 1)
    assert Message.objects.get(pk=message.pk).mail_attempts == 2


def test_nothing_is_written_when_the_action_fails(world: World, server: None, run_jobs: Callable[[], None]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(world)
        raise ZeroDivisionError
    run_jobs()
    assert (Message.objects.count(), mail.outbox) == (0, [])


def test_opening_marks_as_read_and_leads_to_the_matter(world: World, as_: Callable[[str], Any]) -> None:
    message, browser = write(world), as_("school")
    assert browser.post(reverse("notifications:open_message", args=[message.pk])).url == "/roadmap/"
    assert browser.get("/").context["shell"].unread == 0


def test_the_outbox_shows_what_the_own_organisation_sent(world: World, as_: Callable[[str], Any]) -> None:
    send_message([world.user("school")], kind="test", subject="Срок", body="x", organisation_id=world.place("lakeside").pk)
    assert [len(as_(name).get(reverse("notifications:outbox")).context["page"].rows) for name in ("municipal", "upland")] == [1, 0]
