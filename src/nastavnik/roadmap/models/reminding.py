"""The ladder of reminders of a municipality, and what has been sent by it: one digest per person and day."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.models import User
from nastavnik.core.models import RegionalModel, SharedModel
from nastavnik.notifications.models import Message
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import Audience
from nastavnik.roadmap.ladders import Ladder, Step


class ReminderLadder(RegionalModel):
    """Of one municipality, for itself and all below; whoever has none follows the one that the product ships."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="reminder_ladder")
    is_on = models.BooleanField(_("Присылать сводку"), default=True)
    working_days = models.BooleanField(_("Считать рабочие дни"), default=False)
    repeat_every = models.PositiveSmallIntegerField(_("Потом повторять каждые, дней"), default=0)
    version = models.PositiveIntegerField(default=1)

    def as_ladder(self) -> Ladder:
        """The same as a plain value; steps are taken from what was prefetched."""
        steps = sorted((step.as_step() for step in self.steps.all()), key=lambda step: step.offset)
        return Ladder(tuple(steps), self.repeat_every, self.working_days, self.is_on, self.version)


class ReminderStep(RegionalModel):
    """`offset` days after the due day, before it when negative."""

    ladder = models.ForeignKey(ReminderLadder, models.CASCADE, related_name="steps")
    offset = models.SmallIntegerField()
    to_coordinator = models.BooleanField(default=True)
    to_head = models.BooleanField(default=False)
    to_department = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ladder", "offset"], name="one_step_of_a_day"),
            models.CheckConstraint(
                condition=Q(to_coordinator=True) | Q(to_head=True) | Q(to_department=True), name="a_step_speaks_to_somebody"
            ),
        ]

    def as_step(self) -> Step:
        """The same as a plain value."""
        return Step(self.offset, frozenset(one for one in Audience if getattr(self, f"to_{one.value}")))


class Digest(RegionalModel):
    """What one person got on one day. The row is unique, so that of two workers at once one sends it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    day = models.DateField()
    message = models.OneToOneField(Message, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_digest_per_person_and_day")]


class DigestRun(SharedModel):
    """One day of sending; `finished_at` is empty until everybody has been seen."""

    day = models.DateField(unique=True)
    began_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    @staticmethod
    def last_finished(before: date) -> "date | None":
        """The day of the last run that was finished before that day."""
        rows = DigestRun.objects.filter(day__lt=before, finished_at__isnull=False)
        return rows.order_by("-day").values_list("day", flat=True).first()
