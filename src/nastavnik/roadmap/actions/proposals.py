"""A school decides about what the model's owner proposes: take the model's words, or keep its own."""

from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.roadmap.actions.amendments import Act, begin_amendment, keep_amendment
from nastavnik.roadmap.actions.arrivals import home_of, homes_of, worked_on
from nastavnik.roadmap.actions.carrying import carry_bonds
from nastavnik.roadmap.actions.facts import follow_facts
from nastavnik.roadmap.actions.models import withdraw_line
from nastavnik.roadmap.actions.plans import add_measure, change_measure, remove_measure
from nastavnik.roadmap.enums import OPEN_STATES, AssignmentState, ProposalKind, ProposalState
from nastavnik.roadmap.models import LineProposal, Measure, Roadmap
from nastavnik.roadmap.queries.editions import value_of


@transaction.atomic
def take_proposal(proposal: LineProposal, *, by: Any, act: Act | None = None) -> LineProposal:
    """The model's words come into the copy; a second click changes nothing. A copy in force changes by an order, `act`."""
    fresh = lock(proposal)
    if fresh.state == ProposalState.TAKEN:
        return fresh
    require_open(fresh)
    {ProposalKind.CHANGED: take_change, ProposalKind.ADDED: take_line, ProposalKind.REMOVED: take_removal}[
        ProposalKind(fresh.kind)
    ](fresh, act, by)
    return close(fresh, ProposalState.TAKEN, "roadmap.proposal_taken", by)


@transaction.atomic
def keep_own(proposal: LineProposal, *, by: Any) -> LineProposal:
    """The copy keeps what it has; the same words are not proposed again."""
    fresh = lock(proposal)
    if fresh.state == ProposalState.KEPT:
        return fresh
    require_open(fresh)
    if fresh.kind == ProposalKind.CHANGED and fresh.measure_id:
        Measure.objects.filter(pk=fresh.measure_id).update(origin_digest=fresh.line["digest"])
    if fresh.kind == ProposalKind.REMOVED and fresh.measure:
        withdraw_line(fresh.measure)
    return close(fresh, ProposalState.KEPT, "roadmap.proposal_kept", by)


@transaction.atomic
def take_all(copy: Roadmap, *, by: Any, act: Act | None = None) -> int:
    """Take every open proposal that loses nothing of the copy's own; lines that the copy has changed are decided one by
    one. Returns how many."""
    rows = list(harmless_proposals(copy).order_by("origin__section__position", "origin__position"))
    for one in rows:
        take_proposal(one, act=act, by=by)
    return len(rows)


def harmless_proposals(copy: Roadmap) -> QuerySet[LineProposal]:
    """Open proposals about lines that the copy has not changed itself."""
    untouched = Q(measure=None) | Q(measure__digest=F("measure__origin_digest"))
    return LineProposal.objects.open().filter(untouched, copy=copy)


def lock(proposal: LineProposal) -> LineProposal:
    """The row, locked and fresh."""
    rows = LineProposal.objects.select_for_update(of=("self",)).select_related(
        "copy__organisation", "measure__roadmap__organisation"
    )
    found = rows.filter(pk=proposal.pk).first()
    if found is None:
        raise Refusal(_("Этой строки в карте больше нет."))
    return found


def require_open(proposal: LineProposal) -> None:
    """Refusal for what is decided already."""
    if proposal.state != ProposalState.OPEN:
        raise Refusal(_("Это предложение уже рассмотрено. Обновите страницу."))


def take_change(proposal: LineProposal, act: Act | None, by: Any) -> None:
    """The model's words instead of the copy's."""
    if proposal.measure is None:
        raise Refusal(_("Этой строки в карте больше нет."))
    value = value_of(proposal.line)
    measure = change_measure(
        proposal.measure, number=proposal.measure.number, text=value.text, deadline=value.deadline, parties=value.parties,
        result=value.result or "", version=proposal.measure.version, reason=_("Взято из типовой карты"), act=act, by=by,
    )  # fmt: skip
    tie(measure, proposal)


def take_line(proposal: LineProposal, act: Act | None, by: Any) -> None:
    """A line more; refused silently when the copy has it already."""
    copy = proposal.copy
    if copy.measures.filter(origin_id=proposal.origin_id).exists():
        return
    value = value_of(proposal.line)
    section = home_of(copy, proposal.line, homes_of([copy]))
    measure = add_measure(
        section, number=value.number, text=value.text, deadline=value.deadline, parties=value.parties, result=value.result or "",
        reason=_("Взято из типовой карты"), act=act, by=by,
    )  # fmt: skip
    tie(measure, proposal)
    carry_bonds([measure], {measure.pk: proposal.origin_id})
    follow_facts(measure.assignments.all(), quietly=True)


def tie(measure: Measure, proposal: LineProposal) -> None:
    """From now on the line is as in the model."""
    digest = proposal.line["digest"]
    Measure.objects.filter(pk=measure.pk).update(
        origin_id=proposal.origin_id, origin_digest=digest, digest=digest, template_code=proposal.line["code"]
    )


def take_removal(proposal: LineProposal, act: Act | None, by: Any) -> None:
    """The line goes; with work on it it stays, and what is open of it is no longer required."""
    measure = proposal.measure
    if measure is None:
        return
    if measure.pk not in worked_on([proposal.copy]):
        LineProposal.objects.filter(pk=proposal.pk).update(measure=None)
        proposal.measure = None
        remove_measure(measure, reason=_("Убрано из типовой карты"), act=act, by=by)
        return
    amendment = begin_amendment(proposal.copy, reason=_("Убрано из типовой карты"), act=act, by=by)
    withdraw_line(measure)
    keep_amendment(amendment, by=by)
    measure.assignments.filter(state__in=OPEN_STATES).update(
        state=AssignmentState.NOT_APPLICABLE, reason=_("Убрано из типовой карты")
    )


def close(proposal: LineProposal, state: ProposalState, action: str, by: Any) -> LineProposal:
    """Keep the decision."""
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at"])
    trail.record(
        action, proposal.copy, by=by, organisation=proposal.copy.organisation,
        after={"number": proposal.line["number"], "text": proposal.line["text"]},
    )  # fmt: skip
    return proposal
