"""Calendars by a secret link: the page of one's links, and the file that a calendar program reads."""

from datetime import datetime, time
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nastavnik.core.access import command, page, public
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import go_to
from nastavnik.core.identifiers import uuid7
from nastavnik.roadmap.actions.feeds import (
    READS_OF_LINK,
    is_wrong_too_often,
    note_reading,
    open_feed,
    revoke_feed,
    token_digest,
)
from nastavnik.roadmap.exports.ics import MEDIA_TYPE, tag_of, write_calendar
from nastavnik.roadmap.forms.assignments import FeedForm
from nastavnik.roadmap.models import CalendarFeed
from nastavnik.roadmap.queries.addresses import kept_query
from nastavnik.roadmap.queries.feeds import Event, events_of, feed_by

VIEW = "roadmap.view_roadmap"
MOST_LISTED = 50


@page(VIEW)
def calendar_feeds(request: HttpRequest) -> HttpResponse:
    """«Подписка на календарь»: one's links, and a form for a new one with the filters of the address."""
    form = FeedForm(initial={"name": _("Дорожная карта"), "key": uuid7()})
    return show(request, form, kept_query(request.GET))


def show(request: HttpRequest, form: FeedForm, query: str, status: int = 200, **context: Any) -> HttpResponse:
    """The page; `link` is a link that was just made."""
    rows = CalendarFeed.objects.visible_to(request.user).select_related("appointment__organisation")
    feeds = list(rows.order_by("revoked_at", "-created_at", "-pk")[:MOST_LISTED])
    context |= {"feeds": feeds, "form": form, "query": query, "today": timezone.localdate()}
    return render(request, "roadmap/calendar_feeds.html", context, status=status)


@command(VIEW)
@never_cache
def make_feed(request: HttpRequest) -> HttpResponse:
    """Make a link and show it, once."""
    form, query, made = FeedForm(request.POST), kept_query(QueryDict(request.POST.get("query", "")[:4000])), []
    if form.is_valid() and accepted(form, lambda: made.append(open_feed(**form.cleaned_data, query=query, by=request.user))):
        feed, token = made[0]
        link = site_of(request) + reverse("roadmap:calendar_feed", args=[token])
        fresh = FeedForm(initial={"name": feed.name, "key": uuid7()})
        return show(request, fresh, query, link=link, subscribe=link.partition("//")[2], made=feed)
    return show(request, form, query, status=422)


@command(VIEW)
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a link stop working."""
    rows = CalendarFeed.objects.visible_to(request.user).select_related("appointment__organisation")
    feed = get_object_or_404(rows, pk=pk)
    revoke_feed(feed, by=request.user)
    messages.success(request, _("Ссылка «%(name)s» отозвана: календарь по ней больше не обновляется.") % {"name": feed.name})
    return go_to(request, "roadmap:calendar_feeds")


@public
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The file. A wrong, revoked or ended link does not exist; which of these it was is not told."""
    feed = feed_by(token_digest(token))
    if feed is None:
        if is_wrong_too_often():
            return slow_down()
        raise Http404
    if not note_reading(feed):
        return slow_down()
    return file_of(request, feed)


def file_of(request: HttpRequest, feed: CalendarFeed) -> HttpResponse:
    """The calendar, or 304 when the reader has it."""
    events, site = events_of(feed), site_of(request)
    content = write_calendar(feed.name, events, site=site, host=urlsplit(site).hostname or "nastavnik")
    tag, changed = tag_of(content), last_change(feed, events)
    headers = {
        "ETag": tag, "Last-Modified": http_date(changed), "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex",
        "Content-Disposition": 'inline; filename="nastavnik.ics"',
    }  # fmt: skip
    response = HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)
    return get_conditional_response(request, etag=tag, last_modified=changed, response=response) or response


def last_change(feed: CalendarFeed, events: list[Event]) -> int:
    """When the file last became what it is, in seconds: with the last mark, or last midnight, when what was due became late."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    return int(max([feed.created_at, midnight, *(event.changed_at for event in events)]).timestamp())


def slow_down() -> HttpResponse:
    """429: asked too often."""
    return HttpResponse(status=429, headers={"Retry-After": str(READS_OF_LINK.seconds)})


def site_of(request: HttpRequest) -> str:
    """How the product is reached from outside."""
    return settings.PUBLIC_ADDRESS or f"{request.scheme}://{request.get_host()}"
