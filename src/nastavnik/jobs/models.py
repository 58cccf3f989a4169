"""A Job is background work that a person can watch: what, how far, how it ended. It is carried out by the task queue
(django-tasks); this row adds what the queue lacks: progress, a key that is unique while the job lives, a lease that
runs out when a worker dies, and another try. A Schedule is work that returns by itself.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.core.models import RegionalModel, SharedModel


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: Any) -> "JobQuerySet":
        """A person watches the jobs that they started."""
        return self.filter(started_by_id=user.pk)


class Job(RegionalModel):
    class State(models.TextChoices):
        QUEUED = "queued", _("В очереди")
        RUNNING = "running", _("Выполняется")
        DONE = "done", _("Готово")
        FAILED = "failed", _("Не удалось")
        CANCELLED = "cancelled", _("Отменено")

    LIVE = (State.QUEUED, State.RUNNING)

    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=120, blank=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    title = models.CharField(max_length=200, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    result_url = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    started_by_id = models.UUIDField(null=True)
    # Who sat there when the job was begun in another person's account; the ledgers name both.
    supporter_id = models.UUIDField(null=True)
    supporter_role = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(state__in=("queued", "running")) & ~Q(key=""), name="one_live_job_per_key"
            )
        ]
        indexes = [models.Index(fields=["state", "leased_until"], name="job_lease")]

    @property
    def is_live(self) -> bool:
        """Still waiting or at work."""
        return self.state in self.LIVE

    @property
    def percent(self) -> int:
        """0..100; 0 while the size of the work is unknown."""
        return min(100, round(100 * self.done / self.total)) if self.total else 0


class Schedule(SharedModel):
    """When a returning piece of work is due next."""

    name = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField()
