"""A deadline as columns: the printed text, the kind, the days, and whether it came from the section."""

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from planreader.model import Deadline, DeadlineKind, Recurrence, Span


class Kind(models.TextChoices):
    """The kinds of planreader with the words of the office."""

    BY = "by", _("до даты")
    RANGE = "range", _("период")
    LIST = "list", _("список сроков")
    RECURRING = "recurring", _("повтор")
    WHOLE_PERIOD = "whole_period", _("весь период")
    EXTERNAL = "external", _("внешний график")
    ON_DEMAND = "on_demand", _("по необходимости")
    NONE = "none", _("без срока")
    UNRECOGNISED = "unrecognised", _("не распознан")


# Kinds whose day a person must still name before anybody can be late.
UNSETTLED_KINDS = (Kind.EXTERNAL, Kind.UNRECOGNISED)


class DeadlineColumns(models.Model):
    deadline_text = models.TextField(blank=True)
    deadline_kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.NONE)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    occurrences = models.JSONField(default=list)
    recurrence = models.CharField(max_length=16, blank=True)
    inherited = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def deadline(self) -> Deadline:
        """The columns as one value."""
        return Deadline(
            text=self.deadline_text,
            kind=DeadlineKind(self.deadline_kind),
            start=self.starts_on,
            end=self.ends_on,
            occurrences=tuple(Span(day(span["start"]), day(span["end"])) for span in self.occurrences),
            recurrence=Recurrence(self.recurrence) if self.recurrence else None,
            inherited=self.inherited,
        )

    @deadline.setter
    def deadline(self, value: Deadline | None) -> None:
        value = value or Deadline("", DeadlineKind.NONE)
        self.deadline_text, self.deadline_kind = value.text, value.kind.value
        self.starts_on, self.ends_on = value.start, value.end
        self.occurrences = [span.to_json() for span in value.occurrences]
        self.recurrence = value.recurrence.value if value.recurrence else ""
        self.inherited = value.inherited

    @property
    def is_settled(self) -> bool:
        """False while a person must still say when."""
        return self.deadline_kind not in UNSETTLED_KINDS


DEADLINE_COLUMNS = ["deadline_text", "deadline_kind", "starts_on", "ends_on", "occurrences", "recurrence", "inherited"]


def day(value: Any) -> date | None:
    """An ISO day, None for None."""
    return date.fromisoformat(value) if value else None
