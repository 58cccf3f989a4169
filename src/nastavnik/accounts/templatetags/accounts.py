"""Small parts of the pages of accounts."""

import segno
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nastavnik.accounts.models import Invitation
from nastavnik.core.templatetags.nastavnik import icon

register = template.Library()
QUIET = 4  # light modules around the code, without which cameras do not find it

INVITATION_TONES = {
    Invitation.Shown.ACCEPTED: ("ok", "check"),
    Invitation.Shown.OPENED: ("work", "eye"),
    Invitation.Shown.SENT: ("work", "send"),
    Invitation.Shown.QUEUED: ("wait", "clock"),
    Invitation.Shown.PAPER: ("wait", "printer"),
    Invitation.Shown.EXPIRED: ("ask", "hourglass"),
    Invitation.Shown.FAILED: ("late", "alert-circle"),
    Invitation.Shown.REVOKED: ("na", "ban"),
}


@register.simple_tag
def qr(text: str, words: str) -> SafeString:
    """A QR code as one SVG path, dark on light in every theme; `words` is its accessible name."""
    rows = list(segno.make(text, error="m", micro=False).matrix)
    side = len(rows) + 2 * QUIET
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )  # fmt: skip
    return format_html(
        '<svg class="n-qr" role="img" aria-label="{}" viewBox="0 0 {} {}" shape-rendering="crispEdges">'
        '<rect width="{}" height="{}" fill="#fff"/><path fill="#000" d="{}"/></svg>',
        words, side, side, side, side, path,
    )  # fmt: skip


@register.simple_tag
def invitation_status(invitation: Invitation) -> SafeString:
    """Icon, word and colour of an invitation's state."""
    shown = invitation.shown
    tone, name = INVITATION_TONES[shown]
    return format_html('<span class="n-st n-st-{}">{}{}</span>', tone, icon(name, "s"), Invitation.Shown(shown).label)


@register.filter
def spaced_key(text: str) -> str:
    """«ABCD EFGH …», easier to copy by hand."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
