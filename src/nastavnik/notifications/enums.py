"""Kinds of mail that a person may refuse."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailGroup(models.TextChoices):
    DIGEST = "digest", _("Ежедневная сводка сроков")
    REMINDERS = "reminders", _("Напоминания и вопросы от тех, кто ведёт план")
