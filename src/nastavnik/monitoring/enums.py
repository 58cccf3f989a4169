"""States of the legality check and of control."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MarkState(models.TextChoices):
    """What an organisation says of a requirement."""

    MET = "met", _("Есть")
    MISSING = "missing", _("Нет")
    NOT_NEEDED = "not_needed", _("Не требуется")


class Standing(models.TextChoices):
    """What a person sees: the mark, the fact and the calendar taken together. The first three are gaps."""

    MISSING = "missing", _("Нет")
    EXPIRED = "expired", _("Срок истёк")
    UNKNOWN = "unknown", _("Не отмечено")
    MET = "met", _("Есть")
    NOT_NEEDED = "not_needed", _("Не требуется")


GAPS = (Standing.MISSING, Standing.EXPIRED, Standing.UNKNOWN)


class RoundState(models.TextChoices):
    """A control of all schools."""

    OPEN = "open", _("Идёт")
    CLOSED = "closed", _("Завершён")


class SheetState(models.TextChoices):
    """The control of one school."""

    PLANNED = "planned", _("Не начат")
    FILLING = "filling", _("Заполняется")
    SIGNED = "signed", _("Подписан")
    ACKNOWLEDGED = "acknowledged", _("Школа ознакомлена")
    REMEDIED = "remedied", _("Школа устранила")
    SETTLED = "settled", _("Замечания сняты")


OPEN_SHEETS = (SheetState.PLANNED, SheetState.FILLING)


class AnswerValue(models.TextChoices):
    """What the controller found."""

    YES = "yes", _("Да")
    PARTLY = "partly", _("Частично")
    NO = "no", _("Нет")
    NOT_NEEDED = "not_needed", _("Не требуется")


REMARKS = (AnswerValue.PARTLY, AnswerValue.NO)
