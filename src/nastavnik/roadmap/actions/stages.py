"""What every step of a roadmap's paper shares: the lock, the kept version, the log, and the one door of the stage."""

from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.core.errors import Refusal
from nastavnik.organisations.working_days import add_working_days
from nastavnik.roadmap.actions.facts import touch_plan
from nastavnik.roadmap.approving import goes_further, has_paper
from nastavnik.roadmap.enums import Stage, StepKind, VersionKind
from nastavnik.roadmap.models import ApprovalStep, Roadmap, RoadmapVersion
from nastavnik.roadmap.queries.approval import terms_of
from nastavnik.roadmap.queries.versions import as_json, digest_of, lines_of

PAPER_COLUMNS = ("approved_post", "approved_name", "approved_on", "approved_number", "approved_protocol", "approval_scan")


def lock(roadmap: Roadmap) -> Roadmap:
    """The row, locked and fresh. Whoever changes a plan or its stage locks the plan first, then its measures."""
    rows = Roadmap.objects.select_for_update(of=("self",)).select_related("organisation__municipality")
    return rows.get(pk=roadmap.pk)


def lock_for_step(roadmap: Roadmap, seen: str = "") -> Roadmap:
    """The locked plan, if it has a paper and is still what the person saw (`versions.digest_of`, "" asks for nothing)."""
    fresh = lock(roadmap)
    if not has_paper(fresh):
        raise Refusal(_("Типовую карту и карту из архива не утверждают и не согласуют."))
    if seen and seen != digest_of(lines_of(fresh)):
        raise Refusal(_("Карту «%(title)s» изменили, пока вы её смотрели. Проверьте изменения и повторите.") % {"title": fresh})
    return fresh


def stage_changed(roadmap: Roadmap, *, by: Any) -> None:
    """The one door of every stage: the action has set the new one on a locked plan, here it is saved with the day by which
    the next step is due. What depends on the stage of a plan is called from here, inside the same transaction."""
    terms, today = terms_of(roadmap.organisation), timezone.localdate()
    roadmap.stage_due_on = None
    if roadmap.stage == Stage.APPROVED and goes_further(roadmap):
        roadmap.stage_due_on = add_working_days(today, terms.endorse_days, roadmap.organisation)
    elif roadmap.stage == Stage.RETURNED:
        roadmap.stage_due_on = add_working_days(today, terms.correct_days, roadmap.organisation)
    roadmap.save(update_fields=["stage", "stage_due_on", *PAPER_COLUMNS])
    touch_plan(roadmap.organisation_id, by=by)


def keep_version(roadmap: Roadmap, kind: VersionKind, *, by: Any, **columns: Any) -> RoadmapVersion:
    """Keep the plan as it stands under the next number. The plan must be locked."""
    lines, last = lines_of(roadmap), roadmap.versions.aggregate(last=Max("number"))["last"] or 0
    return RoadmapVersion.objects.create(
        region_id=roadmap.region_id, roadmap=roadmap, number=last + 1, kind=kind, lines=as_json(lines), digest=digest_of(lines),
        by=by, **columns,
    )  # fmt: skip


def take_step(roadmap: Roadmap, kind: StepKind, *, by: Any, **columns: Any) -> ApprovalStep:
    """Write one line of the log; the plan's owner did it unless `organisation` says otherwise. The plan must be locked."""
    columns.setdefault("organisation", roadmap.organisation)
    last = roadmap.steps.aggregate(last=Max("position"))["last"] or 0
    return ApprovalStep.objects.create(region_id=roadmap.region_id, roadmap=roadmap, position=last + 1, kind=kind, by=by, **columns)


def require_past(on: Any) -> None:
    """An order is not dated tomorrow."""
    if on is not None and on > timezone.localdate():
        raise Refusal(_("Дата приказа ещё не наступила. Укажите сегодняшний день или раньше."))
