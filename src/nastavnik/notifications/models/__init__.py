"""The outbox, and which mail a person does not want."""

from nastavnik.notifications.models.messages import Message, MessageQuerySet
from nastavnik.notifications.models.refusals import MailRefusal

__all__ = ["MailRefusal", "Message", "MessageQuerySet"]
