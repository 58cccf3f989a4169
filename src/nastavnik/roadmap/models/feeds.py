"""Calendars by a secret link: what a calendar program on a phone or a desk reads."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.models import Appointment, User
from nastavnik.core.models import RegionalModel


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: Any) -> "CalendarFeedQuerySet":
        """A person's own links only."""
        return self.filter(user_id=user.pk)

    def alive(self, on: date) -> "CalendarFeedQuerySet":
        """Not revoked, of an open account whose appointment is in force on that day."""
        held = Appointment.objects.in_force(on).filter(pk=OuterRef("appointment"))
        return self.filter(Exists(held), revoked_at=None, user__is_active=True)


class CalendarFeed(RegionalModel):
    """The link shows what `appointment` may see, within the filters of `query`. Of the secret only a digest is kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    name = models.CharField(_("Название"), max_length=80)
    query = models.TextField(blank=True)
    token_digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)
    last_read_at = models.DateTimeField(null=True)
    times_read = models.PositiveIntegerField(default=0)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token_digest"], name="one_feed_per_secret")]
        indexes = [models.Index(fields=["user", "-created_at"], name="feed_of_a_person")]

    def __str__(self) -> str:
        return self.name
