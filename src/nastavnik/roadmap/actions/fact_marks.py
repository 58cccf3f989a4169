"""What facts do to assignments: progress, closing, re-opening. A person's mark is never overwritten (`moved`)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.notifications.actions import send_message
from nastavnik.roadmap.actions.reminders import people_of, shortened
from nastavnik.roadmap.enums import OPEN_STATES, AssignmentState, FactMark
from nastavnik.roadmap.models import Assignment
from nastavnik.roadmap.models.assignments import AssignmentQuerySet
from nastavnik.roadmap.queries.facts import Progress, progress_of
from nastavnik.roadmap.rules import due_spans

MARK_COLUMNS = [
    "state", "done_on", "fact_mark", "fact_note", "starts_on", "due_on", "awaits_date", "version", "marked_by", "marked_at",
]  # fmt: skip
BATCH = 2000
CLOSED, REOPENED, MOVED = "roadmap.closed_by_fact", "roadmap.reopened_by_fact", "roadmap.moved_by_fact"


@dataclass(frozen=True)
class Move:
    """An assignment that facts move to another state."""

    assignment: Assignment
    state: str
    progress: Progress

    @property
    def action(self) -> str:
        """What it is called in the history."""
        if self.state == AssignmentState.DONE:
            return CLOSED
        return REOPENED if self.assignment.state == AssignmentState.DONE else MOVED


def settle(rows: AssignmentQuerySet, *, quietly: bool = False) -> list[Move]:
    """Mark these assignments by the stored answers, in the order of their keys; returns what moved. Safe to repeat.
    `quietly` without messages, when the person who causes it sees it happen."""
    fresh = rows.exclude(fact_mark=FactMark.OVERRULED).select_related("measure", "organisation")
    locked = list(fresh.select_for_update(of=("self",)).order_by("pk"))
    moves = moves_of(locked, timezone.localdate())
    if moves:
        with translation.override(settings.LANGUAGE_CODE):
            carry_out(moves, quietly=quietly)
    return moves


def moves_of(assignments: list[Assignment], today: date) -> list[Move]:
    """What the stored answers would move: three queries."""
    progress = progress_of(assignments)
    found = []
    for one in assignments:
        state = moved(one, progress[one.pk], today) if one.pk in progress else None
        if state is not None:
            found.append(Move(one, state, progress[one.pk]))
    return found


def moved(assignment: Assignment, progress: Progress, today: date) -> str | None:
    """The state that facts give an assignment; None to leave it alone: overruled, marked by hand, or as it should be."""
    answer, by_fact = progress.answer, assignment.fact_mark == FactMark.BY_FACT
    if assignment.fact_mark == FactMark.OVERRULED:
        return None
    if assignment.state == AssignmentState.DONE:
        return open_state(progress) if by_fact and not answer.holds else None
    if assignment.state not in OPEN_STATES:
        return None
    if answer.holds:
        return AssignmentState.DONE if has_begun(assignment, progress, today) else None
    if assignment.state == AssignmentState.PLANNED and answer.done:
        return AssignmentState.IN_PROGRESS if has_begun(assignment, progress, today) else None
    return AssignmentState.PLANNED if by_fact and not answer.done else None


def goes_against(assignment: Assignment, state: str, progress: Progress) -> bool:
    """Would this mark say other than the facts do?"""
    if state == AssignmentState.DONE:
        return not progress.answer.holds
    return progress.answer.holds and has_begun(assignment, progress, timezone.localdate())


def judge_mark(assignment: Assignment, state: str, reason: str) -> None:
    """Before a person's mark: against the facts it needs a reason and is kept from them; in agreement with them it is a
    mark like any other. Changes the row in memory."""
    if state == assignment.state:
        return
    progress = progress_of([assignment]).get(assignment.pk)
    if progress is not None and goes_against(assignment, state, progress):
        if not reason.strip():
            words = {"words": progress.answer.words}
            raise Refusal(_("Система видит другое: %(words)s Напишите, почему отмечаете вручную.") % words)
        assignment.fact_mark, assignment.fact_note = FactMark.OVERRULED, reason.strip()
    elif progress is None or assignment.fact_mark != FactMark.OVERRULED:
        assignment.fact_mark, assignment.fact_note = FactMark.HAND, ""


def open_state(progress: Progress) -> str:
    """Partly true is work in progress."""
    return AssignmentState.IN_PROGRESS if progress.answer.done else AssignmentState.PLANNED


def first_day(assignment: Assignment) -> date | None:
    """Before this day a later date of a measure has not begun; None for the first one, which may be done early."""
    return (assignment.starts_on or assignment.due_on) if assignment.occurrence else None


def has_begun(assignment: Assignment, progress: Progress, today: date) -> bool:
    """«Декабрь, май»: a coordinator who is there in December does not close May. Facts about the work on that very date do."""
    day = first_day(assignment)
    return progress.about_measure or day is None or day <= today


def carry_out(moves: list[Move], *, quietly: bool) -> None:
    """Save, write the history by the system and tell the people of what was re-opened."""
    changes = []
    for move in moves:
        before = {"state": move.assignment.state, "done_on": move.assignment.done_on}
        action = move.action
        take(move, reopened=action == REOPENED)
        one = move.assignment
        after = {"state": one.state, "done_on": one.done_on}
        changed = [name for name in after if before[name] != after[name]]
        changes.append(
            trail.build_change(
                action, one, by=None, reason=move.progress.answer.words, organisation=one.organisation,
                before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
            )
        )  # fmt: skip
    # The rows are there and locked: written like this they take a tenth of the time of `bulk_update`.
    Assignment.objects.bulk_create(
        [move.assignment for move in moves], batch_size=BATCH, update_conflicts=True, unique_fields=["id"],
        update_fields=MARK_COLUMNS,
    )  # fmt: skip
    trail.record_many(changes)
    if not quietly:
        tell(move for move, change in zip(moves, changes, strict=True) if change.action == REOPENED)


def take(move: Move, *, reopened: bool) -> None:
    """The new state in memory. The dates of a re-opened assignment are those that the measure has by now."""
    one, today, answer = move.assignment, timezone.localdate(), move.progress.answer
    one.state, one.version = move.state, one.version + 1
    one.marked_by, one.marked_at = None, timezone.now()
    one.done_on = None
    one.fact_mark = FactMark.HAND if move.state == AssignmentState.PLANNED else FactMark.BY_FACT
    if move.state == AssignmentState.DONE:
        one.done_on, one.fact_note = min(max(answer.since or today, first_day(one) or date.min), today), ""
    if reopened:
        words = {"day": date_format(today, "j E"), "words": answer.words}
        one.fact_note = _("Снова открыто %(day)s. %(words)s") % words
        take_dates(one)


def take_dates(assignment: Assignment) -> None:
    """A day that was named for all while the assignment was closed."""
    if not assignment.awaits_date or not assignment.measure.is_settled:
        return
    spans = due_spans(assignment.measure.deadline)
    if assignment.occurrence < len(spans):
        span = spans[assignment.occurrence]
        assignment.starts_on, assignment.due_on, assignment.awaits_date = span.starts_on, span.due_on, span.awaits_date


def tell(reopened: Iterable[Move]) -> None:
    """One message per person of each organisation, whatever the number of its assignments."""
    by_place: dict[Any, list[Move]] = defaultdict(list)
    for move in reopened:
        by_place[move.assignment.organisation].append(move)
    people = people_of(by_place) if by_place else {}
    for place, moves in by_place.items():
        if place.pk in people:
            first = moves[0].assignment
            url = reverse("roadmap:assignment_detail", kwargs={"pk": first.pk})
            if len(moves) > 1:
                url = f"{reverse('roadmap:assignment_list')}?own=1&state=open"
            numbers = ", ".join(dict.fromkeys(move.assignment.measure.number.rstrip(".") for move in moves))
            send_message(
                people[place.pk], kind="roadmap.reopened", url=url, body="\n".join(map(line_of, moves)),
                subject=_("Снова открыто: мероприятие %(number)s") % {"number": numbers},
            )  # fmt: skip


def line_of(move: Move) -> str:
    """What is open again, and why."""
    words = {
        "number": move.assignment.measure.number.rstrip("."), "text": shortened(move.assignment.measure.text),
        "words": move.progress.answer.words,
    }  # fmt: skip
    return _("Мероприятие %(number)s «%(text)s» было закрыто по факту и снова открыто. %(words)s") % words
