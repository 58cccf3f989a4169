"""«Дорожные карты школ»: every school with its roadmap of a school year, also the school that has none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, DateField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from nastavnik.core.text import with_words
from nastavnik.organisations.calendars import SchoolYear, school_year_of
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.approving import BEFORE_APPROVAL, BEFORE_THE_YEAR
from nastavnik.roadmap.comparing import ChangeKind, Line, compare_lines
from nastavnik.roadmap.enums import Purpose, Stage, StepKind
from nastavnik.roadmap.models import ApprovalStep, ApprovalTerms, Roadmap, RoadmapVersion
from nastavnik.roadmap.queries.versions import digest_of, kept_lines, lines_of_many

NO_PLAN, LATE = "none", "late"
NO_DAY = date(9999, 12, 31)
ORDERS = {"school": ["sort_key", "pk"], "due": ["sort_due", "sort_key", "pk"]}


def asked_year(asked: str) -> SchoolYear:
    """The year of the address: the present one, the one before or the next; anything else is the present one."""
    present = school_year_of(timezone.localdate()).begins
    return SchoolYear(int(asked) if asked in map(str, (present - 1, present + 1)) else present)


def plans_of_year(year: SchoolYear) -> QuerySet[Roadmap]:
    """Plans at work that reach into the year."""
    begun = Q(starts_on=None) | Q(starts_on__lte=year.end)
    return Roadmap.objects.active().filter(begun, Q(ends_on=None) | Q(ends_on__gte=year.start), purpose=Purpose.WORK)


def late_condition(today: date) -> Q:
    """The school owes the next step and its day is over."""
    return Q(hand_in__lt=today, stage__in=(NO_PLAN, Stage.DRAFT)) | Q(stage=Stage.RETURNED, due_on__lt=today)


def terms_of_year(year: SchoolYear) -> QuerySet[ApprovalTerms]:
    """Terms whose day of handing in is about plans of that year, see `approving.year_asked`."""
    window = (year.start - BEFORE_THE_YEAR, year.end - BEFORE_THE_YEAR)
    return ApprovalTerms.objects.filter(hand_in_on__range=window)


def school_rows(user: Any, query: Any) -> QuerySet[Organisation]:
    """Schools of the branch with `plan` (key or None), `stage` («none» without a plan), `due_on` and `late`; filters `q`,
    `municipality` (address), `year`, and those of `in_stage`. Of several plans the one that waits for the department counts."""
    today, year = timezone.localdate(), asked_year(query.get("year", ""))
    first = Case(When(stage=Stage.APPROVED, then=Value(0)), default=Value(1))
    plans = plans_of_year(year).filter(organisation=OuterRef("pk")).order_by(first, "-created_at", "-pk")
    terms = terms_of_year(year).filter(organisation=OuterRef("municipality_id"))
    rows = Organisation.objects.visible_to(user).schools().active(today).annotate(
        plan=Subquery(plans.values("pk")[:1]), stage=Coalesce(Subquery(plans.values("stage")[:1]), Value(NO_PLAN)),
        step_due=Subquery(plans.values("stage_due_on")[:1]), hand_in=Subquery(terms.values("hand_in_on")[:1]),
    )  # fmt: skip
    waits_for_school = Q(stage__in=(NO_PLAN, Stage.DRAFT), step_due=None)
    rows = rows.annotate(
        due_on=Case(When(waits_for_school, then=F("hand_in")), default=F("step_due"), output_field=DateField())
    ).annotate(
        late=Case(When(late_condition(today), then=Value(True)), default=Value(False)),
        sort_due=Coalesce(F("due_on"), Value(NO_DAY)),
    )  # fmt: skip
    if query.get("municipality"):
        rows = rows.filter(municipality__slug=query["municipality"])
    return with_words(rows, query.get("q", ""), "search_text")


def in_stage(rows: QuerySet[Organisation], stage: str) -> QuerySet[Organisation]:
    """Those in one stage, without a plan («none»), or late with their step («late»)."""
    if stage == LATE:
        return rows.filter(late=True)
    return rows.filter(stage=stage) if stage in (NO_PLAN, *Stage.values) else rows


def stage_counts(rows: QuerySet[Organisation]) -> dict[str, int]:
    """How many schools stand in each stage, how many have no plan, how many are late: one query."""
    conditions = {stage: Q(stage=stage) for stage in (NO_PLAN, *Stage.values)} | {LATE: Q(late=True)}
    # Aliases of their own: a count called «late» would hide the column of that name.
    found = rows.order_by().aggregate(**{f"in_{name}": Count("pk", filter=one) for name, one in conditions.items()})
    return {name: found[f"in_{name}"] for name in conditions}


@dataclass(frozen=True)
class SchoolPlan:
    """One line: a school, its plan, by when the next step is due, what was said when the plan came back, and which
    amendment waits for the department."""

    school: Organisation
    roadmap: Roadmap | None
    stage: str
    due_on: date | None
    late: bool
    comment: str = ""
    amendment: int | None = None

    @property
    def waits(self) -> bool:
        """Is it the department's turn?"""
        return self.stage == Stage.APPROVED

    @property
    def overdue(self) -> bool:
        """Is the day of the next step over, whoever owes it?"""
        open_ = self.stage in (NO_PLAN, *BEFORE_APPROVAL, Stage.APPROVED)
        return self.late or (open_ and self.stage != NO_PLAN and self.due_on is not None and self.due_on < timezone.localdate())


def with_plans(schools: Iterable[Organisation]) -> list[SchoolPlan]:
    """The lines of these rows of `school_rows`: three queries."""
    found = list(schools)
    keys = [one.plan for one in found if one.plan]
    plans = Roadmap.objects.select_related("organisation").in_bulk(keys)
    returned = ApprovalStep.objects.filter(roadmap__in=keys, kind=StepKind.RETURNED).order_by("position")
    comments = dict(returned.values_list("roadmap_id", "comment"))
    kept = RoadmapVersion.objects.filter(roadmap__in=keys).order_by("number").values_list("roadmap_id", "amendment")
    amendments = dict(kept)
    return [
        SchoolPlan(
            one, plans.get(one.plan), one.stage, one.due_on, one.late,
            comments.get(one.plan, "") if one.stage == Stage.RETURNED else "",
            amendments.get(one.plan) if one.stage == Stage.APPROVED else None,
        )
        for one in found
    ]  # fmt: skip


def waiting_below(user: Any) -> QuerySet[Roadmap]:
    """Plans of schools that wait for the department in which the user is appointed."""
    place = user.appointment.organisation_id if user.appointment else None
    rows = Roadmap.objects.visible_to(user).active().filter(
        organisation__municipality_id=place, organisation__kind=OrganisationKind.SCHOOL, stage=Stage.APPROVED, purpose=Purpose.WORK
    )  # fmt: skip
    return rows.select_related("organisation__municipality")


@dataclass(frozen=True)
class Waiting:
    """A plan that waits for the decision: its state as shown (`seen`), how many measures, and how many lines differ from
    what the department saw last (None for the first time)."""

    roadmap: Roadmap
    seen: str
    measures: int
    changed: int | None


@dataclass(frozen=True)
class DecisionPreview:
    """What a decision about many would reach, and how many of the chosen wait for nothing."""

    waiting: list[Waiting]
    passed_over: int


def decision_preview(user: Any, keys: list[str]) -> DecisionPreview:
    """The chosen plans that wait for the user's department: six queries, however many."""
    plans = list(waiting_below(user).filter(pk__in=keys).order_by("organisation__sort_key", "pk"))
    lines, seen_last = lines_of_many(plan.pk for plan in plans), last_decided(plans)
    found = [
        Waiting(plan, digest_of(lines[plan.pk]), sum(not line.heading for line in lines[plan.pk]),
                changed_since(seen_last.get(plan.pk), lines[plan.pk]))
        for plan in plans
    ]  # fmt: skip
    return DecisionPreview(found, len(keys) - len(found))


def last_decided(plans: list[Roadmap]) -> dict[Any, RoadmapVersion]:
    """The version that the department returned or endorsed last, by plan."""
    steps = ApprovalStep.objects.filter(roadmap__in=plans, kind__in=(StepKind.RETURNED, StepKind.ENDORSED)).exclude(version=None)
    return {step.roadmap_id: step.version for step in steps.select_related("version").order_by("position") if step.version}


def changed_since(version: RoadmapVersion | None, lines: list[Line]) -> int | None:
    """How many lines differ from that version."""
    if version is None:
        return None
    return sum(change.kind is not ChangeKind.SAME for change in compare_lines(kept_lines(version), lines))
