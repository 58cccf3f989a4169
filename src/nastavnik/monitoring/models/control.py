"""A control: its checklist, one sheet per school, the answers."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from nastavnik.accounts.models import User
from nastavnik.core.models import RegionalModel
from nastavnik.monitoring.enums import OPEN_SHEETS, AnswerValue, RoundState, SheetState
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation, branch


class ControlRoundQuerySet(models.QuerySet["ControlRound"]):
    def visible_to(self, user: Any) -> "ControlRoundQuerySet":
        """Controls that organisations of the user's branch hold; a school sees its own sheets only."""
        return self.filter(branch(user, "organisation"))


class ControlRound(RegionalModel):
    """A municipality looks at all of its schools by one checklist. `ground` is the order it acts on."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    ground = models.CharField(max_length=200, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    state = models.CharField(max_length=8, choices=RoundState.choices, default=RoundState.OPEN)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = ControlRoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="control_closes_after_opening"),
            models.UniqueConstraint(fields=["organisation", "title"], name="one_control_per_title"),
        ]

    def __str__(self) -> str:
        return self.title


class ControlItem(RegionalModel):
    """A line of the checklist. Its answer is proposed by a fact, or by the standing of a requirement."""

    round = models.ForeignKey(ControlRound, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    fact = models.CharField(max_length=60, blank=True)
    requirement = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "position"], name="one_control_item_per_position")]


class ControlSheetQuerySet(models.QuerySet["ControlSheet"]):
    def visible_to(self, user: Any) -> "ControlSheetQuerySet":
        """Sheets of the user's branch; a school reads its own once it is signed."""
        rows = self.filter(branch(user, "organisation"))
        place = getattr(user.appointment, "organisation", None)
        if place is not None and place.kind in (OrganisationKind.REGION, OrganisationKind.MUNICIPALITY):
            return rows
        return rows.exclude(state__in=OPEN_SHEETS)


class ControlSheet(RegionalModel):
    """What was found in one school. After signing it does not change; the school acknowledges, objects, reports what it has
    mended, and the controller settles it."""

    round = models.ForeignKey(ControlRound, models.CASCADE, related_name="sheets")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=SheetState.choices, default=SheetState.PLANNED)
    conclusion = models.TextField(blank=True)
    remedy_by = models.DateField(null=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_post = models.CharField(max_length=160, blank=True)
    signed_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    objection = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ControlSheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="one_control_sheet_per_school"),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "filling"]) | Q(signed_at__isnull=False), name="a_finished_sheet_is_signed"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="control_of_organisation")]

    @property
    def is_open(self) -> bool:
        """Not signed yet."""
        return self.state in OPEN_SHEETS


class ControlAnswer(RegionalModel):
    """What was found for one line; `by_fact` while it is what the system proposed."""

    sheet = models.ForeignKey(ControlSheet, models.CASCADE, related_name="answers")
    item = models.ForeignKey(ControlItem, models.CASCADE, related_name="+")
    value = models.CharField(max_length=12, choices=AnswerValue.choices, blank=True)
    words = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=500, blank=True)
    by_fact = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "item"], name="one_control_answer_per_item")]
