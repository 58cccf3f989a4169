"""A plan that was read and waits for a person."""

from typing import Any

from django.db import models
from django.utils import timezone

from nastavnik.accounts.models import User
from nastavnik.core.models import RegionalModel
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import DraftState, Purpose
from nastavnik.roadmap.models.roadmaps import Roadmap


class PlanDraftQuerySet(models.QuerySet["PlanDraft"]):
    def visible_to(self, user: Any) -> "PlanDraftQuerySet":
        """Drafts of the organisation in which the user is appointed now."""
        place = user.appointment.organisation_id if user.appointment else None
        return self.filter(organisation_id=place)


class PlanDraft(RegionalModel):
    """`plan` is what planreader understood (its JSON contract), untouched; `corrections` holds what a person changed,
    by the measure's index in the plan: `{"3": {"deadline": D | None, "parties": [...], "left_undated": true}}`."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    source_name = models.CharField(max_length=200)
    source_digest = models.CharField(max_length=64)
    from_template = models.BooleanField(default=False)
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.WORK)
    plan = models.JSONField()
    corrections = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=DraftState.choices, default=DraftState.OPEN)
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, null=True, related_name="+")
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = PlanDraftQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "state", "-created_at"], name="draft_of_organisation")]
