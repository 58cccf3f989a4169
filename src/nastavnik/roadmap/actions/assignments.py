"""What an organisation says about its work: state, evidence, dates of its own."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.documents.actions import store_file
from nastavnik.roadmap.actions.fact_marks import judge_mark
from nastavnik.roadmap.actions.facts import follow_facts, touch_work
from nastavnik.roadmap.enums import STATES_WITH_REASON, AssignmentState, EvidenceKind, FactMark
from nastavnik.roadmap.marking import marks_for_other
from nastavnik.roadmap.models import Assignment, Evidence


@transaction.atomic
def mark_assignment(
    assignment: Assignment, *, state: str, by: Any, note: str = "", reason: str = "", done_on: date | None = None,
    version: int | None = None,
) -> Assignment:  # fmt: skip
    """Say how the work stands. «Не сделано» and «Не требуется» need a reason, and so does every mark for another
    organisation and every mark against the facts; `done_on` is today unless given.

    `version` is the row's version that the person saw; another person's change in between is refused, not overwritten.
    """
    assignment = lock(assignment, version)
    if state in STATES_WITH_REASON and not reason.strip():
        raise Refusal(_("Напишите причину: без неё такую отметку поставить нельзя."))
    require_ground(assignment, reason, by)
    today = timezone.localdate()
    if done_on is not None and done_on > today:
        raise Refusal(_("День выполнения ещё не наступил. Укажите сегодняшний день или раньше."))
    judge_mark(assignment, state, reason)
    before = {"state": assignment.state, "note": assignment.note, "reason": assignment.reason, "done_on": assignment.done_on}
    assignment.state, assignment.note = state, note.strip()
    assignment.reason = reason.strip() if state in STATES_WITH_REASON else ""
    assignment.done_on = (done_on or today) if state == AssignmentState.DONE else None
    stamp(assignment, by, ["state", "note", "reason", "done_on", "fact_mark", "fact_note"])
    record_difference(assignment, "roadmap.assignment_marked", before, by=by, reason=reason.strip())
    return assignment


@transaction.atomic
def return_to_facts(assignment: Assignment, *, by: Any, version: int | None = None) -> Assignment:
    """Take back a mark against the facts: from now on they hold the mark again."""
    assignment = lock(assignment, version)
    if assignment.fact_mark != FactMark.OVERRULED:
        raise Refusal(_("Автоматическая отметка уже возвращена."))
    before = {"state": assignment.state, "reason": assignment.reason}
    done = assignment.state == AssignmentState.DONE
    if assignment.state in STATES_WITH_REASON:
        assignment.state, assignment.reason = AssignmentState.PLANNED, ""
    assignment.fact_mark, assignment.fact_note = FactMark.BY_FACT if done else FactMark.HAND, ""
    stamp(assignment, by, ["state", "reason", "fact_mark", "fact_note"])
    record_difference(assignment, "roadmap.returned_to_facts", before, by=by, reason="")
    follow_facts(Assignment.objects.filter(pk=assignment.pk), quietly=True)
    return assignment


@transaction.atomic
def name_own_date(assignment: Assignment, *, due_on: date, by: Any, version: int | None = None, reason: str = "") -> Assignment:
    """Say by when this organisation does the work, where the plan leaves the day to it («Согласно графику ОО») or the
    day is moved for it alone."""
    assignment = lock(assignment, version)
    if not assignment.awaits_date and not assignment.own_date and not reason.strip():
        raise Refusal(_("Напишите, почему срок переносится."))
    require_ground(assignment, reason, by)
    before = {"due_on": assignment.due_on}
    assignment.due_on, assignment.awaits_date, assignment.own_date = due_on, False, True
    stamp(assignment, by, ["due_on", "awaits_date", "own_date"])
    record_difference(assignment, "roadmap.date_named", before, by=by, reason=reason)
    return assignment


@transaction.atomic
def add_link(assignment: Assignment, *, title: str, url: str, by: Any, kind: str = EvidenceKind.PROOF) -> Evidence:
    """Attach a link as proof."""
    evidence = Evidence.objects.create(
        region_id=assignment.region_id, assignment=assignment, kind=kind, title=(title or url)[:200], url=url, added_by=by
    )
    record_evidence(evidence, "roadmap.evidence_added", by)
    touch_work(assignment, by=by)
    return evidence


@transaction.atomic
def add_file(assignment: Assignment, *, upload: UploadedFile, title: str, by: Any, kind: str = EvidenceKind.PROOF) -> Evidence:
    """Attach a file as proof."""
    stored = store_file(upload, organisation=assignment.organisation, by=by)
    evidence = Evidence.objects.create(
        region_id=assignment.region_id, assignment=assignment, kind=kind, title=(title or stored.name)[:200], file=stored,
        added_by=by,
    )  # fmt: skip
    record_evidence(evidence, "roadmap.evidence_added", by)
    touch_work(assignment, by=by)
    return evidence


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: Any) -> None:
    """Take a proof back; the trail keeps its title, the file itself stays in the registry."""
    record_evidence(evidence, "roadmap.evidence_removed", by)
    assignment = evidence.assignment
    evidence.delete()
    touch_work(assignment, by=by)


def lock(assignment: Assignment, version: int | None) -> Assignment:
    """The row, locked and fresh; Refusal when it is no longer the one that the person saw."""
    fresh = Assignment.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=assignment.pk)
    if version is not None and fresh.version != version:
        raise Refusal(_("Отметку тем временем изменил другой человек. Проверьте свою и сохраните ещё раз."))
    return fresh


def require_ground(assignment: Assignment, reason: str, by: Any) -> None:
    """Whoever speaks for another organisation says on what ground; it stays in the history."""
    if marks_for_other(by, assignment) and not reason.strip():
        raise Refusal(_("Вы отмечаете за другую организацию. Напишите, на каком основании."))


def stamp(assignment: Assignment, by: Any, fields: list[str]) -> None:
    """Save the changed columns with who and when."""
    assignment.version += 1
    assignment.marked_by, assignment.marked_at = by, timezone.now()
    assignment.save(update_fields=[*fields, "version", "marked_by", "marked_at"])


def record_difference(assignment: Assignment, action: str, before: dict[str, Any], *, by: Any, reason: str) -> None:
    """Write the changed columns to the trail."""
    after = {name: getattr(assignment, name) for name in before}
    changed = [name for name in before if before[name] != after[name]]
    trail.record(
        action, assignment, by=by, reason=reason, organisation=assignment.organisation,
        before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
    )  # fmt: skip


def record_evidence(evidence: Evidence, action: str, by: Any) -> None:
    """Note a proof on its assignment, so that the assignment's history is in one place."""
    trail.record(
        action, evidence.assignment, by=by, after={"evidence": evidence.title}, organisation=evidence.assignment.organisation
    )
