"""The second factor: a secret shared with the person's phone, codes for the day the phone is lost, and who must have one."""

from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.enums import Role
from nastavnik.accounts.models.people import AppointmentQuerySet, User
from nastavnik.core.models import RegionalModel
from nastavnik.organisations.models import Organisation


class SecondFactor(RegionalModel):
    """One-time passwords by time (TOTP). The secret is encrypted with a key that the database does not hold. Until
    `confirmed_at` it is an offer only. `last_step` is the time step of the last code used: no code works twice."""

    user = models.OneToOneField(User, models.CASCADE, related_name="second_factor")
    sealed_secret = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)


class RecoveryCode(RegionalModel):
    """A printed code that stands in for the phone once; stored as a keyed hash."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "code_hash"], name="recovery_codes_differ")]


class FactorDemandQuerySet(models.QuerySet["FactorDemand"]):
    def visible_to(self, user: Any) -> "FactorDemandQuerySet":
        """Those of the organisation for which the user acts now."""
        return self.none() if user.appointment is None else self.filter(organisation_id=user.appointment.organisation_id)


class FactorDemand(RegionalModel):
    """From a day on, a role below an organisation (municipality or region) works with a second factor only."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="factor_demands")
    role = models.CharField(_("Должность"), max_length=40, choices=Role.choices)
    since = models.DateField(_("Со дня"))

    objects = FactorDemandQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "role"], name="one_demand_of_a_role")]


def with_demand(held: AppointmentQuerySet) -> AppointmentQuerySet:
    """Appointments that also say, by the same query, since which day their role must have a second factor; None: it need not."""
    above = Q(organisation=OuterRef("organisation__municipality_id")) | Q(organisation=OuterRef("organisation__region_id"))
    demands = FactorDemand.objects.filter(above, role=OuterRef("role")).order_by("since").values("since")[:1]
    return held.annotate(factor_since=Subquery(demands))
