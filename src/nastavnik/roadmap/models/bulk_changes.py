"""What was changed for many assignments at once, so that it can be taken back."""

from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.models import User
from nastavnik.core.models import RegionalModel
from nastavnik.organisations.models import Organisation

UNDO_FOR = timedelta(minutes=30)


class BulkChangeQuerySet(models.QuerySet["BulkChange"]):
    def visible_to(self, user: Any) -> "BulkChangeQuerySet":
        """Whoever made a change takes it back, in the organisation in which it was made."""
        place = user.appointment.organisation_id if user.appointment else None
        return self.filter(by_id=user.pk, organisation_id=place)

    def to_undo(self) -> "BulkChangeQuerySet":
        """Fresh enough and not taken back yet."""
        return self.filter(undone_at=None, at__gt=timezone.now() - UNDO_FOR)


class BulkChange(RegionalModel):
    """`lines` keep for each assignment its key, the columns before and after, and the version that the change left behind: a
    row whose version has moved on belongs to somebody else. `left` says why lines were not taken back."""

    class Kind(models.TextChoices):
        MARK = "mark", _("Отметка")
        DATE = "date", _("Срок")

    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    lines = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)
    restored = models.PositiveIntegerField(default=0)
    left = models.JSONField(default=dict)

    objects = BulkChangeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["by", "-at"], name="bulk_change_of_a_person")]
