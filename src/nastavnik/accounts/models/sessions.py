"""Where an account is open. The cookie holds a random key, the row only its digest: a session is dead as soon as its row
says so, however many copies of the cookie there are. A SupportVisit is a session's stay in somebody else's account."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from nastavnik.accounts.models.people import Appointment, User
from nastavnik.core.models import RegionalModel


class SupportVisitQuerySet(models.QuerySet["SupportVisit"]):
    def visible_to(self, user: Any) -> "SupportVisitQuerySet":
        """Visits to one's own account."""
        return self.filter(person_id=user.pk)


class SupportVisit(RegionalModel):
    """Somebody who may help worked as another person: who, why, from when till when. Never deleted."""

    supporter = models.ForeignKey(User, models.PROTECT, related_name="+")
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="support_visits")
    reason = models.CharField(max_length=300)
    began_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = SupportVisitQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(person=F("supporter")), name="nobody_supports_oneself")]
        indexes = [models.Index(fields=["person", "-began_at", "-id"], name="visits_of_a_person")]

    @property
    def last_moment(self) -> datetime:
        """When it was over at the latest."""
        return min(self.ended_at or self.ends_at, self.ends_at)

    def is_on(self, now: datetime) -> bool:
        """Neither ended nor over, and the supporter's appointment and the person's log-in still stand."""
        last_day = self.appointment.ends_on
        appointed = last_day is None or last_day >= timezone.localdate(now)
        return self.ended_at is None and now < self.ends_at and appointed and self.person.is_active


class UserSessionQuerySet(models.QuerySet["UserSession"]):
    def visible_to(self, user: Any) -> "UserSessionQuerySet":
        """One's own."""
        return self.filter(user_id=user.pk)

    def live(self, now: datetime) -> "UserSessionQuerySet":
        """Neither ended nor left alone for too long nor too old."""
        return self.filter(ended_at=None, last_seen_at__gt=now - idle_limit(), made_at__gt=now - absolute_limit())


class UserSession(RegionalModel):
    user = models.ForeignKey(User, models.CASCADE, related_name="sessions")
    key_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=80, blank=True)
    support = models.ForeignKey(SupportVisit, models.PROTECT, null=True, related_name="+")

    objects = UserSessionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "ended_at", "-last_seen_at"], name="sessions_of_an_account")]

    def is_live(self, now: datetime) -> bool:
        """The twin of `live` for a row in memory."""
        in_time = self.last_seen_at > now - idle_limit() and self.made_at > now - absolute_limit()
        return self.ended_at is None and in_time


def idle_limit() -> timedelta:
    """How long a session lives without a request."""
    return timedelta(minutes=settings.SESSION_IDLE_MINUTES)


def absolute_limit() -> timedelta:
    """How long a session lives at most."""
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)
