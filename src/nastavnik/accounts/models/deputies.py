"""Who stands in for whom: from a day to a day a colleague of the same organisation takes over the duties, the notices and
the rights of one appointment. It ends by its date, and earlier with either one's appointment or the deputy's log-in."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.enums import AbsenceReason
from nastavnik.accounts.models.people import Appointment, User
from nastavnik.core.models import RegionalModel
from nastavnik.organisations.models import branch


class DeputyshipQuerySet(models.QuerySet["Deputyship"]):
    def visible_to(self, user: Any) -> "DeputyshipQuerySet":
        """Those of the user's branch, and those that the user gave or carries."""
        return self.filter(branch(user, "appointment__organisation") | Q(appointment__user_id=user.pk) | Q(deputy_id=user.pk))

    def standing(self, on: date) -> "DeputyshipQuerySet":
        """Neither over by that day nor taken back: those to come included."""
        return self.filter(ended_at=None, ends_on__gte=on)

    def in_force(self, on: date) -> "DeputyshipQuerySet":
        """On that day somebody acts by it: the deputy may log in and is appointed in the same organisation, and what is stood
        in for is in force too."""
        appointed = Appointment.objects.in_force(on)
        colleagues = appointed.filter(user=OuterRef("deputy"), organisation=OuterRef("appointment__organisation"))
        return self.standing(on).filter(
            Exists(colleagues), Exists(appointed.filter(pk=OuterRef("appointment"))), starts_on__lte=on, deputy__is_active=True
        )


class Deputyship(RegionalModel):
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="deputyships")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="deputyships", verbose_name=_("Кто замещает"))
    starts_on = models.DateField(_("С какого дня"))
    ends_on = models.DateField(_("По какой день"))
    reason = models.CharField(_("Причина"), max_length=12, choices=AbsenceReason.choices, default=AbsenceReason.VACATION)
    keeps_notices = models.BooleanField(_("Уведомления получают оба"), default=False)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    objects = DeputyshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="deputyship_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["deputy", "ends_on"], name="deputyship_of_deputy"),
            models.Index(fields=["appointment", "ends_on"], name="deputyship_of_appointment"),
        ]
