"""Write messages to the outbox, mark them, forget them. How mail leaves: `delivery`."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.models import User
from nastavnik.accounts.rules import place_of
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.jobs.actions import enqueue
from nastavnik.notifications.enums import MailGroup
from nastavnik.notifications.kinds import groups
from nastavnik.notifications.models import MailRefusal, Message
from nastavnik.notifications.queries import refusals_of


@transaction.atomic
def send_message(
    recipients: Iterable[User], *, kind: str, subject: str, body: str, url: str = "", by: User | None = None,
    organisation_id: int | None = None, by_mail_only: bool = False,
) -> list[Message]:  # fmt: skip
    """One row per recipient, readable at once; mail follows after commit where there is an address and a server.

    `by_mail_only` never stands in the inbox; without an address or a server such a message is not written at all.
    """
    return post(
        Message(
            region_id=recipient.region_id, recipient=recipient, sender=by, kind=kind, subject=subject[:200], body=body, url=url,
            organisation_id=organisation_id, by_mail_only=by_mail_only,
        )
        for recipient in recipients
    )  # fmt: skip


@transaction.atomic
def post(messages: Iterable[Message]) -> list[Message]:
    """Write prepared messages, each with words of its own; what `send_message` does for equal ones. Two queries per 500."""
    messages = list(messages)
    refused = refusals_of(messages)
    for message in messages:
        if settings.EMAIL_HOST and message.recipient.email:
            wanted = (message.recipient_id, groups.get(message.kind)) not in refused
            message.mail_state = Message.MailState.QUEUED if wanted else Message.MailState.REFUSED
    messages = [one for one in messages if not one.by_mail_only or one.mail_state == Message.MailState.QUEUED]
    Message.objects.bulk_create(messages, batch_size=500)
    if any(message.mail_state == Message.MailState.QUEUED for message in messages):
        enqueue_delivery()
    return messages


@transaction.atomic
def send_letter(
    address: str, *, region_id: int, kind: str, subject: str, body: str, url: str, by: User | None, organisation_id: int | None
) -> Message | None:
    """A letter to somebody who has no account yet; None without a mail server. It never stands in anybody's inbox."""
    if not settings.EMAIL_HOST:
        return None
    letter = Message.objects.create(
        region_id=region_id, mail_address=address, sender=by, kind=kind, subject=subject[:200], body=body, url=url,
        organisation_id=organisation_id, by_mail_only=True, mail_state=Message.MailState.QUEUED,
    )  # fmt: skip
    enqueue_delivery()
    return letter


@transaction.atomic
def retry_mail(message: Message) -> None:
    """Try again to mail what was given up. The mark is taken by one statement, so that two clicks send one mail."""
    if not settings.EMAIL_HOST:
        raise Refusal(_("Почтовый сервер не настроен. Сообщение можно прочитать в системе."))
    taken = Message.objects.filter(pk=message.pk, mail_state=Message.MailState.FAILED).update(
        mail_state=Message.MailState.QUEUED, mail_attempts=0, mail_due_at=timezone.now(), mail_error=""
    )
    if not taken:
        raise Refusal(_("Это письмо уже отправлено или ждёт отправки."))
    enqueue_delivery()


@transaction.atomic
def refuse_mail(user: User, group: MailGroup, *, by: User) -> None:
    """No more mail of this group; a second refusal changes nothing. What is queued is not sent either (`delivery`)."""
    _refusal, is_new = MailRefusal.objects.get_or_create(user=user, group=group, defaults={"region_id": user.region_id})
    if is_new:
        trail.record("notifications.mail_refused", user, by=by, organisation=place_of(user), after={"group": group})


@transaction.atomic
def accept_mail(user: User, group: MailGroup, *, by: User) -> None:
    """Mail of this group again; nothing changes for somebody who gets it."""
    deleted, _by_model = MailRefusal.objects.filter(user=user, group=group).delete()
    if deleted:
        trail.record("notifications.mail_accepted", user, by=by, organisation=place_of(user), after={"group": group})


def enqueue_delivery() -> None:
    """Have the queue looked at after commit; one job at a time is enough."""
    enqueue("notifications.deliver", key="deliver mail")


def mark_read(messages: QuerySet[Message]) -> None:
    """The recipient has seen them; the first time counts."""
    messages.filter(read_at=None).update(read_at=timezone.now())


def forget_old_messages(*, older_than: timedelta, mail_only_older_than: timedelta) -> int:
    """Neither read messages nor one-time links stay for ever; returns how many went."""
    now = timezone.now()
    links = Q(by_mail_only=True, created_at__lt=now - mail_only_older_than)
    deleted, _by_model = Message.objects.filter(Q(read_at__lt=now - older_than) | links).delete()
    return deleted
