"""Taking a change for many back, for half an hour: only what nobody has touched since."""

from collections import Counter
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.roadmap.actions.bulk import RESTORED
from nastavnik.roadmap.marking import may_mark
from nastavnik.roadmap.models import Assignment, BulkChange
from nastavnik.roadmap.models.bulk_changes import UNDO_FOR

GONE, TOUCHED, NOT_OWN = "gone", "touched", "not_own"
TOLD = ("state", "done_on", "reason", "note", "due_on")  # what the history says of it


@transaction.atomic
def undo_bulk(change: BulkChange, *, by: Any) -> BulkChange:
    """Give every row back its columns, unless somebody has changed it since, it is gone, or the person no longer speaks for its
    organisation. A change that was taken back already is returned as it is."""
    change = BulkChange.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=change.pk)
    if change.undone_at is not None:
        return change
    if change.at < timezone.now() - UNDO_FOR:
        raise Refusal(_("Отменить можно полчаса. Поправьте отметки в списке."))
    rows = locked(change)
    left: Counter[str] = Counter()
    for line in change.lines:
        reason = why_left(rows.get(line["assignment"]), line, by)
        if reason:
            left[reason] += 1
        else:
            restore(rows[line["assignment"]], line["before"], by=by)
    change.undone_at, change.left, change.restored = timezone.now(), dict(left), len(change.lines) - left.total()
    change.save(update_fields=["undone_at", "left", "restored"])
    trail.record("roadmap.bulk_undone", change, by=by, organisation=change.organisation, after={"assignments": change.restored})
    return change


def locked(change: BulkChange) -> dict[str, Assignment]:
    """The rows of the change by key, locked in a steady order."""
    keys = [line["assignment"] for line in change.lines]
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk__in=keys).order_by("pk")
    return {str(one.pk): one for one in rows}


def why_left(assignment: Assignment | None, line: dict[str, Any], by: Any) -> str:
    """Why a row stays as it is; "" when it may be restored."""
    if assignment is None:
        return GONE
    if assignment.version != line["version"] or has_moved(assignment, line["after"]):
        return TOUCHED
    return "" if may_mark(by, assignment) else NOT_OWN


def has_moved(assignment: Assignment, after: dict[str, Any]) -> bool:
    """Does the row differ from what the change left behind? A new day of the whole plan moves days without a new version."""
    return any(getattr(assignment, name) != kept_value(name, after) for name in ("state", "due_on", "awaits_date", "own_date"))


def kept_value(name: str, kept: dict[str, Any]) -> Any:
    """A column's value out of what was kept."""
    return Assignment._meta.get_field(name.removesuffix("_id")).to_python(kept[name])


def restore(assignment: Assignment, before: dict[str, Any], *, by: Any) -> None:
    """The columns as they were; the version goes on, so that whoever looks at the row now notices."""
    was = {name: getattr(assignment, name) for name in TOLD}
    for name in RESTORED:
        setattr(assignment, name, kept_value(name, before))
    assignment.version += 1
    assignment.save(update_fields=[*(name.removesuffix("_id") for name in RESTORED), "version"])
    now = {name: getattr(assignment, name) for name in TOLD}
    changed = [name for name in TOLD if was[name] != now[name]]
    trail.record(
        "roadmap.mark_taken_back", assignment, by=by, organisation=assignment.organisation,
        before={name: was[name] for name in changed}, after={name: now[name] for name in changed},
    )  # fmt: skip


def left_words(change: BulkChange) -> str:
    """Why some rows stayed, as one sentence; "" when none did."""
    words = {
        TOUCHED: _("изменены после вас: %(number)s"), GONE: _("убраны из плана: %(number)s"),
        NOT_OWN: _("больше не в вашем ведении: %(number)s"),
    }  # fmt: skip
    parts = [words[reason] % {"number": number} for reason, number in sorted(change.left.items()) if reason in words]
    return _("Осталось как есть (%(reasons)s).") % {"reasons": ", ".join(parts)} if parts else ""
