"""Remind late organisations: one message per person, not more than once a day for the same work."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Appointment, User
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.notifications.actions import send_message
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.models import Assignment, Measure

QUIET = timedelta(hours=20)
TO_REMIND = (Role.SCHOOL_COORDINATOR, Role.SCHOOL_HEAD, Role.DEPUTY_HEAD, Role.MUNICIPAL_COORDINATOR, Role.PARTNER_REPRESENTATIVE)


@dataclass(frozen=True)
class Reminder:
    """Who would be reminded of a measure: people by organisation, organisations where nobody is appointed, and those that
    were reminded today already."""

    measure: Measure
    assignments: list[Assignment]
    people: dict[Organisation, list[User]]
    without_people: list[Organisation]
    reminded_today: list[Organisation]


def reminder_for(measure: Measure, user: Any) -> Reminder:
    """Late assignments of a measure in the user's branch and whom they concern: three queries."""
    now = timezone.now()
    late = list(
        Assignment.objects.visible_to(user).filter(measure=measure, awaits_date=False).late(timezone.localdate())
        .exclude(organisation_id=user.appointment.organisation_id).select_related("organisation").order_by("organisation__sort_key")
    )  # fmt: skip
    fresh = [one for one in late if one.reminded_at is None or one.reminded_at < now - QUIET]
    places = {one.organisation_id: one.organisation for one in fresh}
    people = people_of(places.values())
    return Reminder(
        measure=measure,
        assignments=fresh,
        people={places[pk]: found for pk, found in people.items()},
        without_people=[place for pk, place in places.items() if pk not in people],
        reminded_today=list({one.organisation_id: one.organisation for one in late if one not in fresh}.values()),
    )


def people_of(places: Iterable[Organisation]) -> dict[int, list[User]]:
    """Coordinators of each organisation, or its head where there is no coordinator."""
    held = Appointment.objects.in_force(timezone.localdate()).filter(
        organisation__in=list(places), role__in=TO_REMIND, user__is_active=True
    )
    by_role: dict[int, dict[str, list[User]]] = defaultdict(lambda: defaultdict(list))
    for one in held.select_related("user").order_by("user__sort_key"):
        by_role[one.organisation_id][one.role].append(one.user)
    return {pk: next(roles[role] for role in TO_REMIND if role in roles) for pk, roles in by_role.items()}


def reminder_text(measure: Measure) -> str:
    """The text that a person may change before it goes."""
    return _("Прошёл срок мероприятия %(number)s «%(text)s» (%(deadline)s). Отметьте, что сделано, или напишите, что мешает.") % {
        "number": measure.number.rstrip("."), "text": shortened(measure.text), "deadline": measure.deadline_text,
    }  # fmt: skip


def shortened(text: str, most: int = 120) -> str:
    """At most so many characters, cut at a word."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


@transaction.atomic
def remind_schools(reminder: Reminder, *, text: str, by: User) -> int:
    """Write the messages; returns how many people get one."""
    if not reminder.people:
        raise Refusal(_("Напоминать некому: все уже получили напоминание сегодня или в школах никто не назначен."))
    sent = 0
    for place, people in reminder.people.items():
        assignment = next(one for one in reminder.assignments if one.organisation_id == place.pk)
        send_message(
            people, kind="roadmap.late", subject=_("Просрочено: мероприятие %(number)s") % {"number": reminder.measure.number.rstrip(".")},
            body=text, url=reverse("roadmap:assignment_detail", kwargs={"pk": assignment.pk}), by=by,
            organisation_id=by.appointment.organisation_id if by.appointment else None,
        )  # fmt: skip
        sent += len(people)
    mark_reminded(reminder.assignments)
    trail.record(
        "roadmap.schools_reminded", reminder.measure, by=by, after={"organisations": [place.name for place in reminder.people]}
    )
    return sent


def mark_reminded(assignments: Sequence[Assignment]) -> None:
    """So that nobody is reminded twice a day of the same."""
    Assignment.objects.filter(pk__in=[one.pk for one in assignments]).update(reminded_at=timezone.now())
