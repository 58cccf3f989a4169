"""Marks for many assignments at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nastavnik.core.errors import Refusal
from nastavnik.roadmap.actions.assignments import mark_assignment
from nastavnik.roadmap.actions.fact_marks import goes_against
from nastavnik.roadmap.enums import AssignmentState
from nastavnik.roadmap.marking import marks_for_other, may_mark
from nastavnik.roadmap.models import Assignment
from nastavnik.roadmap.queries.facts import progress_of
from nastavnik.roadmap.queries.lists import for_list, is_uuid

# A mark for many never overwrites what somebody has finished or taken off by hand.
SETTLED = (AssignmentState.DONE, AssignmentState.NOT_APPLICABLE)


@dataclass(frozen=True)
class Preview:
    """What marking would change, and what it would pass over: those in the state already, those settled otherwise, those of
    which facts say otherwise (each needs a reason of its own)."""

    to_change: list[Assignment]
    already: list[Assignment]
    settled: list[Assignment]
    ruled: list[Assignment]
    for_other: bool


def bulk_preview(user: Any, chosen: Sequence[str], *, state: str) -> Preview:
    """The chosen assignments that the user may mark, split by what would happen to them: at most four queries."""
    rows = Assignment.objects.visible_to(user).filter(pk__in=[key for key in chosen if is_uuid(key)])
    found = [one for one in for_list(rows).order_by("organisation__sort_key", "measure__position") if may_mark(user, one)]
    already = [one for one in found if one.state == state]
    settled = [one for one in found if one.state != state and one.state in SETTLED]
    to_change = [one for one in found if one.state != state and one.state not in SETTLED]
    progress = progress_of(to_change) if state != AssignmentState.NOT_APPLICABLE else {}
    ruled = [one for one in to_change if one.pk in progress and goes_against(one, state, progress[one.pk])]
    to_change = [one for one in to_change if one not in ruled]
    return Preview(to_change, already, settled, ruled, any(marks_for_other(user, one) for one in to_change))


@transaction.atomic
def mark_many(preview: Preview, *, state: str, note: str, reason: str, done_on: date | None, by: Any) -> int:
    """Mark them all or none; returns how many."""
    if not preview.to_change:
        raise Refusal(_("Отмечать нечего: выберите в списке задания, которые ещё не закрыты."))
    for one in preview.to_change:
        mark_assignment(one, state=state, note=note or one.note, reason=reason, done_on=done_on, version=one.version, by=by)
    return len(preview.to_change)
