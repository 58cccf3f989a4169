"""Special days of the production calendar: holidays, days off that were moved, working Saturdays, shortened days.

A row holds for the whole country, for a region or for a municipality (`place`); the nearest one wins. It says where it is
written and since when that is in force; a row that was removed or replaced keeps the day on which it ended.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nastavnik.core.models import SharedModel
from nastavnik.organisations.enums import DayKind, OrganisationKind
from nastavnik.organisations.models.organisations import BRANCH_COLUMN, Organisation


class SpecialDayQuerySet(models.QuerySet["SpecialDay"]):
    def visible_to(self, user: Any) -> "SpecialDayQuerySet":
        """Days of the whole country, of the user's region and municipality, and of what is in the user's branch."""
        if user.appointment is None:
            return self.none()
        place = user.appointment.organisation
        branch = Q(**{f"place__{BRANCH_COLUMN[OrganisationKind(place.kind)]}": place.pk})
        return self.filter(branch | Q(place=None) | Q(place__in=[place.region_id, place.municipality_id]))

    def kept_by(self, user: Any) -> "SpecialDayQuerySet":
        """Days of the user's own region or municipality and of what is below: those that the user may change."""
        return self.visible_to(user).exclude(place=None).filter(place__in=Organisation.objects.visible_to(user))

    def in_force(self) -> "SpecialDayQuerySet":
        """What the calendar says now."""
        return self.filter(valid_until=None)


class SpecialDay(SharedModel):
    day = models.DateField(_("День"))
    kind = models.CharField(_("Какой это день"), max_length=12, choices=DayKind.choices)
    title = models.CharField(_("Название"), max_length=120, blank=True)
    source = models.CharField(_("Чем установлен"), max_length=300)
    confirmed = models.BooleanField(_("Подтверждён"), default=True)
    valid_from = models.DateField(_("Действует с"))
    valid_until = models.DateField(_("Действовал до"), null=True)
    place = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("Где"))

    objects = SpecialDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=Q(place=None, valid_until=None), name="one_special_day_of_the_country"
            ),
            models.UniqueConstraint(
                fields=["day", "place"], condition=Q(valid_until=None), name="one_special_day_of_a_place"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="special_day_ends_after_start"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["place", "day"], name="special_day_of_place")]

    @property
    def is_of_country(self) -> bool:
        """Holds everywhere."""
        return self.place_id is None
