"""Reads of messages."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from nastavnik.core.text import with_words
from nastavnik.notifications.models import Message


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
