"""Two append-only ledgers. A Change says who changed what, before, after and why; an Access says who viewed, exported
or printed personal data. Rows name things by type and id, never by foreign key: the ledger outlives them and stands
below every app. Rows are sealed afterwards into a hash chain (`audit.sealing`), so that a later edit is found out.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.core.models import RegionalModel


class LedgerRow(RegionalModel):
    """What both ledgers share. `position` and `seal` are empty until the row is sealed."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    actor_id = models.UUIDField(null=True, editable=False)
    actor_role = models.CharField(max_length=40, blank=True, editable=False)
    # For whom the actor acted: as a deputy, or helping out in an account; empty when people act for themselves.
    on_behalf_of_id = models.UUIDField(null=True, editable=False)
    organisation_id = models.BigIntegerField(null=True, editable=False)
    request_id = models.CharField(max_length=32, blank=True, editable=False)
    address = models.CharField(max_length=45, blank=True, editable=False)
    object_type = models.CharField(max_length=60, editable=False)
    object_id = models.CharField(max_length=40, editable=False)
    position = models.PositiveBigIntegerField(null=True, editable=False)
    seal = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


class Change(LedgerRow):
    """One change of one object: `before` and `after` hold the changed fields only."""

    action = models.CharField(max_length=60, editable=False)
    before = models.JSONField(default=dict, editable=False)
    after = models.JSONField(default=dict, editable=False)
    reason = models.TextField(blank=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "at"], name="change_of_object"),
            models.Index(fields=["organisation_id", "-at", "-id"], name="change_of_organisation"),
            models.Index(fields=["position"], name="change_position"),
            models.Index(fields=["on_behalf_of_id", "at"], condition=Q(on_behalf_of_id__isnull=False), name="change_on_behalf"),
        ]


class Access(LedgerRow):
    """One view, export or print of personal data."""

    class Kind(models.TextChoices):
        VIEW = "view", _("Просмотр")
        EXPORT = "export", _("Выгрузка")
        PRINT = "print", _("Печать")
        LOGIN = "login", _("Вход")
        LOGIN_FAILED = "login_failed", _("Неудачный вход")
        SUPPORT = "support", _("Вход для поддержки")

    kind = models.CharField(max_length=16, choices=Kind.choices, editable=False)
    ground = models.CharField(max_length=200, blank=True, editable=False)
    rows = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "at"], name="access_of_object"),
            models.Index(fields=["organisation_id", "-at", "-id"], name="access_of_organisation"),
            models.Index(fields=["position"], name="access_position"),
            models.Index(fields=["on_behalf_of_id", "at"], condition=Q(on_behalf_of_id__isnull=False), name="access_on_behalf"),
        ]


class ChainEnd(RegionalModel):
    """Where a ledger's chain ends now; locked while rows are sealed. A check of the whole chain takes minutes in a large
    ledger, so its outcome is kept: `broken_position` is the first place that does not hold, empty when all do."""

    ledger = models.CharField(max_length=20, unique=True)
    position = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, default="0" * 64)
    checked_at = models.DateTimeField(null=True)
    broken_position = models.PositiveBigIntegerField(null=True)
