"""Kinds of organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    REGION = "region", _("Регион")
    MUNICIPALITY = "municipality", _("Муниципалитет")
    SCHOOL = "school", _("Школа")
    PARTNER = "partner", _("Партнёр")


class DayKind(models.TextChoices):
    """What is special about a day of the production calendar."""

    HOLIDAY = "holiday", _("Праздник")
    DAY_OFF = "day_off", _("Выходной")
    WORKING = "working", _("Рабочий")
    SHORTENED = "shortened", _("Сокращённый")


FREE_DAYS = (DayKind.HOLIDAY, DayKind.DAY_OFF)
