"""The order of measures, and deadlines as they once stood."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from nastavnik.accounts.models import User
from nastavnik.core.models import RegionalModel
from nastavnik.roadmap.models.roadmaps import Measure, Roadmap, plan_reach


class MeasureDependency(RegionalModel):
    """`measure` begins when `after` has ended; both of one roadmap, never in a circle (`actions.order`)."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="dependencies")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="predecessors")
    after = models.ForeignKey(Measure, models.CASCADE, related_name="successors")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "after"], name="one_dependency_per_pair"),
            models.CheckConstraint(condition=~Q(measure=F("after")), name="no_measure_waits_for_itself"),
        ]


class BaselineQuerySet(models.QuerySet["Baseline"]):
    def visible_to(self, user: Any) -> "BaselineQuerySet":
        """Baselines of plans that the user may read."""
        return self.filter(plan_reach(user, "roadmap__organisation"))


class Baseline(RegionalModel):
    """Deadlines of a plan as they stood on a day. `dates`: key of the measure > number, start, end (ISO days or None) and the
    printed words. `is_first` marks the one that acceptance left by itself."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="baselines")
    name = models.CharField(max_length=120)
    taken_at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    is_first = models.BooleanField(default=False)
    dates = models.JSONField()

    objects = BaselineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roadmap"], condition=Q(is_first=True), name="one_first_baseline_per_roadmap")
        ]
        indexes = [models.Index(fields=["roadmap", "taken_at"], name="baseline_of_roadmap")]
