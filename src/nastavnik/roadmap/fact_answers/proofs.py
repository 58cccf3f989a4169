"""«Подтверждение приложено» and «Отчёт принят»: what hangs on the assignments of one measure."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nastavnik.core.templatetags.nastavnik import short_day
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.enums import EvidenceKind, Verdict
from nastavnik.roadmap.facts import Answers, Ask, Fact, FactAnswer, register_fact
from nastavnik.roadmap.models import Evidence

UPLOADED, RECEIVED = "evidence_uploaded", "report_received"
KINDS = tuple(OrganisationKind.values)


def evidence_uploaded(asks: Sequence[Ask]) -> Answers:
    """At least one proof of any kind: one query."""
    return answered(asks, uploaded_answer)


def report_received(asks: Sequence[Ask]) -> Answers:
    """A report has been received; one that was returned after that counts no longer: one query."""
    return answered(asks, received_answer)


def answered(asks: Sequence[Ask], answer: Callable[[list[Evidence]], FactAnswer]) -> Answers:
    """Each ask with the proofs of its measure, organisation and date."""
    rows = Evidence.objects.filter(
        assignment__measure_id__in={ask.measure_id for ask in asks if ask.measure_id},
        assignment__organisation_id__in={ask.organisation_id for ask in asks},
    ).select_related("assignment")  # fmt: skip
    found: dict[Any, list[Evidence]] = defaultdict(list)
    for one in rows.order_by("added_at", "pk"):
        assignment = one.assignment
        found[assignment.organisation_id, assignment.measure_id, assignment.occurrence].append(one)
        found[assignment.organisation_id, assignment.measure_id, None].append(one)
    return {ask: answer(found.get((ask.organisation_id, ask.measure_id, ask.occurrence), [])) for ask in asks}


def page_of(evidence: Sequence[Evidence]) -> str:
    """Where the proofs are seen."""
    return reverse("roadmap:assignment_detail", kwargs={"pk": evidence[0].assignment_id}) if evidence else ""


def uploaded_answer(evidence: list[Evidence]) -> FactAnswer:
    """How many proofs."""
    if not evidence:
        return FactAnswer(False, 0, 1, _("Подтверждение не приложено."))
    words = _("Приложено подтверждений: %(count)s.") % {"count": len(evidence)}
    return FactAnswer(True, 1, 1, words, page_of(evidence), timezone.localdate(evidence[0].added_at))


def received_answer(evidence: list[Evidence]) -> FactAnswer:
    """The report that has come furthest."""
    reports = [one for one in evidence if one.kind == EvidenceKind.REPORT]
    received = [one for one in reports if one.verdict == Verdict.RECEIVED and one.verdict_at]
    if received:
        day = min(timezone.localdate(one.verdict_at) for one in received)
        return FactAnswer(True, 1, 1, _("Отчёт принят %(day)s.") % {"day": short_day(day)}, page_of(received), day)
    if not reports:
        return FactAnswer(False, 0, 1, _("Отчёт не приложен."))
    last = reports[-1]
    if last.verdict == Verdict.RETURNED:
        return FactAnswer(False, 0, 1, _("Отчёт возвращён: %(why)s") % {"why": last.verdict_comment}, page_of(reports))
    return FactAnswer(False, 0, 1, _("Отчёт ждёт приёма."), page_of(reports))


register_fact(
    Fact(
        UPLOADED, gettext_lazy("Приложено ли подтверждение?"), evidence_uploaded, KINDS, of_measure=True,
        name=gettext_lazy("Подтверждение приложено"),
    )
)  # fmt: skip
register_fact(
    Fact(
        RECEIVED, gettext_lazy("Принят ли отчёт?"), report_received, KINDS, of_measure=True, name=gettext_lazy("Отчёт принят"),
    )
)  # fmt: skip
