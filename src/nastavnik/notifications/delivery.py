"""How queued mail leaves. A message is claimed by one conditional update that also says when it may be tried next, so that
several workers send each mail once and a silent server is asked less and less often."""

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.invitations import note_delivery
from nastavnik.notifications.kinds import Words, groups, refreshers
from nastavnik.notifications.models import Message
from nastavnik.notifications.opting_out import address_of, headers_of
from nastavnik.notifications.queries import refusals_of

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 10  # the last one about 17 hours after the first
FIRST_PAUSE = timedelta(minutes=2)
BATCH = 100
INVITATION = "accounts.invitation"

# What the server says about one letter; everything else (OSError, SMTPException) is about the server itself.
ABOUT_ONE_LETTER = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError, ValueError)


class Outcome(Enum):
    """How one try went."""

    SENT = "sent"
    LETTER_REFUSED = "letter refused"
    SERVER_FAILED = "server failed"


def deliver_queued(after_batch: Callable[[int], None] | None = None) -> int:
    """Send all that is due; returns how many were sent, and tells `after_batch` so meanwhile. When the server itself fails, the
    rest is left for a later round: nobody waits a hundred times for the same silence."""
    sent = 0
    if not settings.EMAIL_HOST:
        return sent
    due = Message.objects.filter(mail_state=Message.MailState.QUEUED).select_related("recipient").order_by("mail_due_at", "id")
    while batch := list(due.filter(mail_due_at__lte=timezone.now())[:BATCH]):
        outcomes = deliver_batch(batch)
        sent += outcomes.count(Outcome.SENT)
        if Outcome.SERVER_FAILED in outcomes:
            break
        if after_batch:
            after_batch(sent)
    return sent


def deliver_batch(messages: list[Message]) -> list[Outcome]:
    """Claim and send messages over one connection, until the server fails; what another worker has claimed is left out, and
    so is what nobody wants or needs any more."""
    messages = still_wanted(messages)
    outcomes: list[Outcome] = []
    connection = get_connection()
    try:
        for message in messages:
            if claim(message):
                outcomes.append(deliver(message, connection))
            if Outcome.SERVER_FAILED in outcomes:
                break
    finally:
        close(connection)
    return outcomes


def still_wanted(messages: list[Message]) -> list[Message]:
    """Without mail that its recipient has refused meanwhile, and with the words that are true now: kinds with a refresher are
    written anew, and dropped when there is nothing left to say. A few queries, however many messages."""
    refused = refusals_of(messages)
    unwanted = {one.pk for one in messages if (one.recipient_id, groups.get(one.kind)) in refused}
    words: dict[UUID, Words | None] = {}
    for kind, refresher in refreshers.items():
        if mine := [one for one in messages if one.kind == kind and one.pk not in unwanted]:
            words |= refresher(mine)
    outdated = {pk for pk, found in words.items() if found is None}
    set_aside(unwanted, Message.MailState.REFUSED)
    set_aside(outdated, Message.MailState.OUTDATED)
    rewrite([one for one in messages if one.pk in words], words)
    return [one for one in messages if one.pk not in unwanted | outdated]


def set_aside(keys: set[UUID], state: str) -> None:
    """Queued mail that will not be sent."""
    if keys:
        Message.objects.filter(pk__in=keys, mail_state=Message.MailState.QUEUED).update(mail_state=state)


def rewrite(messages: list[Message], words: "dict[UUID, Words | None]") -> None:
    """Put new words on messages, in the system too."""
    changed = []
    for message in messages:
        found = words[message.pk]
        if found and (found.subject[:200], found.body) != (message.subject, message.body):
            message.subject, message.body = found.subject[:200], found.body
            changed.append(message)
    if changed:
        Message.objects.bulk_update(changed, ["subject", "body"])


def claim(message: Message) -> bool:
    """True for the one worker that may try to send it now."""
    now = timezone.now()
    taken = Message.objects.filter(
        pk=message.pk, mail_state=Message.MailState.QUEUED, mail_attempts=message.mail_attempts, mail_due_at__lte=now
    ).update(mail_attempts=message.mail_attempts + 1, mail_due_at=next_try(now, message.mail_attempts))
    return taken == 1


def next_try(now: datetime, attempts: int) -> datetime:
    """When to try again after that many earlier failures: in 2, 4, 8 … minutes."""
    return now + FIRST_PAUSE * 2**attempts


def deliver(message: Message, connection: BaseEmailBackend) -> Outcome:
    """Send a claimed message and note how it went."""
    try:
        connection.open()
        letter_of(message, connection).send()
    except ABOUT_ONE_LETTER as error:
        note_failure(message, error)
        return Outcome.LETTER_REFUSED
    except (OSError, smtplib.SMTPException) as error:
        note_failure(message, error)
        return Outcome.SERVER_FAILED
    Message.objects.filter(pk=message.pk).update(mail_state=Message.MailState.SENT, sent_at=timezone.now(), mail_error="")
    if message.kind == INVITATION:
        Message.objects.filter(pk=message.pk).update(url="")  # the link opens an account: it is kept no longer than it must be
        note_delivery(message.pk, sent=True, given_up=False)
    return Outcome.SENT


def letter_of(message: Message, connection: BaseEmailBackend) -> EmailMessage:
    """Subject, words, a link into the system, and the way to refuse further mail of this group."""
    link = f"\n\n{settings.PUBLIC_ADDRESS}{message.url}" if message.url and settings.PUBLIC_ADDRESS else ""
    address = message.mail_address or message.recipient.email
    subject = " ".join(message.subject.split())  # a line break there would begin another header
    refusal = address_of(message)
    end = _("\n\nНе присылать такие письма: %(address)s") % {"address": refusal} if refusal else ""
    return EmailMessage(
        subject, message.body + link + end, settings.DEFAULT_FROM_EMAIL, [address], connection=connection,
        headers=headers_of(message),
    )  # fmt: skip


def note_failure(message: Message, error: Exception) -> None:
    """Keep the message queued for its next try, or give it up."""
    logger.warning("Mail %s was not sent: %s", message.pk, type(error).__name__)
    gives_up = message.mail_attempts + 1 >= MOST_ATTEMPTS
    state = Message.MailState.FAILED if gives_up else Message.MailState.QUEUED
    Message.objects.filter(pk=message.pk).update(mail_state=state, mail_error=type(error).__name__)
    if message.kind == INVITATION:
        note_delivery(message.pk, sent=False, given_up=gives_up, error=type(error).__name__)


def close(connection: BaseEmailBackend) -> None:
    """A server that is gone cannot be told goodbye."""
    try:
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("The mail connection did not close: %s", type(error).__name__)
