"""Write messages to the outbox and send them."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.models import User
from nastavnik.jobs.actions import enqueue
from nastavnik.notifications.models import Message

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 6
BATCH = 100


@transaction.atomic
def send_message(
    recipients: Iterable[User], *, kind: str, subject: str, body: str, url: str = "", by: User | None = None,
    organisation_id: int | None = None,
) -> list[Message]:  # fmt: skip
    """One row per recipient, readable at once; mail follows after commit where there is an address and a server."""
    by_mail = bool(settings.EMAIL_HOST)
    messages = [
        Message(
            region_id=recipient.region_id, recipient=recipient, sender=by, kind=kind, subject=subject[:200], body=body, url=url,
            organisation_id=organisation_id,
            mail_state=Message.MailState.QUEUED if by_mail and recipient.email else Message.MailState.NONE,
        )
        for recipient in recipients
    ]  # fmt: skip
    Message.objects.bulk_create(messages, batch_size=500)
    if any(message.mail_state == Message.MailState.QUEUED for message in messages):
        enqueue("notifications.deliver", key="deliver mail")
    return messages


def deliver_queued() -> int:
    """Send what is queued; a failing server postpones the rest, six failures give one message up. Returns the number sent."""
    queued = Message.objects.filter(mail_state=Message.MailState.QUEUED).select_related("recipient").order_by("created_at", "id")
    sent = 0
    for message in queued[:BATCH]:
        sent += deliver(message)
    return sent


def deliver(message: Message) -> bool:
    """Claim one message, send it, note how it went."""
    claimed = Message.objects.filter(
        pk=message.pk, mail_state=Message.MailState.QUEUED, mail_attempts=message.mail_attempts
    ).update(mail_attempts=message.mail_attempts + 1)
    if not claimed:
        return False
    link = f"\n\n{settings.PUBLIC_ADDRESS}{message.url}" if message.url and settings.PUBLIC_ADDRESS else ""
    mail = EmailMessage(message.subject, message.body + link, settings.DEFAULT_FROM_EMAIL, [message.recipient.email])
    try:
        mail.send()
    except (OSError, SMTPException) as error:
        logger.warning("Mail %s was not sent: %s", message.pk, type(error).__name__)
        note_failure(message, error)
        return False
    Message.objects.filter(pk=message.pk).update(mail_state=Message.MailState.SENT, sent_at=timezone.now(), mail_error="")
    return True


def note_failure(message: Message, error: Exception) -> None:
    """Keep the message queued for the next round, or give it up."""
    gives_up = message.mail_attempts + 1 >= MOST_ATTEMPTS
    Message.objects.filter(pk=message.pk).update(
        mail_state=Message.MailState.FAILED if gives_up else Message.MailState.QUEUED, mail_error=type(error).__name__
    )


def mark_read(message: Message) -> None:
    """The recipient has opened it."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=timezone.now())


def forget_old_messages(*, older_than: timedelta) -> int:
    """Read messages do not stay for ever."""
    deleted, _ = Message.objects.filter(read_at__lt=timezone.now() - older_than).delete()
    return deleted
