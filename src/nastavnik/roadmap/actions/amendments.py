"""After its approval a plan changes by amendments: each has a reason and an act, and leaves a version.

Every action that changes a plan calls `begin_amendment` first and `keep_amendment` last. In a project, or in a plan that
was returned, both do nothing but keep two people from changing and approving it at once.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.roadmap.actions.stages import keep_version, lock, require_past, stage_changed, take_step
from nastavnik.roadmap.approving import goes_further, is_in_force
from nastavnik.roadmap.enums import Stage, StepKind, VersionKind
from nastavnik.roadmap.models import Roadmap, RoadmapVersion
from nastavnik.roadmap.queries.approval import terms_of
from nastavnik.roadmap.queries.versions import as_json, digest_of, lines_of


@dataclass(frozen=True, slots=True)
class Act:
    """The order by which an approved plan is changed."""

    number: str
    on: date


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change that has begun: the locked plan, why, and by which act."""

    roadmap: Roadmap
    reason: str
    act: Act


def begin_amendment(roadmap: Roadmap, *, reason: str, act: Act | None, by: Any) -> Amendment | None:
    """Lock the plan before it is changed; None while it needs no amendment. Refused: a plan in force without reason or act."""
    roadmap = lock(roadmap)
    if not is_in_force(roadmap):
        return None
    if act is None or not act.number.strip():
        raise Refusal(_("Карта утверждена, она меняется приказом. Укажите номер и дату приказа об изменении."))
    if not reason.strip():
        raise Refusal(_("Карта утверждена. Напишите, почему она меняется."))
    require_past(act.on)
    if not roadmap.versions.exists():
        keep_version(roadmap, VersionKind.APPROVED, by=by, act_number=roadmap.approved_number, act_on=roadmap.approved_on)
    return Amendment(roadmap, reason.strip(), Act(act.number.strip(), act.on))


def keep_amendment(amendment: Amendment | None, *, by: Any) -> None:
    """Keep what the plan has become. Edits by one act that follow each other are one amendment. An endorsed plan waits for
    the department again, where that is its custom."""
    if amendment is None:
        return
    roadmap, lines = amendment.roadmap, lines_of(amendment.roadmap)
    last = roadmap.versions.order_by("-number").first()
    if last is not None and last.digest == digest_of(lines):
        return
    if last is not None and is_of(last, amendment.act):
        last.lines, last.digest, last.reason = as_json(lines), digest_of(lines), joined(last.reason, amendment.reason)
        last.at = timezone.now()
        last.save(update_fields=["lines", "digest", "reason", "at"])
        last.steps.filter(kind=StepKind.AMENDED).update(comment=last.reason)
    else:
        enter_amendment(amendment, by=by)
    if roadmap.stage == Stage.ENDORSED and goes_further(roadmap) and terms_of(roadmap.organisation).endorse_amendments:
        roadmap.stage = Stage.APPROVED
        stage_changed(roadmap, by=by)


def enter_amendment(amendment: Amendment, *, by: Any) -> None:
    """A new amendment under the next number."""
    roadmap, act = amendment.roadmap, amendment.act
    number = roadmap.versions.filter(kind=VersionKind.AMENDED).count() + 1
    version = keep_version(
        roadmap, VersionKind.AMENDED, by=by, amendment=number, reason=amendment.reason, act_number=act.number, act_on=act.on
    )
    take_step(roadmap, StepKind.AMENDED, by=by, version=version, number=act.number, on=act.on, comment=amendment.reason)
    trail.record(
        "roadmap.amended", roadmap, by=by, reason=amendment.reason, organisation=roadmap.organisation,
        after={"amendment": number, "number": act.number, "act_on": act.on},
    )  # fmt: skip


def is_of(version: RoadmapVersion, act: Act) -> bool:
    """Was the latest version made by the same order?"""
    return version.kind == VersionKind.AMENDED and (version.act_number, version.act_on) == (act.number, act.on)


def joined(reason: str, more: str) -> str:
    """Reasons of several edits, each once."""
    return reason if more in reason.split("; ") else f"{reason}; {more}"
