"""The paper of a roadmap: versions that were kept, steps that were taken, and how long each may take."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.models import User
from nastavnik.core.models import RegionalModel
from nastavnik.documents.models import StoredFile
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import StepKind, VersionKind
from nastavnik.roadmap.models.roadmaps import Roadmap, plan_reach


class ApprovalTerms(RegionalModel):
    """What a municipality (or region) expects of the papers below it. The numbers are its own custom, no law says them:
    without a row the defaults stand. `hand_in_on` is the day by which every school's roadmap should be approved."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
    endorse_days = models.PositiveSmallIntegerField(_("Рабочих дней на согласование"), default=10)
    correct_days = models.PositiveSmallIntegerField(_("Рабочих дней школе на доработку"), default=10)
    hand_in_on = models.DateField(_("Школы сдают карты до"), null=True, blank=True)
    endorse_amendments = models.BooleanField(_("Изменения согласованной карты тоже согласуются"), default=True)
    version = models.PositiveIntegerField(default=1)


class RoadmapVersion(RegionalModel):
    """The whole plan at one moment: `lines` as `comparing.Line` values, headings included. `amendment` counts amendments;
    several edits by the same act are one amendment and share its version."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=VersionKind.choices)
    amendment = models.PositiveIntegerField(null=True)
    lines = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    act_number = models.CharField(_("Номер приказа"), max_length=60, blank=True)
    act_on = models.DateField(_("Дата приказа"), null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roadmap", "number"], name="one_version_per_number")]


class ApprovalStepQuerySet(models.QuerySet["ApprovalStep"]):
    def visible_to(self, user: Any) -> "ApprovalStepQuerySet":
        """Steps of plans that the user may read."""
        return self.filter(plan_reach(user, "roadmap__organisation"))


class ApprovalStep(RegionalModel):
    """One thing done with the paper. `organisation` is the one that did it: for an endorsement or a return the department,
    else the plan's owner. `on` is the day of the order or letter, `at` when it was entered."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.ForeignKey(RoadmapVersion, models.SET_NULL, null=True, related_name="steps")
    number = models.CharField(max_length=60, blank=True)
    on = models.DateField(null=True)
    protocol = models.CharField(max_length=120, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    from_paper = models.BooleanField(default=False)
    comment = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ApprovalStepQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roadmap", "position"], name="one_step_per_position")]
        indexes = [models.Index(fields=["organisation", "kind", "on"], name="step_of_organisation")]
