"""The owner's steps: a plan is handed over for signature, approved, and a mistaken approval is taken back."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.models import Appointment
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.documents.actions import store_file
from nastavnik.notifications.actions import send_message
from nastavnik.roadmap.actions.stages import PAPER_COLUMNS, keep_version, lock_for_step, require_past, stage_changed, take_step
from nastavnik.roadmap.approving import BEFORE_APPROVAL, may_sign
from nastavnik.roadmap.enums import Stage, StepKind, VersionKind
from nastavnik.roadmap.models import Roadmap
from nastavnik.roadmap.queries.approval import HEAD_OF_KIND, last_step, may_withdraw


@transaction.atomic
def hand_for_signature(roadmap: Roadmap, *, comment: str = "", by: Any) -> Roadmap:
    """Tell the head that the plan is ready; the stage stays. Refused when there is nobody who signs in the system."""
    roadmap = require_open(lock_for_step(roadmap))
    step = last_step(roadmap)
    if step is not None and step.kind == StepKind.SUBMITTED:
        raise Refusal(_("Карта уже на подписи."))
    place = roadmap.organisation
    heads = [
        one.user
        for one in Appointment.objects.in_force(timezone.localdate())
        .filter(organisation=place, role=HEAD_OF_KIND.get(place.kind), user__is_active=True)
        .select_related("user")
    ]
    if not heads:
        raise Refusal(_("Руководителя в системе нет. Внесите утверждение с бумаги, приложив скан."))
    take_step(roadmap, StepKind.SUBMITTED, by=by, comment=comment.strip())
    trail.record("roadmap.submitted", roadmap, by=by, reason=comment.strip(), organisation=place)
    send_message(
        heads, kind="roadmap.submitted", subject=_("На подписи: дорожная карта"), by=by, organisation_id=place.pk,
        body="\n".join(part for part in (roadmap.title, comment.strip()) if part),
        url=reverse("roadmap:approval_form", kwargs={"pk": roadmap.pk}),
    )  # fmt: skip
    return roadmap


@transaction.atomic
def approve_roadmap(
    roadmap: Roadmap, *, number: str, on: date, by: Any, post: str = "", name: str = "", protocol: str = "",
    scan: UploadedFile | None = None, seen: str = "",
) -> Roadmap:  # fmt: skip
    """Approve a plan by its order. Who may not sign enters the approval from the paper and must attach its scan.

    The plan is kept as a version; a school's plan then waits for its department. Refused: approved already (by a colleague
    a moment ago), changed since it was shown (`seen`), empty, an order of tomorrow.
    """
    roadmap = require_open(lock_for_step(roadmap, seen))
    from_paper = by is not None and not may_sign(by, roadmap)
    require_past(on)
    if not number.strip():
        raise Refusal(_("Укажите номер приказа, которым утверждена карта."))
    if from_paper and scan is None:
        raise Refusal(_("Вы вносите утверждение с бумаги: приложите скан приказа или подписанной карты."))
    if not roadmap.measures.exists():
        raise Refusal(_("В карте нет ни одного мероприятия. Добавьте их, потом утверждайте."))
    before = roadmap.stage
    stored = store_file(scan, organisation=roadmap.organisation, by=by) if scan else None
    roadmap.approved_number, roadmap.approved_on, roadmap.approved_protocol = number.strip(), on, protocol.strip()
    roadmap.approved_post, roadmap.approved_name, roadmap.approval_scan = post.strip(), name.strip(), stored
    enter_approval(roadmap, from_paper=from_paper, by=by)
    trail.record(
        "roadmap.approved", roadmap, by=by, organisation=roadmap.organisation, before={"state": before},
        after={"state": Stage.APPROVED, "number": number.strip(), "approved_on": on},
    )  # fmt: skip
    return roadmap


def require_open(roadmap: Roadmap) -> Roadmap:
    """A plan that is not approved yet, or came back."""
    if roadmap.stage not in BEFORE_APPROVAL:
        raise Refusal(_("Эта карта уже утверждена."))
    return roadmap


def enter_approval(roadmap: Roadmap, *, from_paper: bool, by: Any) -> None:
    """Keep the version, write the step and change the stage, with what the plan's own columns say of the paper. Also for
    a plan that arrived with a dated stamp."""
    version = keep_version(roadmap, VersionKind.APPROVED, by=by, act_number=roadmap.approved_number, act_on=roadmap.approved_on)
    take_step(
        roadmap, StepKind.APPROVED, by=by, version=version, number=roadmap.approved_number, on=roadmap.approved_on,
        protocol=roadmap.approved_protocol, scan=roadmap.approval_scan, from_paper=from_paper,
    )  # fmt: skip
    roadmap.stage = Stage.APPROVED
    stage_changed(roadmap, by=by)


@transaction.atomic
def withdraw_approval(roadmap: Roadmap, *, reason: str, by: Any) -> Roadmap:
    """Take a mistaken approval back: the plan is what it was before, a project or a returned one. Refused once anything
    followed: an endorsement, an amendment. The kept version stays in the history."""
    roadmap = lock_for_step(roadmap)
    if not reason.strip():
        raise Refusal(_("Напишите, почему утверждение отзывается."))
    if not may_withdraw(by, roadmap, last_step(roadmap)):
        raise Refusal(_("Отозвать утверждение уже нельзя. Внесите в карту изменение."))
    came_back = roadmap.steps.filter(kind__in=(StepKind.RETURNED, StepKind.ENDORSED)).order_by("-position").first()
    number = roadmap.approved_number
    clear_paper(roadmap)
    roadmap.stage = Stage.RETURNED if came_back is not None and came_back.kind == StepKind.RETURNED else Stage.DRAFT
    take_step(roadmap, StepKind.WITHDRAWN, by=by, comment=reason.strip())
    stage_changed(roadmap, by=by)
    trail.record(
        "roadmap.approval_withdrawn", roadmap, by=by, reason=reason.strip(), organisation=roadmap.organisation,
        before={"state": Stage.APPROVED, "number": number}, after={"state": roadmap.stage},
    )  # fmt: skip
    return roadmap


def clear_paper(roadmap: Roadmap) -> None:
    """The plan carries no approval any more; the log keeps the old one."""
    for column in PAPER_COLUMNS:
        setattr(roadmap, column, None if column in ("approved_on", "approval_scan") else "")
