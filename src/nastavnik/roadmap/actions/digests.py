"""Send the daily digest: one message per person and day. A batch of people is one transaction: after a crash the next try goes
on with those who have no `Digest` row, and of two workers at once one inserts it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.models import User
from nastavnik.notifications.actions import post
from nastavnik.notifications.kinds import Words
from nastavnik.notifications.models import Message
from nastavnik.roadmap.digest_words import words_of
from nastavnik.roadmap.models import Digest, DigestRun
from nastavnik.roadmap.queries.digests import notices_of, people_to_tell
from nastavnik.roadmap.queries.ladders import DaysSpokenOf

KIND = "roadmap.digest"
BATCH = 500


def is_time(now: datetime) -> bool:
    """Has the hour come, and has nobody sent everything of this day yet? `now` is the local time."""
    finished = DigestRun.objects.filter(day=now.date(), finished_at__isnull=False)
    return bool(now.hour >= settings.DIGEST_HOUR) and not finished.exists()


def send_digests(day: date, *, after_batch: Callable[[int], None] | None = None) -> int:
    """Write the digests of the day that are still missing; returns how many. A second call sends nothing more."""
    run, _is_new = DigestRun.objects.get_or_create(day=day)
    if run.finished_at is not None:
        return 0
    spoken, sent, last = DaysSpokenOf(day), 0, None
    while people := people_to_tell(day, after=last, most=BATCH):
        sent += send_batch(people, spoken)
        last = people[-1]
        if after_batch:
            after_batch(sent)
    DigestRun.objects.filter(pk=run.pk, finished_at=None).update(finished_at=timezone.now())
    return sent


@transaction.atomic
def send_batch(people: list[UUID], spoken: DaysSpokenOf) -> int:
    """Write the digests of these people, each with words of its own; returns how many."""
    notices = notices_of(people, spoken)
    users = {user.pk: user for user in User.objects.filter(pk__in=claim(list(notices), spoken.day))}
    messages = []
    for key, user in users.items():
        words = words_of(notices[key], spoken.day)
        messages.append(
            Message(
                region_id=user.region_id, recipient=user, kind=KIND, subject=words.subject[:200], body=words.body,
                url=reverse("desk:today"),
            )
        )  # fmt: skip
    post(messages)
    bind(messages, spoken.day)
    return len(messages)


def claim(people: list[UUID], day: date) -> list[UUID]:
    """Those of the people whose row of the day is ours: somebody else's is left alone."""
    regions = dict(User.objects.filter(pk__in=people).values_list("pk", "region_id"))
    rows = [Digest(region_id=regions[key], user_id=key, day=day) for key in sorted(people)]
    Digest.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    return list(Digest.objects.filter(pk__in=[row.pk for row in rows]).values_list("user_id", flat=True))


def bind(messages: list[Message], day: date) -> None:
    """Let each row of the day know its message."""
    keys = {message.recipient_id: message.pk for message in messages}
    rows = list(Digest.objects.filter(user__in=keys, day=day, message=None))
    for row in rows:
        row.message_id = keys[row.user_id]
    Digest.objects.bulk_update(rows, ["message"], batch_size=BATCH)


def words_now(messages: list[Any]) -> dict[UUID, Words | None]:
    """What queued digests have to say when their mail goes: what was done meanwhile is left out, and a digest of which
    everything was done says nothing and is dropped."""
    days: dict[date, dict[UUID, UUID]] = {}
    for message, user, day in Digest.objects.filter(message__in=messages).values_list("message_id", "user_id", "day"):
        days.setdefault(day, {})[message] = user
    found: dict[UUID, Words | None] = {}
    for day, people in days.items():
        notices = notices_of(people.values(), DaysSpokenOf(day))
        for message, user in people.items():
            found[message] = words_of(notices[user], timezone.localdate()) if user in notices else None
    return found
