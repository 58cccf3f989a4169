"""Later changes of a published model go down to its copies. Nothing that a copy has changed is lost: it stays, and the
model's words are proposed. Sent again, nothing changes."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.jobs.actions import enqueue
from nastavnik.jobs.models import Job
from nastavnik.roadmap.actions.arrivals import Arrival, carry_out, worked_on
from nastavnik.roadmap.actions.publishing import AT_ONCE, add_edition, lock_model, tell
from nastavnik.roadmap.cascading import Fate, fate_of
from nastavnik.roadmap.enums import ProposalKind, ProposalState, RoadmapState, Stage
from nastavnik.roadmap.models import LineProposal, Measure, ModelEdition, Roadmap
from nastavnik.roadmap.queries.editions import last_edition, line_of, lines_of, unsent_changes

# A paper in one of these stages is changed only by those who signed it.
SIGNED = (Stage.APPROVED, Stage.ENDORSED)


@transaction.atomic
def send_changes(model: Roadmap, *, text: str, by: Any) -> Job:
    """Keep the model as it stands as its next edition and have it brought to all copies."""
    model = lock_model(model)
    if model.published_at is None:
        raise Refusal(_("Типовая карта ещё не разослана. Сначала разошлите её школам."))
    changes = unsent_changes(model)
    if not changes:
        raise Refusal(_("Рассылать нечего: с прошлой рассылки в типовой карте ничего не изменилось."))
    edition = add_edition(model, lines_of(model), by=by)
    trail.record(
        "roadmap.changes_sent", model, by=by, organisation=model.organisation,
        after={"lines": [change.line.number or change.line.text[:60] for change in changes]},
    )  # fmt: skip
    return enqueue(
        "roadmap.send_changes", key=f"changes {model.pk} {edition.number}", title=_("Рассылка изменений типовой карты"), by=by,
        result_url=reverse("roadmap:copy_list", kwargs={"pk": model.pk}),
        model_id=str(model.pk), text=text, user_id=str(by.pk) if by else "",
    )  # fmt: skip


def bring_copies_up(model: Roadmap, *, text: str, by: Any, progress: Any = None) -> Counter[str]:
    """Bring every copy that is behind to the last edition, in batches; returns how many lines met which fate."""
    edition, met = last_edition(model), Counter[str]()
    if edition is None:
        return met
    behind = model.copies.filter(state=RoadmapState.ACTIVE, model_edition__lt=edition.number)
    ids = list(behind.order_by("organisation__sort_key", "pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        met += bring_batch_up(model, edition, ids[start : start + AT_ONCE], text=text, by=by)
        if progress:
            progress(min(start + AT_ONCE, len(ids)), len(ids))
    return met


@transaction.atomic
def bring_batch_up(model: Roadmap, edition: ModelEdition, ids: Sequence[Any], *, text: str, by: Any) -> Counter[str]:
    """Some copies, in one transaction."""
    lock_model(model)
    rows = Roadmap.objects.select_for_update(of=("self",)).filter(pk__in=ids, model_edition__lt=edition.number)
    copies = list(rows.select_related("organisation").order_by("pk"))
    known = {one.number: {line["key"] for line in one.lines} for one in model.editions.all()}
    lines: dict[Any, list[Measure]] = defaultdict(list)
    arrivals: list[Arrival] = []
    for row in Measure.objects.filter(roadmap__in=copies).select_related("section", "roadmap").prefetch_related("parties"):
        lines[row.roadmap_id].append(row)
    pending = {(one.copy_id, str(one.origin_id)): one for one in LineProposal.objects.open().filter(copy__in=copies)}
    worked, met = worked_on(copies), Counter[str]()
    for copy in copies:
        undecided = {key for place, key in pending if place == copy.pk}
        known_here = known.get(copy.model_edition, set()) - undecided
        arrivals.append(arrival_of(copy, lines[copy.pk], edition, known_here, worked, met))
    carry_out(arrivals)
    propose(arrivals, pending, by=by)
    Roadmap.objects.filter(pk__in=[copy.pk for copy in copies]).update(model_edition=edition.number)
    note(arrivals, by=by)
    tell([one.copy for one in arrivals if one.is_news], subject=_("Изменилась типовая дорожная карта"), text=text, by=by)
    return met


def arrival_of(
    copy: Roadmap, rows: list[Measure], edition: ModelEdition, known: set[str], worked: set[Any], met: Counter[str]
) -> Arrival:
    """The fate of each line of one copy."""
    arrival = Arrival(copy, signed=copy.stage in SIGNED)
    mine = {str(row.origin_id): row for row in rows if row.origin_id}
    theirs = {line["key"]: line for line in edition.lines}
    for key in [*theirs, *(key for key in mine if key not in theirs)]:
        row, line = mine.get(key), theirs.get(key)
        fate = fate_of(
            base=row.origin_digest if row else "", mine=row.digest if row else None, theirs=line["digest"] if line else None,
            known=key in known,
        )  # fmt: skip
        met[fate] += 1
        settle(arrival, fate, row, line, worked)
    return arrival


def settle(arrival: Arrival, fate: Fate, row: Measure | None, line: dict[str, Any] | None, worked: set[Any]) -> None:
    """Put one line where it belongs."""
    if fate is Fate.JOINED and row and line:
        arrival.joined.append((row, line))
    elif fate is Fate.CONFLICT and row and line:
        arrival.proposals.append(proposal(arrival.copy, ProposalKind.CHANGED, row, line))
    elif fate is Fate.TAKE and row and line:
        if arrival.signed:
            arrival.proposals.append(proposal(arrival.copy, ProposalKind.CHANGED, row, line))
        else:
            arrival.taken.append((row, line))
    elif fate is Fate.NEW and line:
        if arrival.signed:
            arrival.proposals.append(proposal(arrival.copy, ProposalKind.ADDED, None, line))
        else:
            arrival.new.append(line)
    elif fate in (Fate.WITHDRAWN, Fate.ORPHANED) and row and row.withdrawn_on is None:
        if arrival.signed:
            arrival.proposals.append(proposal(arrival.copy, ProposalKind.REMOVED, row, line_of(row)))
        elif fate is Fate.WITHDRAWN and row.pk not in worked:
            arrival.gone.append(row)
        else:
            arrival.marked.append(row)


def proposal(copy: Roadmap, kind: ProposalKind, row: Measure | None, line: dict[str, Any]) -> LineProposal:
    """An unsaved proposal."""
    origin = row.origin_id if row else line["key"]
    return LineProposal(region_id=copy.region_id, copy=copy, measure=row, origin_id=origin, kind=kind, line=line)


Pending = dict[tuple[Any, str], LineProposal]


def propose(arrivals: Sequence[Arrival], pending: Pending, *, by: Any) -> None:
    """Store the proposals. An undecided one with the same words stays; every other undecided one has lost its ground."""
    kept = set()
    for arrival in arrivals:
        for one in list(arrival.proposals):
            old = pending.get((one.copy_id, str(one.origin_id)))
            if old is not None and is_same(old, one):
                kept.add(old.pk)
                arrival.proposals.remove(one)
    lost = [one.pk for one in pending.values() if one.pk not in kept]
    LineProposal.objects.filter(pk__in=lost).update(state=ProposalState.REPLACED, decided_at=timezone.now(), decided_by=by)
    LineProposal.objects.bulk_create([one for arrival in arrivals for one in arrival.proposals], batch_size=500)


def is_same(old: LineProposal, new: LineProposal) -> bool:
    """Would the person be asked the same again?"""
    return old.kind == new.kind and (new.kind == ProposalKind.REMOVED or old.line["digest"] == new.line["digest"])


def note(arrivals: Sequence[Arrival], *, by: Any) -> None:
    """One line of the history per copy that got anything."""
    trail.record_many(
        trail.build_change(
            "roadmap.changes_received", one.copy, by=by, organisation=one.copy.organisation,
            after={
                "changed": len(one.taken), "new": len(one.new), "removed": len(one.gone), "marked": len(one.marked),
                "proposals": len(one.proposals),
            },
        )
        for one in arrivals
        if one.is_news
    )  # fmt: skip
