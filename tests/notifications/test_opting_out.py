"""Refusing mail: by the page, by the link in a letter, by the button of a mail program, over a real connection."""

from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from nastavnik.accounts.actions.passwords import send_reset_links
from nastavnik.audit.models import Change
from nastavnik.notifications.actions import send_message
from nastavnik.notifications.delivery import deliver_queued
from nastavnik.notifications.models import MailRefusal, Message
from nastavnik.notifications.opting_out import meant_by, token_of
from tests.notifications.servers import SmtpSink
from tests.worlds import World, names_on

SITE = "https://nastavnik.example.test"


@pytest.fixture
def sink(settings: Any) -> Iterator[SmtpSink]:
    """A mail server of the test's own, to which the product speaks SMTP."""
    with SmtpSink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        settings.PUBLIC_ADDRESS = SITE
        yield server


@pytest.fixture
def queueing(settings: Any) -> None:
    """A mail server is set up; letters are kept in memory."""
    settings.EMAIL_HOST, settings.PUBLIC_ADDRESS = "mail.example.test", SITE


def write(world: World, *names: str, kind: str = "roadmap.late") -> None:
    """A message to each of these people."""
    send_message([world.user(name) for name in names], kind=kind, subject="Срок", body="Проверьте.", by=world.user("municipal"))


def states() -> dict[str, str]:
    """State of the mail by person."""
    return dict(Message.objects.values_list("recipient__username", "mail_state"))


def test_one_click_of_a_mail_program_over_a_real_connection(world: World, client: Any, sink: SmtpSink) -> None:
    write(world, "school")
    assert deliver_queued() == 1
    letter = message_from_bytes(sink.letters[0], policy=default)
    address = str(letter["List-Unsubscribe"]).strip(" \r\n<>")
    assert (letter["To"], letter["List-Unsubscribe-Post"], address.startswith(f"{SITE}/messages/stop/")) == (
        "school@example.test", "List-Unsubscribe=One-Click", True,
    )  # fmt: skip
    path = address.removeprefix(SITE)
    shown = client.get(path)
    assert (shown.status_code, MailRefusal.objects.count(), names_on(shown.content.decode())) == (200, 0, [])
    browser = type(client)(enforce_csrf_checks=True)
    answer = browser.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.context["done"]) == (200, True)
    assert list(MailRefusal.objects.values_list("user__username", "group")) == [("school", "reminders")]
    browser.post(path)
    assert Change.objects.filter(action="notifications.mail_refused").count() == 1
    write(world, "school", "school_2")
    assert (deliver_queued(), len(sink.letters)) == (1, 2)


def test_mail_in_the_queue_is_not_sent_to_one_who_has_refused(world: World, queueing: None, client: Any) -> None:
    write(world, "school", "school_2")
    client.post(reverse("notifications:opt_out", args=[token_of(world.user("school").pk, "reminders")]))
    assert (deliver_queued(), states(), [letter.to for letter in mail.outbox]) == (
        1, {"school": "refused", "school_2": "sent"}, [["school_2@example.test"]],
    )  # fmt: skip


def test_the_message_stays_readable_inside(world: World, queueing: None, as_: Callable[[str], Any]) -> None:
    as_("school").post(reverse("notifications:set_preference"), {"group": "reminders"})
    write(world, "school")
    assert (states(), deliver_queued()) == ({"school": "refused"}, 0)
    assert [one.subject for one in as_("school").get(reverse("notifications:inbox")).context["page"].rows] == ["Срок"]


def test_a_password_link_and_other_groups_are_not_touched(world: World, queueing: None, as_: Callable[[str], Any]) -> None:
    for group in ("reminders", "digest"):
        as_("school").post(reverse("notifications:set_preference"), {"group": group})
    send_reset_links([str(world.user("school").pk)])
    assert (deliver_queued(), mail.outbox[0].extra_headers) == (1, {})


def test_a_refusal_of_one_group_is_not_one_of_the_other(world: World, queueing: None, as_: Callable[[str], Any]) -> None:
    as_("school").post(reverse("notifications:set_preference"), {"group": "digest"})
    write(world, "school")
    assert deliver_queued() == 1


def test_a_person_gets_mail_again_after_turning_it_on(world: World, queueing: None, as_: Callable[[str], Any]) -> None:
    browser, url = as_("school"), reverse("notifications:set_preference")
    browser.post(url, {"group": "reminders"})
    page = browser.get(reverse("notifications:preferences"))
    assert [(group.value, refused) for group, refused in page.context["groups"]] == [("digest", False), ("reminders", True)]
    browser.post(url, {"group": "reminders", "on": "1"})
    write(world, "school")
    assert deliver_queued() == 1
    assert browser.post(url, {"group": "accounts"}).status_code == 404


def test_a_token_of_somebody_else_cannot_be_made(world: World, client: Any) -> None:
    good, other = token_of(world.user("school").pk, "digest"), world.user("upland").pk
    forged = [
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        f"{other.hex}.digest~{good.partition('~')[2]}",
        "x",
        "~",
        f"{other.hex}.x",
    ]
    assert [client.post(reverse("notifications:opt_out", args=[token])).status_code for token in forged] == [404] * len(forged)
    assert (meant_by(good), MailRefusal.objects.count()) == ((world.user("school").pk, "digest"), 0)


def test_without_a_public_address_there_is_no_header_that_leads_nowhere(world: World, queueing: None, settings: Any) -> None:
    settings.PUBLIC_ADDRESS = ""
    write(world, "school")
    deliver_queued()
    assert (mail.outbox[0].extra_headers, mail.outbox[0].body) == ({}, "Проверьте.")
