"""Reports: whoever stands above receives them or returns them with a comment."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.notifications.actions import send_message
from nastavnik.roadmap.actions.facts import touch_work
from nastavnik.roadmap.actions.reminders import people_of
from nastavnik.roadmap.enums import EvidenceKind, Verdict
from nastavnik.roadmap.models import Evidence


@transaction.atomic
def receive_report(evidence: Evidence, *, by: Any) -> Evidence:
    """The report is in order. The organisation is told, and the fact «Отчёт принят» closes what is bound to it."""
    if not judge(evidence, Verdict.RECEIVED, "", by):
        raise Refusal(_("Этот отчёт уже принят."))
    tell(evidence, subject=_("Отчёт принят: мероприятие %(number)s"), body=_("Отчёт «%(title)s» принят."), by=by)
    return evidence


@transaction.atomic
def return_report(evidence: Evidence, *, comment: str, by: Any) -> Evidence:
    """Something is missing: the organisation reads what, and attaches another report."""
    if not comment.strip():
        raise Refusal(_("Напишите, что исправить в отчёте."))
    if not judge(evidence, Verdict.RETURNED, comment.strip(), by):
        raise Refusal(_("Этот отчёт уже возвращён."))
    body = _("Отчёт «%(title)s» возвращён. Что исправить: %(comment)s")
    tell(evidence, subject=_("Отчёт возвращён: мероприятие %(number)s"), body=body, by=by)
    return evidence


def judge(evidence: Evidence, verdict: Verdict, comment: str, by: Any) -> bool:
    """Write the verdict by one statement, so that two clicks count once; False when it stood already."""
    rows = Evidence.objects.filter(pk=evidence.pk, kind=EvidenceKind.REPORT).exclude(verdict=verdict)
    values = {"verdict": verdict.value, "verdict_comment": comment, "verdict_by": by, "verdict_at": timezone.now()}
    if not rows.update(**values):
        return False
    for name, value in values.items():
        setattr(evidence, name, value)
    assignment = evidence.assignment
    trail.record(
        f"roadmap.report_{verdict.value}", assignment, by=by, reason=comment, after={"evidence": evidence.title},
        organisation=assignment.organisation,
    )  # fmt: skip
    touch_work(assignment, by=by)
    return True


def tell(evidence: Evidence, *, subject: str, body: str, by: Any) -> None:
    """The people of the organisation read the verdict."""
    assignment = evidence.assignment
    people = people_of([assignment.organisation]).get(assignment.organisation_id, [])
    words = {"title": evidence.title, "number": assignment.measure.number.rstrip("."), "comment": evidence.verdict_comment}
    appointment = getattr(by, "appointment", None)
    send_message(
        people, kind="roadmap.report_judged", subject=subject % words, body=body % words, by=by,
        url=reverse("roadmap:assignment_detail", kwargs={"pk": assignment.pk}),
        organisation_id=appointment.organisation_id if appointment else None,
    )  # fmt: skip
