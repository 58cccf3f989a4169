"""Marks for many assignments at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nastavnik.core.errors import Refusal
from nastavnik.roadmap.actions.assignments import mark_assignment
from nastavnik.roadmap.marking import may_mark
from nastavnik.roadmap.models import Assignment
from nastavnik.roadmap.queries.lists import for_list, is_uuid


@dataclass(frozen=True)
class Preview:
    """What marking would change, and what it would pass over because it is so already."""

    to_change: list[Assignment]
    passed_over: list[Assignment]


def bulk_preview(user: Any, chosen: Sequence[str], *, state: str) -> Preview:
    """The chosen assignments that the user may mark, split by whether they already are in the state."""
    rows = Assignment.objects.visible_to(user).filter(pk__in=[key for key in chosen if is_uuid(key)])
    found = [one for one in for_list(rows).order_by("organisation__sort_key", "measure__position") if may_mark(user, one)]
    return Preview([one for one in found if one.state != state], [one for one in found if one.state == state])


@transaction.atomic
def mark_many(preview: Preview, *, state: str, note: str, reason: str, done_on: date | None, by: Any) -> int:
    """Mark them all or none; returns how many."""
    if not preview.to_change:
        raise Refusal(_("Отмечать нечего: выберите задания в списке."))
    for assignment in preview.to_change:
        mark_assignment(assignment, state=state, note=note or assignment.note, reason=reason, done_on=done_on, by=by)
    return len(preview.to_change)
