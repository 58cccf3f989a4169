"""A model roadmap on its way down: what was sent when, and what a copy has not taken over by itself."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.models import User
from nastavnik.core.models import RegionalModel
from nastavnik.roadmap.enums import ProposalKind, ProposalState
from nastavnik.roadmap.models.roadmaps import Measure, Roadmap, plan_reach


class ModelEdition(RegionalModel):
    """The lines of a model roadmap as they were sent (`queries.editions.lines_of`). A line of the edition that has reached a
    copy and that the copy does not have is one that its school has left out."""

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    lines = models.JSONField()
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roadmap", "number"], name="one_edition_per_number")]


class LineProposalQuerySet(models.QuerySet["LineProposal"]):
    def visible_to(self, user: Any) -> "LineProposalQuerySet":
        """Proposals to plans that the user may read."""
        return self.filter(plan_reach(user, "copy__organisation"))

    def open(self) -> "LineProposalQuerySet":
        """Not decided yet."""
        return self.filter(state=ProposalState.OPEN)


class LineProposal(RegionalModel):
    """A change of the model that a copy did not take over by itself: its own line differs, or its paper is approved.
    `line` is the model's line as it was sent, `measure` the copy's own (None for a line that would be added)."""

    copy = models.ForeignKey(Roadmap, models.CASCADE, related_name="proposals")
    measure = models.ForeignKey(Measure, models.CASCADE, null=True, related_name="proposals")
    origin = models.ForeignKey(Measure, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=ProposalKind.choices)
    line = models.JSONField()
    state = models.CharField(_("Решение"), max_length=12, choices=ProposalState.choices, default=ProposalState.OPEN)
    made_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = LineProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["copy", "origin"], condition=Q(state="open"), name="one_open_proposal_per_line")
        ]
        indexes = [models.Index(fields=["copy", "state"], name="proposal_of_copy")]
