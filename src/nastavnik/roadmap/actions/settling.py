"""«Сроки, которые надо уточнить»: the day that the plan left open is named for everybody, or each school is asked for its own."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.models import User
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.notifications.actions import send_message
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.amendments import Act, begin_amendment, keep_amendment
from nastavnik.roadmap.actions.fanout import fan_out_measure
from nastavnik.roadmap.actions.reminders import QUIET, claim, people_of, shortened
from nastavnik.roadmap.enums import ShownState
from nastavnik.roadmap.models import Assignment, Measure
from nastavnik.roadmap.models.deadlines import DEADLINE_COLUMNS
from planreader.deadlines import write_phrase
from planreader.model import Deadline, DeadlineKind, Span


@transaction.atomic
def settle_deadline(measure: Measure, *, due_on: date, by: Any, reason: str = "", act: Act | None = None) -> Measure:
    """Name one day for all who still wait for it. A school that has named its own day keeps that day.

    Refused for a measure whose deadline is known: changing that needs a reason (`change_measure`). In an approved plan
    the day is an amendment, with reason and act.
    """
    amendment = begin_amendment(measure.roadmap, reason=reason, act=act, by=by)
    measure = Measure.objects.select_for_update(of=("self",)).select_related("roadmap__organisation").get(pk=measure.pk)
    if measure.is_settled and not measure.assignments.filter(awaits_date=True).exists():
        raise Refusal(_("Срок этого мероприятия уже назван. Чтобы перенести его, измените мероприятие и напишите причину."))
    before = {"deadline": measure.deadline_text}
    value = Deadline("", DeadlineKind.BY, None, due_on, (Span(None, due_on),))
    measure.deadline = Deadline(write_phrase(value), value.kind, None, due_on, value.occurrences)
    measure.version += 1
    measure.save(update_fields=[*DEADLINE_COLUMNS, "version"])
    fan_out_measure(measure, by=by)
    trail.record(
        "roadmap.deadline_settled", measure, by=by, organisation=measure.roadmap.organisation, reason=reason,
        before=before, after={"deadline": measure.deadline_text},
    )  # fmt: skip
    keep_amendment(amendment, by=by)
    return measure


@dataclass(frozen=True)
class Question:
    """Whom a question about an open day would reach: the assignments that wait and people by organisation; organisations
    where nobody is appointed; those that were written to today already."""

    measure: Measure
    waiting: dict[Organisation, list[Assignment]]
    people: dict[Organisation, list[User]]
    without_people: list[Organisation]
    asked_today: list[Organisation]


def question_about(measure: Measure, user: Any) -> Question:
    """The schools of the branch that have not named their day: two queries. Nobody asks oneself."""
    rows = Assignment.objects.visible_to(user).filter(measure=measure).shown_as(ShownState.ASK, timezone.localdate())
    rows = rows.exclude(organisation_id=user.appointment.organisation_id).select_related("organisation")
    waiting: dict[Organisation, list[Assignment]] = {}
    for one in rows.order_by("organisation__sort_key", "occurrence"):
        waiting.setdefault(one.organisation, []).append(one)
    recent = timezone.now() - QUIET
    asked = [place for place, found in waiting.items() if any(one.reminded_at and one.reminded_at > recent for one in found)]
    fresh = [place for place in waiting if place not in asked]
    people = people_of(fresh)
    return Question(
        measure=measure, waiting=waiting, people={place: people[place.pk] for place in fresh if place.pk in people},
        without_people=[place for place in fresh if place.pk not in people], asked_today=asked,
    )  # fmt: skip


def question_text(measure: Measure) -> str:
    """The text that a person may change before it goes."""
    return _("У мероприятия %(number)s «%(text)s» в плане стоит «%(deadline)s». Назовите день, до которого сделаете.") % {
        "number": measure.number.rstrip("."), "text": shortened(measure.text), "deadline": measure.deadline_text,
    }  # fmt: skip


@transaction.atomic
def ask_for_dates(question: Question, *, text: str, by: User) -> int:
    """Write to the schools that still owe a day, each at most once a day; returns how many people get the message."""
    free = claim([one for place in question.people for one in question.waiting[place]])
    asked = {place: people for place, people in question.people.items() if any(one.pk in free for one in question.waiting[place])}
    if not asked:
        raise Refusal(_("Спрашивать некого: все назвали срок, получили вопрос сегодня или в школах никто не назначен."))
    subject = _("Назовите срок: мероприятие %(number)s") % {"number": question.measure.number.rstrip(".")}
    for place, people in asked.items():
        first = question.waiting[place][0]
        send_message(
            people, kind="roadmap.date_asked", subject=subject, body=text, by=by,
            url=reverse("roadmap:assignment_detail", kwargs={"pk": first.pk}),
            organisation_id=by.appointment.organisation_id if by.appointment else None,
        )  # fmt: skip
    trail.record(
        "roadmap.dates_asked", question.measure, by=by, after={"organisations": [place.name for place in asked]},
        organisation=question.measure.roadmap.organisation,
    )  # fmt: skip
    return sum(len(people) for people in asked.values())
