"""Marks and dates for many assignments at once: looked at first, and taken back afterwards if need be (`undoing`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.roadmap.actions.assignments import mark_assignment, name_own_date
from nastavnik.roadmap.actions.fact_marks import goes_against
from nastavnik.roadmap.enums import OPEN_STATES, AssignmentState
from nastavnik.roadmap.marking import marks_for_other, may_mark
from nastavnik.roadmap.models import Assignment, BulkChange
from nastavnik.roadmap.queries.facts import progress_of
from nastavnik.roadmap.queries.lists import for_list, is_uuid

# A mark for many never overwrites what somebody has finished or taken off by hand.
SETTLED = (AssignmentState.DONE, AssignmentState.NOT_APPLICABLE)
# What a change for many may touch, and what taking it back restores.
RESTORED = (
    "state",
    "note",
    "reason",
    "done_on",
    "due_on",
    "awaits_date",
    "own_date",
    "fact_mark",
    "fact_note",
    "marked_by_id",
    "marked_at",
)


@dataclass(frozen=True)
class Preview:
    """What a change would touch, and what it would pass over: what stands so already, what is settled otherwise, of what facts
    say otherwise (each needs a reason of its own), what belongs to organisations for which the person does not speak, and how
    many are gone. `moved` says that days which are named in the plan would move."""

    to_change: list[Assignment]
    already: list[Assignment]
    settled: list[Assignment]
    for_other: bool
    ruled: list[Assignment] = field(default_factory=list)
    not_own: list[Assignment] = field(default_factory=list)
    gone: int = 0
    moved: bool = False

    @property
    def passed_over(self) -> int:
        """How many stay as they are."""
        return len(self.already) + len(self.settled) + len(self.ruled) + len(self.not_own) + self.gone


def bulk_preview(user: Any, chosen: Sequence[str], *, state: str) -> Preview:
    """The chosen assignments split by what marking them would do: at most four queries."""
    found = split(
        user, chosen, already=lambda one: one.state == state, settled=lambda one: one.state != state and one.state in SETTLED
    )  # fmt: skip
    progress = progress_of(found.to_change) if state != AssignmentState.NOT_APPLICABLE else {}
    ruled = [one for one in found.to_change if one.pk in progress and goes_against(one, state, progress[one.pk])]
    return replace(found, to_change=[one for one in found.to_change if one not in ruled], ruled=ruled)


def date_preview(user: Any, chosen: Sequence[str], *, due_on: date | None) -> Preview:
    """The chosen assignments split by what naming a day would do: what is closed needs none."""
    return split(
        user, chosen, already=lambda one: due_on is not None and one.due_on == due_on and not one.awaits_date,
        settled=lambda one: one.state not in OPEN_STATES,
    )  # fmt: skip


def split(
    user: Any, chosen: Sequence[str], *, already: Callable[[Assignment], bool], settled: Callable[[Assignment], bool]
) -> Preview:
    """Each chosen assignment of the branch goes to one of the lists."""
    keys = [key for key in chosen if is_uuid(key)]
    rows = for_list(Assignment.objects.visible_to(user).filter(pk__in=keys))
    found = list(rows.order_by("organisation__sort_key", "measure__position", "pk"))
    lists: dict[str, list[Assignment]] = {"to_change": [], "already": [], "settled": [], "not_own": []}
    for one in found:
        kind = "not_own" if not may_mark(user, one) else "settled" if settled(one) else "already" if already(one) else "to_change"
        lists[kind].append(one)
    changed = lists["to_change"]
    return Preview(
        **lists,
        for_other=any(marks_for_other(user, one) for one in changed),
        gone=len(keys) - len(found),
        moved=any(not one.awaits_date and not one.own_date for one in changed),
    )


@transaction.atomic
def mark_many(preview: Preview, *, state: str, note: str, reason: str, done_on: date | None, by: Any) -> int:
    """Mark them all or none; returns how many."""
    if not preview.to_change:
        raise Refusal(_("Отмечать нечего: выберите в списке задания, которые ещё не закрыты."))

    def mark(one: Assignment) -> Assignment:
        return mark_assignment(
            one, state=state, note=note or one.note, reason=reason, done_on=done_on, version=one.version, by=by
        )  # fmt: skip

    return change_many(preview, mark, kind=BulkChange.Kind.MARK, said={"state": state}, reason=reason, by=by)


@transaction.atomic
def name_many_dates(preview: Preview, *, due_on: date, reason: str, by: Any) -> int:
    """Name one day for them all or none; returns how many."""
    if not preview.to_change:
        raise Refusal(_("Срок назвать некому: выберите в списке задания, которые ещё не закрыты."))

    def name(one: Assignment) -> Assignment:
        return name_own_date(one, due_on=due_on, reason=reason, version=one.version, by=by)

    return change_many(preview, name, kind=BulkChange.Kind.DATE, said={"due_on": due_on}, reason=reason, by=by)


def change_many(
    preview: Preview, change: Callable[[Assignment], Assignment], *, kind: str, said: dict[str, Any], reason: str, by: Any
) -> int:
    """Change each row by its own action and keep what is needed to take it all back."""
    lines = []
    for one in preview.to_change:
        before = columns_of(one)
        after = change(one)
        lines.append({"assignment": str(one.pk), "before": before, "after": columns_of(after), "version": after.version})
    place = by.appointment.organisation
    kept = BulkChange.objects.create(region_id=place.region_id or 0, by=by, organisation=place, kind=kind, lines=lines)
    trail.record(
        "roadmap.bulk_changed", kept, by=by, reason=reason, organisation=place, after={"assignments": len(lines), **said}
    )  # fmt: skip
    return len(lines)


def columns_of(assignment: Assignment) -> dict[str, Any]:
    """The columns that a change may touch."""
    return {name: getattr(assignment, name) for name in RESTORED}
