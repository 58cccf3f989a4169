"""Links for calendar programs."""

import secrets
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.throttling import Limit, here, is_over
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.roadmap.models import CalendarFeed

MOST_FEEDS = 10
# A calendar program asks a few times an hour; somebody who tries addresses asks a lot.
READS_OF_LINK = Limit("reads of calendar link", 60, 15 * 60)
WRONG_LINKS = Limit("wrong calendar links", 30, 15 * 60)


def token_digest(token: str) -> str:
    """What is kept of a secret, and by what it is found: comparing digests tells nothing about the secret."""
    return salted_hmac("nastavnik.roadmap.calendar", token, algorithm="sha256").hexdigest()


@transaction.atomic
def open_feed(*, name: str, query: str, by: Any, key: UUID | None = None) -> tuple[CalendarFeed, str]:
    """A new link for the present appointment and its secret, which is returned once and kept nowhere. `key` is the number of
    the form: the same form sent twice makes one link."""
    if key is not None and CalendarFeed.objects.filter(pk=key).exists():
        raise Refusal(_("Ссылка уже создана. Если вы её не сохранили, отзовите её и создайте новую."))
    if CalendarFeed.objects.visible_to(by).filter(revoked_at=None).count() >= MOST_FEEDS:
        raise Refusal(_("У вас уже %(most)s действующих ссылок. Отзовите ненужную и создайте новую.") % {"most": MOST_FEEDS})
    token, place = secrets.token_urlsafe(32), by.appointment.organisation
    feed = CalendarFeed(
        region_id=place.region_id or 0, user=by, appointment=by.appointment, name=" ".join(name.split())[:80], query=query,
        token_digest=token_digest(token),
    )  # fmt: skip
    if key is not None:
        feed.pk = key
    feed.save(force_insert=True)
    trail.record("roadmap.feed_opened", feed, by=by, after={"title": feed.name}, organisation=place)
    return feed, token


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: Any) -> None:
    """The link stops working; a second click changes nothing."""
    if CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=timezone.now()):
        place = feed.appointment.organisation
        trail.record("roadmap.feed_revoked", feed, by=by, before={"title": feed.name}, organisation=place)


def is_wrong_too_often() -> bool:
    """Count a wrong link from this address; True when there have been too many."""
    return is_over(WRONG_LINKS, here())


@transaction.atomic(durable=True)
def note_reading(feed: CalendarFeed) -> bool:
    """Count a reading of the link; False when it is read too often. A transaction of its own: the page itself only reads."""
    if is_over(READS_OF_LINK, str(feed.pk)):
        return False
    CalendarFeed.objects.filter(pk=feed.pk).update(last_read_at=timezone.now(), times_read=F("times_read") + 1)
    return True
