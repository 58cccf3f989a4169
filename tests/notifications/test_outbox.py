"""The outbox: rows first, mail after commit, other tries, no server no failure."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from nastavnik.audit.models import Access
from nastavnik.notifications.actions import forget_old_messages, mark_read, send_message
from nastavnik.notifications.delivery import FIRST_PAUSE, MOST_ATTEMPTS, claim, deliver_queued
from nastavnik.notifications.models import Message
from tests.notifications.servers import MoodyServer
from tests.worlds import PEOPLE, World, untouched


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> type[MoodyServer]:
    """A mail server is set up; tests tell it how to fail."""
    settings.EMAIL_HOST, settings.PUBLIC_ADDRESS = "mail.example.test", "https://nastavnik.example.test"
    settings.EMAIL_BACKEND = "tests.notifications.servers.MoodyServer"
    monkeypatch.setattr(MoodyServer, "refuses", None)
    monkeypatch.setattr(MoodyServer, "refused_letters", {})
    monkeypatch.setattr(MoodyServer, "opened", 0)
    return MoodyServer


def write(world: World, *names: str, **more: Any) -> list[Message]:
    """A message to each of these people."""
    people = [world.user(name) for name in names or ("school",)]
    return send_message(people, kind="test", subject="Срок", body="Проверьте.", url="/roadmap/", by=world.user("municipal"), **more)


def states() -> list[tuple[str, int]]:
    """(state, tries) of all messages in the order of their people's names."""
    return list(Message.objects.order_by("recipient__username").values_list("mail_state", "mail_attempts"))


def later(minutes: float) -> Any:
    """So many minutes from now."""
    return time_machine.travel(timezone.localtime() + timedelta(minutes=minutes), tick=False)


def test_without_a_server_the_message_is_read_in_the_system(
    world: World, as_: Callable[[str], Any], run_jobs: Callable[[], None]
) -> None:
    write(world)
    run_jobs()
    assert (states(), deliver_queued(), mail.outbox) == ([("none", 0)], 0, [])
    page = as_("school").get(reverse("notifications:inbox"))
    assert [one.subject for one in page.context["page"].rows] == ["Срок"]
    assert page.context["shell"].unread == 1


def test_a_person_without_an_address_reads_it_in_the_system(world: World, server: type[MoodyServer]) -> None:
    world.user("school").__class__.objects.filter(username="school").update(email="")
    write(world)
    assert (states(), deliver_queued()) == ([("none", 0)], 0)


def test_mail_follows_by_the_queue_with_a_link(world: World, server: type[MoodyServer], run_jobs: Callable[[], None]) -> None:
    write(world)
    assert mail.outbox == []
    run_jobs()
    assert (states(), mail.outbox[0].to, mail.outbox[0].body) == (
        [("sent", 1)], ["school@example.test"], "Проверьте.\n\nhttps://nastavnik.example.test/roadmap/",
    )  # fmt: skip


def test_nothing_is_written_or_mailed_when_the_action_fails(
    world: World, server: type[MoodyServer], run_jobs: Callable[[], None]
) -> None:
    with transaction.atomic():
        write(world)
        transaction.set_rollback(True)
    run_jobs()
    assert (Message.objects.count(), mail.outbox) == (0, [])


@pytest.mark.parametrize("error", [ConnectionRefusedError(), TimeoutError(), SMTPServerDisconnected()])
def test_it_goes_when_the_server_is_back(world: World, server: type[MoodyServer], error: Exception) -> None:
    write(world)
    server.refuses = error
    assert (deliver_queued(), states(), Message.objects.get().mail_error) == (0, [("queued", 1)], type(error).__name__)
    server.refuses = None
    assert deliver_queued() == 0  # it is not yet time for another try
    with later(3):
        assert (deliver_queued(), deliver_queued(), len(mail.outbox)) == (1, 0, 1)
    assert (states(), Message.objects.get().mail_error) == ([("sent", 2)], "")


def test_a_silent_server_is_asked_once_per_round(world: World, server: type[MoodyServer]) -> None:
    write(world, "deputy", "mentor", "school")
    server.refuses = TimeoutError()
    deliver_queued()
    assert (server.opened, sorted(states())) == (1, [("queued", 0), ("queued", 0), ("queued", 1)])


def test_pauses_double_and_the_last_try_gives_up(world: World, server: type[MoodyServer]) -> None:
    write(world)
    server.refuses = ConnectionRefusedError()
    tries = []
    minutes = 0.0
    while len(tries) < MOST_ATTEMPTS and minutes < 48 * 60:
        with later(minutes):
            before = states()[0][1]
            deliver_queued()
            tries += [minutes] if states()[0][1] > before else []
        minutes += 1
    first = FIRST_PAUSE.total_seconds() / 60
    assert ([after - before for before, after in pairwise(tries)], states()) == (
        [first * 2**number for number in range(MOST_ATTEMPTS - 1)], [("failed", MOST_ATTEMPTS)],
    )  # fmt: skip


@pytest.mark.parametrize(
    "error", [SMTPRecipientsRefused({"mentor@example.test": (550, b"unknown")}), SMTPDataError(554, b"no"), ValueError("header")]
)
def test_one_refused_letter_does_not_hold_up_the_others(world: World, server: type[MoodyServer], error: Exception) -> None:
    write(world, "deputy", "mentor", "school")
    server.refused_letters = {"mentor@example.test": error}
    assert (deliver_queued(), states()) == (2, [("sent", 1), ("queued", 1), ("sent", 1)])


def test_two_workers_do_not_send_the_same_mail(world: World, server: type[MoodyServer]) -> None:
    (message,) = write(world)
    seen_by_another_worker = Message.objects.get(pk=message.pk)
    assert (claim(message), claim(seen_by_another_worker), claim(Message.objects.get(pk=message.pk))) == (True, False, False)
    assert deliver_queued() == 0  # its worker has two minutes


def test_a_line_break_in_the_subject_begins_no_header(world: World, server: type[MoodyServer]) -> None:
    send_message([world.user("school")], kind="test", subject="Срок\nBcc: someone@example.test", body="x")
    assert (deliver_queued(), mail.outbox[0].subject, mail.outbox[0].bcc) == (1, "Срок Bcc: someone@example.test", [])


def test_opening_marks_as_read_and_leads_to_the_matter(world: World, as_: Callable[[str], Any]) -> None:
    (message,), browser = write(world), as_("school")
    browser.get(reverse("notifications:message_detail", args=[message.pk]))
    assert browser.get("/").context["shell"].unread == 1
    assert browser.post(reverse("notifications:open_message", args=[message.pk])).url == "/roadmap/"
    assert browser.get("/").context["shell"].unread == 0


def test_the_first_reading_counts(world: World) -> None:
    write(world)
    mark_read(Message.objects.all())
    first = Message.objects.get().read_at
    with later(60):
        mark_read(Message.objects.all())
    assert Message.objects.get().read_at == first


def test_marking_all_as_read_touches_nobody_else(world: World, as_: Callable[[str], Any]) -> None:
    write(world, "school", "deputy")
    as_("school").post(reverse("notifications:read_all"))
    assert [as_(name).get("/").context["shell"].unread for name in ("school", "deputy")] == [0, 1]


def test_new_ones_alone(world: World, as_: Callable[[str], Any]) -> None:
    (read,), (new,) = write(world), write(world)
    mark_read(Message.objects.filter(pk=read.pk))
    browser, url = as_("school"), reverse("notifications:inbox")
    shown = [[one.pk for one in browser.get(url + query).context["page"].rows] for query in ("", "?new=1")]
    assert (set(shown[0]), shown[1]) == ({read.pk, new.pk}, [new.pk])


def test_the_outbox_shows_what_the_own_organisation_sent(world: World, as_: Callable[[str], Any]) -> None:
    write(world, organisation_id=world.place("lakeside").pk)
    pages = [as_(name).get(reverse("notifications:outbox")).context["page"].rows for name in ("municipal", "upland")]
    assert [len(rows) for rows in pages] == [1, 0]
    assert sorted(Access.objects.values_list("object_type", "rows")) == [
        ("notifications.message", 0), ("notifications.message", 1),
    ]  # fmt: skip


def test_list_and_object_agree(world: World) -> None:
    write(world, "school", "deputy", organisation_id=world.place("lakeside").pk)
    for name in PEOPLE:
        user = world.user(name)
        assert set(Message.objects.visible_to(user)) == {one for one in Message.objects.all() if one.recipient_id == user.pk}
    user.appointments.all().delete()
    assert list(Message.objects.sent_from(world.user(name))) == []


@pytest.mark.parametrize(("query", "found"), [("?q=ОРЛОВА", 1), ("?q=фомина", 0), ("?state=none", 1), ("?state=failed", 0)])
def test_filters_of_the_outbox(world: World, as_: Callable[[str], Any], query: str, found: int) -> None:
    write(world, organisation_id=world.place("lakeside").pk)
    assert len(as_("municipal").get(reverse("notifications:outbox") + query).context["page"].rows) == found


def test_mail_that_was_given_up_is_sent_once_more(
    world: World, server: type[MoodyServer], as_: Callable[[str], Any], run_jobs: Callable[[], None]
) -> None:
    (message,) = write(world, organisation_id=world.place("lakeside").pk)
    Message.objects.update(mail_state="failed", mail_attempts=MOST_ATTEMPTS, mail_error="TimeoutError")
    url, browser = reverse("notifications:retry_mail", args=[message.pk]), as_("municipal")
    assert as_("upland").post(url).status_code == 404
    assert browser.post(url).url == reverse("notifications:outbox")
    run_jobs()
    assert (states(), len(mail.outbox)) == ([("sent", 1)], 1)
    before = untouched(Message.objects)
    again = browser.post(url, follow=True)
    assert ([str(one) for one in again.context["messages"]], untouched(Message.objects)) == (
        ["Письмо поставлено в очередь.", "Это письмо уже отправлено или ждёт отправки."], before,
    )  # fmt: skip


def test_old_messages_go_links_much_sooner(world: World, server: type[MoodyServer]) -> None:
    write(world, "school", "deputy")
    write(world, "mentor", by_mail_only=True)
    mark_read(Message.objects.filter(recipient__username="school"))
    keep = {"older_than": timedelta(days=365), "mail_only_older_than": timedelta(days=1)}
    assert forget_old_messages(**keep) == 0
    with later(2 * 24 * 60):
        assert forget_old_messages(**keep) == 1
    with later(366 * 24 * 60):
        assert forget_old_messages(**keep) == 1
    assert list(Message.objects.values_list("recipient__username", flat=True)) == ["deputy"]


@pytest.mark.parametrize(("name", "url"), [("school", "notifications:inbox"), ("municipal", "notifications:outbox")])
def test_the_cost_does_not_grow(
    world: World, as_: Callable[[str], Any], count_queries: Callable[[Any], int], name: str, url: str
) -> None:
    browser, place = as_(name), world.place("lakeside").pk
    write(world, organisation_id=place)
    few = count_queries(lambda: browser.get(reverse(url)))
    write(world, organisation_id=place)
    write(world, "school", "deputy", organisation_id=place)
    assert (few, count_queries(lambda: browser.get(reverse(url)))) == (few, few)
    assert few <= 8
