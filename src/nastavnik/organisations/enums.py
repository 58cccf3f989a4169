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

    HOLIDAY = "holiday", _("Нерабочий праздничный день")
    DAY_OFF = "day_off", _("Выходной день")
    WORKING = "working", _("Рабочий день")
    SHORTENED = "shortened", _("Сокращённый рабочий день")


FREE_DAYS = (DayKind.HOLIDAY, DayKind.DAY_OFF)
