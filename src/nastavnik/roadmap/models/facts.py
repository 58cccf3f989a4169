"""Which facts a measure is bound to, and what each fact said last of each organisation."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from nastavnik.core.models import RegionalModel
from nastavnik.organisations.models import Organisation, branch
from nastavnik.roadmap.models.roadmaps import Measure


class MeasureFact(RegionalModel):
    """A measure is done when this fact holds; with several of them `Measure.fact_rule` says whether all must."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="facts")
    code = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "code"], name="one_binding_per_fact")]
        indexes = [models.Index(fields=["code"], name="bindings_of_fact")]


class FactStateQuerySet(models.QuerySet["FactState"]):
    def visible_to(self, user: Any) -> "FactStateQuerySet":
        """Answers about organisations in the user's branch."""
        return self.filter(branch(user, "organisation"))


class FactState(RegionalModel):
    """The stored answer of a fact about an organisation in a school year (`year` is the one in which it begins), or about
    its work on one date of a measure. `subject` is what makes it one of a kind: "" or measure and occurrence."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    measure = models.ForeignKey(Measure, models.CASCADE, null=True, related_name="fact_states")
    occurrence = models.PositiveSmallIntegerField(default=0)
    subject = models.CharField(max_length=48, blank=True)
    holds = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    words = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    since = models.DateField(null=True)
    checked_at = models.DateTimeField(default=timezone.now)

    objects = FactStateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code", "year", "subject"], name="one_answer_per_question"),
            models.CheckConstraint(condition=Q(holds=False) | Q(since__isnull=False), name="what_holds_has_a_day"),
        ]
        indexes = [models.Index(fields=["code", "year", "organisation"], name="answers_of_fact")]


def subject_of(measure_id: Any, occurrence: int) -> str:
    """What tells answers about the dates of measures apart."""
    return f"{measure_id.hex}:{occurrence}"
