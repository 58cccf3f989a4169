"""Kinds of organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    REGION = "region", _("Регион")
    MUNICIPALITY = "municipality", _("Муниципалитет")
    SCHOOL = "school", _("Школа")
    PARTNER = "partner", _("Партнёр")
