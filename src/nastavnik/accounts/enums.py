"""Roles of an appointment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    REGIONAL_COORDINATOR = "regional_coordinator", _("региональный куратор")
    MUNICIPAL_HEAD = "municipal_head", _("руководитель управления образования")
    MUNICIPAL_COORDINATOR = "municipal_coordinator", _("муниципальный куратор")
    SCHOOL_HEAD = "school_head", _("руководитель школы")
    SCHOOL_COORDINATOR = "school_coordinator", _("куратор")
    DEPUTY_HEAD = "deputy_head", _("заместитель руководителя")
    MENTOR = "mentor", _("наставник")
    PARTNER_REPRESENTATIVE = "partner_representative", _("представитель партнёра")
    ADMINISTRATOR = "administrator", _("администратор")


class AbsenceReason(models.TextChoices):
    """Why somebody is away: nothing that a law protects, so a sick leave is «другое»."""

    VACATION = "vacation", _("отпуск")
    TRIP = "trip", _("командировка")
    STUDY = "study", _("обучение")
    OTHER = "other", _("другое")
