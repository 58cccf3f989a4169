"""Measures become assignments: occurrence x organisation. Safe to repeat: what exists is left alone."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from nastavnik.audit import trail
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.baselines import take_first_baseline
from nastavnik.roadmap.actions.facts import follow_facts
from nastavnik.roadmap.enums import OPEN_STATES, AssignmentState
from nastavnik.roadmap.models import Assignment, Measure, Roadmap
from nastavnik.roadmap.rules import Place, due_spans, target_ids

BATCH = 2000


def fan_out_roadmap(roadmap: Roadmap, *, by: Any, progress: Any = None) -> int:
    """Give every organisation its assignments of the whole plan; returns how many were wanted.

    One transaction: nobody sees half a fan-out. `progress(done, total)` is called per measure.
    """
    measures = list(roadmap.measures.prefetch_related("parties", "facts").order_by("position"))
    below = organisations_below(roadmap.organisation)
    made = 0
    with transaction.atomic():
        for number, measure in enumerate(measures, start=1):
            made += create_assignments(wanted(measure, roadmap, below))
            if measure.facts.all():
                follow_facts(measure.assignments.all())
            if progress:
                progress(number, len(measures))
        take_first_baseline(roadmap, by=by)
        trail.record("roadmap.fanned_out", roadmap, by=by, after={"assignments": made}, organisation=roadmap.organisation)
    return made


@transaction.atomic
def fan_out_to_organisations(organisations: Iterable[Organisation], *, by: Any) -> int:
    """Give organisations that joined later their share of every active plan above them; returns how many assignments.

    Past occurrences are left out: a school that opens in November owes nothing for October. Three queries per plan and one
    insert per batch, however many organisations join, and a few more for plans with facts.
    """
    joined, today = list(organisations), timezone.localdate()
    above = {pk for one in joined for pk in (one.municipality_id, one.region_id)}
    made: Counter[int] = Counter()
    for roadmap in Roadmap.objects.working().filter(organisation__in=above).select_related("organisation"):
        below = [Place(one.pk, one.kind) for one in joined if roadmap.organisation_id in (one.municipality_id, one.region_id)]
        ids = {place.id for place in below}
        share = [
            assignment
            for measure in roadmap.measures.prefetch_related("parties")
            for assignment in wanted(measure, roadmap, below)
            if assignment.organisation_id in ids and (assignment.due_on is None or assignment.due_on >= today)
        ]
        create_assignments(share)
        made.update(assignment.organisation_id for assignment in share)
        follow_facts(Assignment.objects.filter(roadmap=roadmap, organisation_id__in=ids, measure__facts__isnull=False).distinct())
    trail.record_many(
        trail.build_change("roadmap.organisation_joined", one, by=by, after={"assignments": made[one.pk]}, organisation=one)
        for one in joined
    )
    return made.total()


@transaction.atomic
def fan_out_measure(measure: Measure, *, by: Any) -> None:
    """After a measure's deadline or parties changed: add what is missing, move open days, drop what nobody touched."""
    fan_out_measures([measure], organisations_below(measure.roadmap.organisation))


def fan_out_measures(measures: Iterable[Measure], below: list[Place]) -> None:
    """The same for several measures of plans above the same organisations (none for schools): five queries."""
    lines = list(measures)
    plan = {key(one): one for measure in lines for one in wanted(measure, measure.roadmap, below)}
    moved, unwanted = [], []
    for existing in Assignment.objects.filter(measure__in=lines).prefetch_related("evidence"):
        target = plan.pop(key(existing), None)
        if target is None:
            unwanted += [] if is_touched(existing) else [existing.pk]
        elif existing.state in OPEN_STATES and not existing.own_date:
            existing.starts_on, existing.due_on, existing.awaits_date = target.starts_on, target.due_on, target.awaits_date
            moved.append(existing)
    Assignment.objects.bulk_update(moved, ["starts_on", "due_on", "awaits_date"], batch_size=200)
    Assignment.objects.filter(pk__in=unwanted).delete()
    create_assignments(plan.values())
    follow_facts(Assignment.objects.filter(measure__in=lines))


def key(assignment: Assignment) -> tuple[Any, int, int]:
    """What identifies an assignment."""
    return assignment.measure_id, assignment.organisation_id, assignment.occurrence


def is_touched(assignment: Assignment) -> bool:
    """Has somebody worked on it? Then it stays, even when it is no longer wanted."""
    return assignment.state != AssignmentState.PLANNED or bool(assignment.note) or bool(assignment.evidence.all())


def organisations_below(owner: Organisation) -> list[Place]:
    """Open schools, partners and municipalities below the plan's owner, in the order of lists."""
    rows = Organisation.objects.below(owner).active(timezone.localdate()).order_by("sort_key", "pk")
    return [Place(pk, kind) for pk, kind in rows.values_list("pk", "kind")]


def wanted(measure: Measure, roadmap: Roadmap, below: list[Place]) -> Iterator[Assignment]:
    """Unsaved assignments of one measure."""
    owner = Place(roadmap.organisation_id, roadmap.organisation.kind)
    parties = [(party.scope, party.organisation_id) for party in measure.parties.all()]
    spans = due_spans(measure.deadline)
    for organisation_id in target_ids(owner, parties, below):
        for occurrence, span in enumerate(spans):
            yield Assignment(
                region_id=roadmap.region_id, roadmap=roadmap, measure=measure, organisation_id=organisation_id,
                occurrence=occurrence, starts_on=span.starts_on, due_on=span.due_on, awaits_date=span.awaits_date,
            )  # fmt: skip


def create_assignments(assignments: Iterable[Assignment]) -> int:
    """Insert what is not there yet; returns how many were offered."""
    rows = list(assignments)
    Assignment.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)
