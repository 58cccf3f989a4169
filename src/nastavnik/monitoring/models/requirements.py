"""Demands of the law and of the model, and the marks of organisations."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.models import User
from nastavnik.core.models import RegionalModel, SharedModel
from nastavnik.documents.models import StoredFile
from nastavnik.monitoring.enums import MarkState
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation, branch

OF_KIND = [(kind.value, kind.label) for kind in (OrganisationKind.SCHOOL, OrganisationKind.MUNICIPALITY)]


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def known_to(self, place: Organisation) -> "RequirementQuerySet":
        """The built-in list and what the region and the municipality of the organisation have written."""
        return self.filter(Q(owner=None) | Q(owner_id__in=[key for key in (place.region_id, place.municipality_id) if key]))

    def kept_by(self, place: Organisation) -> "RequirementQuerySet":
        """Written by this organisation: only these may be changed."""
        return self.filter(owner=place)


class Requirement(SharedModel):
    """One demand on organisations of one kind, in force from one day to another. The list of the product has no `owner`;
    a region or a municipality writes its own entries, and one with the same `code` stands in place of the entry above."""

    code = models.SlugField(max_length=60)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("Кому"), max_length=16, choices=OF_KIND, default=OrganisationKind.SCHOOL)
    position = models.PositiveSmallIntegerField(default=100)
    title = models.CharField(_("Что должно быть"), max_length=160)
    explanation = models.TextField(_("Пояснение"), blank=True)
    source = models.CharField(_("Источник"), max_length=300)
    source_date = models.DateField(_("Дата источника"), null=True, blank=True)
    confirmed = models.BooleanField(_("Источник проверен"), default=False)
    valid_from = models.DateField(_("Действует с"))
    valid_to = models.DateField(_("Действует по"), null=True, blank=True)
    fact = models.CharField(_("Отмечается само по факту"), max_length=60, blank=True)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "kind", "valid_from"], condition=Q(owner=None), name="one_built_in_requirement_per_day"
            ),
            models.UniqueConstraint(
                fields=["owner", "code", "kind", "valid_from"], condition=Q(owner__isnull=False), name="one_own_requirement_per_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="requirement_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RequirementMarkQuerySet(models.QuerySet["RequirementMark"]):
    def visible_to(self, user: Any) -> "RequirementMarkQuerySet":
        """Marks of organisations in the user's branch."""
        return self.filter(branch(user, "organisation"))


class RequirementMark(RegionalModel):
    """What an organisation says of one requirement: the paper by its name and number, where it is to be seen."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.SlugField(max_length=60)
    state = models.CharField(max_length=12, choices=MarkState.choices)
    words = models.CharField(max_length=300, blank=True)
    url = models.URLField(max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    valid_to = models.DateField(null=True)
    marked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = RequirementMarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_mark_per_requirement"),
            models.CheckConstraint(condition=~Q(state="not_needed") | ~Q(words=""), name="not_needed_says_why"),
        ]
