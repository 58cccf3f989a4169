"""What each organisation has to do, and what it says about it."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from nastavnik.accounts.models import User
from nastavnik.core.models import RegionalModel
from nastavnik.documents.models import StoredFile
from nastavnik.organisations.models import Organisation, branch
from nastavnik.roadmap.enums import OPEN_STATES, AssignmentState, EvidenceKind, FactMark, ShownState, Verdict
from nastavnik.roadmap.models.roadmaps import Measure, Roadmap

OPEN = Q(state__in=OPEN_STATES)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: Any) -> "AssignmentQuerySet":
        """Assignments of organisations in the user's branch."""
        return self.filter(branch(user, "organisation"))

    def of_own_organisation(self, user: Any) -> "AssignmentQuerySet":
        """Assignments that the user's own organisation has to do."""
        place = user.appointment.organisation_id if user.appointment else None
        return self.filter(organisation_id=place)

    def late(self, today: date) -> "AssignmentQuerySet":
        """Open after the due day."""
        return self.filter(OPEN, due_on__lt=today)

    def shown_as(self, shown: str, today: date) -> "AssignmentQuerySet":
        """Those that a person sees in this state on that day."""
        return self.filter(shown_condition(today)[shown])

    def with_shown_state(self, today: date) -> "AssignmentQuerySet":
        """Annotate `shown` with the state that a person sees on that day."""
        whens = [When(condition, then=Value(shown)) for shown, condition in shown_condition(today).items()]
        return self.annotate(shown=Case(*whens, default=Value(ShownState.WAITING.value), output_field=models.CharField()))


def shown_condition(today: date) -> dict[str, Q]:
    """The one definition of what a person sees, for lists, counts and the board alike; the conditions exclude each other."""
    done, late = Q(state=AssignmentState.DONE), Q(done_on__gt=F("due_on"))
    no_day = OPEN & Q(awaits_date=True)
    overdue = OPEN & Q(awaits_date=False) & Q(due_on__lt=today)
    in_time = OPEN & Q(awaits_date=False) & (Q(due_on=None) | Q(due_on__gte=today))
    return {
        ShownState.LATE.value: overdue,
        ShownState.ASK.value: no_day,
        ShownState.IN_PROGRESS.value: in_time & Q(state=AssignmentState.IN_PROGRESS),
        ShownState.WAITING.value: in_time & Q(state=AssignmentState.PLANNED),
        ShownState.NOT_DONE.value: Q(state=AssignmentState.NOT_DONE),
        ShownState.DONE_LATE.value: done & Q(due_on__isnull=False) & Q(done_on__isnull=False) & late,
        ShownState.DONE.value: done & (Q(due_on=None) | Q(done_on=None) | Q(done_on__lte=F("due_on"))),
        ShownState.NOT_APPLICABLE.value: Q(state=AssignmentState.NOT_APPLICABLE),
    }


class Assignment(RegionalModel):
    """`due_on` is None for work without an end (whole period, on demand): it is never late. `awaits_date` marks an
    assignment whose day a person must still name. `fact_mark` says whether facts hold the mark; `fact_note` is what they
    did last, or why a person overruled them."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="assignments")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assignments")
    occurrence = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    awaits_date = models.BooleanField(default=False)
    own_date = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=AssignmentState.choices, default=AssignmentState.PLANNED)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    done_on = models.DateField(null=True)
    marked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    fact_mark = models.CharField(max_length=10, choices=FactMark.choices, default=FactMark.HAND, blank=True)
    fact_note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "organisation", "occurrence"], name="one_assignment_per_occurrence"),
            models.CheckConstraint(
                condition=~Q(state__in=("not_done", "not_applicable")) | ~Q(reason=""), name="not_done_needs_a_reason"
            ),
            models.CheckConstraint(condition=~Q(state="done") | Q(done_on__isnull=False), name="done_has_a_day"),
        ]
        indexes = [
            models.Index(fields=["roadmap", "measure", "state", "due_on", "awaits_date"], name="assignment_tally"),
            models.Index(fields=["organisation", "state", "due_on"], name="assignment_of_organisation"),
        ]

    def shown_state(self, today: date) -> ShownState:
        """The same answer as `with_shown_state`, for a row in memory."""
        if self.state in OPEN_STATES:
            if self.awaits_date:
                return ShownState.ASK
            if self.due_on is not None and self.due_on < today:
                return ShownState.LATE
            return ShownState.IN_PROGRESS if self.state == AssignmentState.IN_PROGRESS else ShownState.WAITING
        if self.state == AssignmentState.DONE:
            late = self.due_on is not None and self.done_on is not None and self.done_on > self.due_on
            return ShownState.DONE_LATE if late else ShownState.DONE
        return ShownState(self.state)


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: Any) -> "EvidenceQuerySet":
        """Proofs of organisations in the user's branch."""
        return self.filter(branch(user, "assignment__organisation"))

    def reports(self) -> "EvidenceQuerySet":
        """Reports, which somebody above receives or returns."""
        return self.filter(kind=EvidenceKind.REPORT)


class Evidence(RegionalModel):
    """A proof: a file or a link. A report has a `verdict`: it waits until whoever stands above has received or returned it."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=8, choices=EvidenceKind.choices, default=EvidenceKind.PROOF)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, default=Verdict.WAITING)
    verdict_comment = models.TextField(blank=True)
    verdict_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verdict_at = models.DateTimeField(null=True)
    title = models.CharField(max_length=200)
    url = models.URLField(blank=True, max_length=500)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict="returned") | ~Q(verdict_comment=""), name="a_returned_report_has_a_comment"
            ),
            models.CheckConstraint(
                condition=(Q(url="") & Q(file__isnull=False)) | (~Q(url="") & Q(file=None)), name="evidence_is_a_file_or_a_link"
            ),
        ]
        indexes = [models.Index(fields=["kind", "verdict", "added_at"], name="reports_by_verdict")]
