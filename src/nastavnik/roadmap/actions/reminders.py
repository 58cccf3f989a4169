"""Remind late organisations: one message per person and measure, not more than once a day for the same work."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.models import User
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.notifications.actions import send_message
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import RoadmapState
from nastavnik.roadmap.models import Assignment, Measure
from nastavnik.roadmap.models.assignments import AssignmentQuerySet
from nastavnik.roadmap.queries.readers import TO_REMIND, first_of, readers_by_role

QUIET = timedelta(hours=20)


@dataclass(frozen=True)
class Reminder:
    """Who would be reminded: late assignments and people by organisation, organisations where nobody is appointed, and
    those that were reminded today already. `passed_over` counts chosen assignments that are not late."""

    late: dict[Organisation, list[Assignment]]
    people: dict[Organisation, list[User]]
    without_people: list[Organisation]
    reminded_today: list[Organisation]
    passed_over: int = 0


def late_below(user: Any) -> AssignmentQuerySet:
    """Late assignments of the branch in plans at work, without those of the user's own organisation: nobody reminds oneself."""
    rows = Assignment.objects.visible_to(user).filter(roadmap__state=RoadmapState.ACTIVE)
    return rows.shown_as("late", timezone.localdate()).exclude(organisation_id=user.appointment.organisation_id)


def reminder_for(measure: Measure, user: Any, *, organisation: str = "") -> Reminder:
    """Late organisations of a measure (or only the one with that address) and whom they concern: three queries."""
    rows = late_below(user).filter(measure=measure)
    return reminder_of(rows.filter(organisation__slug=organisation) if organisation else rows)


def reminder_of(rows: AssignmentQuerySet, *, passed_over: int = 0) -> Reminder:
    """A reminder of these assignments: three queries."""
    now = timezone.now()
    late = list(rows.select_related("organisation", "measure").order_by("organisation__sort_key", "due_on", "pk"))
    fresh: dict[Organisation, list[Assignment]] = defaultdict(list)
    for one in late:
        if one.reminded_at is None or one.reminded_at < now - QUIET:
            fresh[one.organisation].append(one)
    people = people_of(fresh)
    return Reminder(
        late=dict(fresh),
        people={place: people[place.pk] for place in fresh if place.pk in people},
        without_people=[place for place in fresh if place.pk not in people],
        reminded_today=list(dict.fromkeys(one.organisation for one in late if one.organisation not in fresh)),
        passed_over=passed_over,
    )


def people_of(places: Iterable[Organisation]) -> dict[int, list[User]]:
    """Coordinators of each organisation, or its head where there is no coordinator, and so on down `TO_REMIND`; whoever stands
    in for them while they are away. Two queries."""
    found = readers_by_role([place.pk for place in places], timezone.localdate())
    people = {pk: [reader.person for reader in first_of(by_role, TO_REMIND)] for pk, by_role in found.items()}
    return {pk: readers for pk, readers in people.items() if readers}


def reminder_text(measure: Measure) -> str:
    """The text that a person may change before it goes."""
    sentence = _("Прошёл срок мероприятия %(number)s «%(text)s» (%(deadline)s). Отметьте, что сделано, или напишите, что мешает.")
    words = {"number": measure.number.rstrip("."), "text": shortened(measure.text), "deadline": measure.deadline_text}
    return sentence % words


def reminder_text_of_many() -> str:
    """The text of a reminder of several measures; each organisation also gets the list of its own."""
    return _("Прошёл срок мероприятий дорожной карты. Отметьте, что сделано, или напишите, что мешает.")


def shortened(text: str, most: int = 120) -> str:
    """At most so many characters, cut at a word."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


@transaction.atomic
def remind_schools(reminder: Reminder, *, text: str, by: User) -> int:
    """Write the messages; returns how many people get one. What somebody else has reminded of meanwhile is left out."""
    free = claim([one for place in reminder.people for one in reminder.late[place]])
    sent = 0
    reached: dict[Measure, list[str]] = defaultdict(list)
    for place, people in reminder.people.items():
        mine = [one for one in reminder.late[place] if one.pk in free]
        if mine:
            write_to(people, mine, text=text, by=by)
            sent += len(people)
        for measure in {one.measure for one in mine}:
            reached[measure].append(place.name)
    if not sent:
        raise Refusal(_("Напоминать некому: все уже получили напоминание сегодня или в школах никто не назначен."))
    trail.record_many(
        trail.build_change("roadmap.schools_reminded", measure, by=by, after={"organisations": names})
        for measure, names in reached.items()
    )
    return sent


def claim(assignments: list[Assignment]) -> set[Any]:
    """Stamp those that nobody has reminded of today, under a lock; returns their keys."""
    now = timezone.now()
    rows = Assignment.objects.filter(Q(reminded_at=None) | Q(reminded_at__lt=now - QUIET), pk__in=[one.pk for one in assignments])
    free = set(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    Assignment.objects.filter(pk__in=free).update(reminded_at=now)
    return free


def write_to(people: list[User], mine: list[Assignment], *, text: str, by: User) -> None:
    """One message per person of one organisation: about one assignment, or about several with their numbers and days."""
    numbers = ", ".join(dict.fromkeys(one.measure.number.rstrip(".") for one in mine))
    url, body = reverse("roadmap:assignment_detail", kwargs={"pk": mine[0].pk}), text
    if len(mine) > 1:
        url = f"{reverse('roadmap:assignment_list')}?own=1&state=late"
        body = "\n".join([text, "", *(f"{one.measure.number} {shortened(one.measure.text)}" for one in mine)])
    subject = _("Просрочено: мероприятие %(number)s") % {"number": numbers}
    send_message(
        people, kind="roadmap.late", subject=subject, body=body, url=url, by=by,
        organisation_id=by.appointment.organisation_id if by.appointment else None,
    )  # fmt: skip
