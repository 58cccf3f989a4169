"""The address in a mail that refuses further mail of its group with one click, without a log-in (RFC 8058). It is signed, so
nobody can make one for somebody else; it opens nothing and never grows old, since old mail must keep working."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from nastavnik.notifications.enums import MailGroup
from nastavnik.notifications.kinds import groups
from nastavnik.notifications.models import Message

SALT = "nastavnik.notifications.opt_out"


def token_of(user_id: UUID, group: str) -> str:
    """A signed token for one person and one group of mail."""
    return signing.Signer(salt=SALT, sep="~").sign(f"{user_id.hex}.{group}")


def meant_by(token: str) -> tuple[UUID, MailGroup] | None:
    """Whose mail of which group a token refuses; None for one that we did not sign."""
    try:
        person, _dot, group = signing.Signer(salt=SALT, sep="~").unsign(token).partition(".")
        return UUID(person), MailGroup(group)
    except (signing.BadSignature, ValueError):
        return None


def address_of(message: Message) -> str:
    """The address that refuses mail like this one; "" for mail that nobody may refuse."""
    group = groups.get(message.kind)
    if group is None or not settings.PUBLIC_ADDRESS:
        return ""
    return str(settings.PUBLIC_ADDRESS) + reverse("notifications:opt_out", args=[token_of(message.recipient_id, group)])


def headers_of(message: Message) -> dict[str, str]:
    """The headers by which a mail program offers «отписаться»."""
    address = address_of(message)
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if address else {}
