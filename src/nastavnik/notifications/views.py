"""Messages: the inbox of a person, the outbox of an organisation."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from nastavnik.core.access import SIGNED_IN, came_from, command, page
from nastavnik.core.htmx import go_to, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.notifications.actions import mark_read
from nastavnik.notifications.models import Message

ORDER = ["-created_at", "-pk"]


@page(SIGNED_IN)
def inbox(request: HttpRequest) -> HttpResponse:
    """One's messages, the newest first."""
    shown = keyset_page(Message.objects.visible_to(request.user).select_related("sender"), ORDER, request)
    return render_page(request, "notifications/inbox.html", {"page": shown}, partial="rows")


@page(SIGNED_IN)
def message_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One message; reading it does not change it, the button does."""
    message = get_object_or_404(Message.objects.visible_to(request.user).select_related("sender"), pk=pk)
    return render(request, "notifications/message_detail.html", {"message": message})


@command(SIGNED_IN)
def open_message(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark as read and go to what the message is about."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    mark_read(message)
    return go_to(request, message.url or "notifications:inbox")


@command(SIGNED_IN)
def read_all(request: HttpRequest) -> HttpResponse:
    """Nothing is unread any more."""
    Message.objects.visible_to(request.user).filter(read_at=None).update(read_at=timezone.now())
    return go_to(request, came_from(request))


@page("roadmap.remind_schools")
def outbox(request: HttpRequest) -> HttpResponse:
    """What this organisation has sent, to whom, and whether the mail went."""
    rows = Message.objects.sent_from(request.user).select_related("recipient", "sender")
    return render_page(request, "notifications/outbox.html", {"page": keyset_page(rows, ORDER, request)}, partial="rows")
