"""Reads of messages."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict

from nastavnik.core.text import with_words
from nastavnik.notifications.models import MailRefusal, Message


def inbox_rows(user: Any, query: QueryDict) -> QuerySet[Message]:
    """The user's messages; `new=1`: unread ones only."""
    rows = Message.objects.visible_to(user).select_related("sender")
    return rows.filter(read_at=None) if query.get("new") else rows


def outbox_rows(user: Any, query: QueryDict) -> QuerySet[Message]:
    """What the user's organisation sent: `state` of the mail, `q` words of the recipient's name."""
    rows = Message.objects.sent_from(user).select_related("recipient")
    if query.get("state"):
        rows = rows.filter(mail_state=query["state"])
    return with_words(rows, query.get("q", ""), "recipient__search_text")


def refusals_of(messages: Iterable[Message]) -> set[tuple[UUID, str]]:
    """(person, group) of what the recipients of these messages have refused: one query."""
    people = {message.recipient_id for message in messages if message.recipient_id}
    return set(MailRefusal.objects.filter(user__in=people).values_list("user_id", "group")) if people else set()


def refused_groups(user: Any) -> set[str]:
    """Which groups of mail a person has refused."""
    return set(MailRefusal.objects.filter(user_id=user.pk).values_list("group", flat=True))
