"""Plans as lists and as paper."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import OPEN_STATES, AssignmentState, Purpose, RoadmapState
from nastavnik.roadmap.models import Assignment, Measure, Roadmap, Section
from nastavnik.roadmap.models.deadlines import UNSETTLED_KINDS
from nastavnik.roadmap.rules import NamedParty
from planreader.deadlines import write_phrase
from planreader.model import Deadline, DeadlineKind, Party, Role, Scope, Span
from planreader.model import Measure as PlanMeasure

MOST_PLANS = 50


@dataclass(frozen=True)
class Tally:
    """How far something is: done of all that is required, and how much is late. `required` leaves «Не требуется» out."""

    required: int
    done: int
    late: int

    @property
    def percent(self) -> int:
        """0..100."""
        return round(100 * self.done / self.required) if self.required else 0


NO_TALLY = Tally(0, 0, 0)


def tally_columns() -> dict[str, Count]:
    """What a Tally counts, in its order."""
    late = Q(state__in=OPEN_STATES, awaits_date=False, due_on__lt=timezone.localdate())
    return {
        "required": Count("pk", filter=~Q(state=AssignmentState.NOT_APPLICABLE)),
        "done": Count("pk", filter=Q(state=AssignmentState.DONE)), "late_ones": Count("pk", filter=late),
    }  # fmt: skip


def counted(rows: QuerySet[Any], *by: str) -> dict[Any, Tally]:
    """Tallies of assignments grouped by columns, in one query; the key is a value, or a tuple for several columns."""
    grouped = rows.order_by().values_list(*by).annotate(**tally_columns())
    return {(row[0] if len(by) == 1 else row[: len(by)]): Tally(*row[len(by) :]) for row in grouped}


def plan_list(user: Any, *, archived: bool) -> list[tuple[Roadmap, Tally]]:
    """Plans that the user may read with their tallies in the user's branch: two queries."""
    state = RoadmapState.ARCHIVED if archived else RoadmapState.ACTIVE
    plans = list(
        Roadmap.objects.visible_to(user)
        .without_others_own(user)
        .filter(state=state, purpose=Purpose.WORK)
        .select_related("organisation")
        .order_by("-created_at", "-pk")[:MOST_PLANS]
    )
    tallies = counted(Assignment.objects.visible_to(user).filter(roadmap__in=plans), "roadmap_id")
    return [(plan, tallies.get(plan.pk, NO_TALLY)) for plan in plans]


def paper_of(roadmap: Roadmap, user: Any) -> list[tuple[Section, list[tuple[Measure, Tally]]]]:
    """Sections with their measures, parties and tallies in the user's branch: four queries."""
    measures = list(roadmap.measures.prefetch_related("parties").order_by("position"))
    tallies = counted(Assignment.objects.visible_to(user).filter(roadmap=roadmap), "measure_id")
    return [
        (section, [(one, tallies.get(one.pk, NO_TALLY)) for one in measures if one.section_id == section.pk])
        for section in roadmap.sections.order_by("position")
    ]


def school_count(organisation: Organisation) -> int:
    """Open schools below an organisation, for «в каждой школе · 12»."""
    if organisation.kind == OrganisationKind.SCHOOL:
        return 1
    return Organisation.objects.below(organisation).schools().active(timezone.localdate()).count()


MOST_PARTNERS = 200


def partners_of(organisation: Organisation) -> list[Organisation]:
    """Partner organisations that a measure of this organisation's plan may name: one query."""
    rows = Organisation.objects.below(organisation).filter(kind=OrganisationKind.PARTNER).active(timezone.localdate())
    return list(rows.order_by("sort_key", "pk")[:MOST_PARTNERS])


def horizon_of(roadmap: Roadmap) -> Span | None:
    """The period of a plan at work."""
    return Span(roadmap.starts_on, roadmap.ends_on) if roadmap.starts_on and roadmap.ends_on else None


def as_value(measure: Measure) -> PlanMeasure:
    """A stored measure as the value that forms show."""
    parties = []
    for one in sorted(measure.parties.all(), key=lambda party: party.position):
        party = Party(one.text, Role(one.role), Scope(one.scope), one.name or None)
        named = NamedParty(party.text, party.role, party.scope, party.name, one.organisation_id)
        parties.append(named if one.organisation_id else party)
    return PlanMeasure(measure.number, measure.text, measure.deadline, tuple(parties), measure.result or None)


@dataclass(frozen=True)
class Unsettled:
    """A deadline that a person must still name, and for how many organisations it waits. `led`: the user's own organisation
    wrote the plan, so it may name the day for all."""

    measure: Measure
    waiting: int
    named: int
    own: Assignment | None
    led: bool


def unsettled_of(user: Any, roadmap: Roadmap | None = None) -> list[Unsettled]:
    """Measures of active plans (or of one) whose day is unknown, with the user's own assignment where there is one: three
    queries."""
    plans = {"roadmap": roadmap} if roadmap else {}
    measures = list(
        Measure.objects.visible_to(user)
        .filter(roadmap__in=Roadmap.objects.working().without_others_own(user), **plans)
        .filter(Q(deadline_kind__in=UNSETTLED_KINDS) | Q(assignments__awaits_date=True))
        .distinct()
        .select_related("roadmap", "roadmap__organisation")
        .order_by("roadmap_id", "position")[:200]
    )
    rows = Assignment.objects.visible_to(user).filter(measure__in=measures)
    waits = dict(rows.filter(awaits_date=True, state__in=OPEN_STATES).order_by().values_list("measure_id").annotate(Count("pk")))
    named = dict(rows.filter(own_date=True).order_by().values_list("measure_id").annotate(Count("pk")))
    own = {one.measure_id: one for one in rows.of_own_organisation(user).filter(awaits_date=True)}
    leads = user.appointment.organisation_id if user.appointment and user.may("roadmap.lead_roadmap") else None
    found = [
        Unsettled(one, waits.get(one.pk, 0), named.get(one.pk, 0), own.get(one.pk), one.roadmap.organisation_id == leads)
        for one in measures
    ]
    return [line for line in found if line.waiting]


def deadline_words(deadline: Deadline) -> str:
    """What a chip says of a deadline: days where there are any, else the printed words."""
    if deadline.kind in (DeadlineKind.EXTERNAL, DeadlineKind.UNRECOGNISED, DeadlineKind.ON_DEMAND):
        return deadline.text
    if deadline.kind is DeadlineKind.WHOLE_PERIOD and deadline.start and deadline.end:
        return f"{deadline.start:%d.%m.%Y} – {deadline.end:%d.%m.%Y}"
    return write_phrase(deadline)
