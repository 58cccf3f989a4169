"""Messages: the inbox of a person, the outbox of an organisation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from nastavnik.audit.trail import note_access
from nastavnik.core.access import SIGNED_IN, came_from, command, page
from nastavnik.core.htmx import asked, go_to, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.notifications.actions import mark_read, retry_mail
from nastavnik.notifications.models import Message
from nastavnik.notifications.queries import inbox_rows, outbox_rows

ORDER = ["-created_at", "-pk"]


@page(SIGNED_IN)
def inbox(request: HttpRequest) -> HttpResponse:
    """One's messages, the newest first; `new=1` shows those only that were not read."""
    shown = keyset_page(inbox_rows(request.user, request.GET), ORDER, request)
    return render_page(request, "notifications/inbox.html", {"page": shown, "query": asked(request)}, partial="rows")


@page(SIGNED_IN)
def message_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One message. Showing it does not mark it, since a page writes nothing (a mail scanner or a preview would mark it too);
    its button, and the one in the list, do."""
    message = get_object_or_404(Message.objects.visible_to(request.user).select_related("sender"), pk=pk)
    return render(request, "notifications/message_detail.html", {"message": message})


@command(SIGNED_IN)
def open_message(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark as read and go to what the message is about."""
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    mark_read(Message.objects.filter(pk=message.pk))
    return go_to(request, message.url or "notifications:inbox")


@command(SIGNED_IN)
def read_all(request: HttpRequest) -> HttpResponse:
    """Nothing is unread any more."""
    mark_read(Message.objects.visible_to(request.user))
    return go_to(request, came_from(request))


@page("roadmap.remind_schools")
def outbox(request: HttpRequest) -> HttpResponse:
    """What this organisation has sent, to whom, and whether the mail went."""
    shown = keyset_page(outbox_rows(request.user, request.GET), ORDER, request)
    note_access(request, "view", Message, rows=len(shown.rows))
    context = {"page": shown, "states": Message.MailState.choices, "query": asked(request)}
    return render_page(request, "notifications/outbox.html", context, partial="rows")


@command("roadmap.remind_schools")
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mail once more what was given up."""
    retry_mail(get_object_or_404(Message.objects.sent_from(request.user), pk=pk))
    messages.success(request, _("Письмо поставлено в очередь."))
    return go_to(request, "notifications:outbox")
