"""What the delivery knows of kinds of messages. Apps register at start: to which group of mail a kind belongs (a person may
refuse a group; a kind without one is always mailed), and who writes its words anew when the mail goes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from nastavnik.notifications.enums import MailGroup


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and body of a message as they are true now."""

    subject: str
    body: str


# From messages (one query for all of them, not one each) to their words by key; None when there is nothing left to say.
Refresher = Callable[[list[Any]], "dict[UUID, Words | None]"]

groups: dict[str, MailGroup] = {}
refreshers: dict[str, Refresher] = {}


def register_kinds(group: MailGroup, *kinds: str) -> None:
    """Let people refuse mail of these kinds by refusing the group."""
    groups.update(dict.fromkeys(kinds, group))


def refreshed(kind: str) -> Callable[[Refresher], Refresher]:
    """Decorator: this function says what queued mail of the kind has to say when it goes."""

    def register(refresher: Refresher) -> Refresher:
        refreshers[kind] = refresher
        return refresher

    return register
