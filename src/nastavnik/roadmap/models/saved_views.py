"""Views of the list that people keep: a name for an address."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.models import User
from nastavnik.core.models import RegionalModel
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import ViewKind


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: Any) -> "SavedViewQuerySet":
        """The user's own views of the present organisation, and those that colleagues share there."""
        place = user.appointment.organisation_id if user.appointment else None
        return self.filter(Q(owner_id=user.pk) | Q(shared=True), organisation_id=place)


class SavedView(RegionalModel):
    """`query` is the address' query, cleaned (`queries.addresses.kept_query`): opening a view is opening that address."""

    owner = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("Название"), max_length=80)
    kind = models.CharField(max_length=12, choices=ViewKind.choices)
    query = models.TextField(blank=True)
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "organisation", "name"], name="one_view_of_a_name")]
        indexes = [models.Index(fields=["organisation", "shared"], name="view_of_organisation")]

    def __str__(self) -> str:
        return self.name


class DefaultView(RegionalModel):
    """What «Задания» opens with for a person in an organisation."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="defaults")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="one_default_view_of_a_person")]
