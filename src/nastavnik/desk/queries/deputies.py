"""Duties of a person together with those of the colleagues for whom the person stands in."""

import copy
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse

from nastavnik.accounts.models import Appointment
from nastavnik.core.duties import Duty, duties_of


def all_duties_of(user: Any, day: date) -> list[Duty]:
    """The duties of the present appointment, in the order of `duties_of`; in one of the person's own also those of the
    colleagues for whom the person stands in. What the person may do as oneself stands once."""
    found = duties_of(user, day)
    if user.appointment is None or user.appointment.acting_for is not None:
        return found
    known = {(duty.title, duty.url) for duty in found}
    for one in getattr(user, "held", []):
        if one.acting_for is not None:
            found += [acted(duty, one) for duty in duties_of(as_deputy(user, one), day) if (duty.title, duty.url) not in known]
    return sorted(found, key=lambda duty: (duty.due_on is None, duty.due_on or duty.waiting_since or day, duty.rank))


def as_deputy(user: Any, appointment: Appointment) -> Any:
    """The same person, carrying another appointment."""
    twin = copy.copy(user)
    twin.appointment = appointment
    return twin


def acted(duty: Duty, appointment: Appointment) -> Duty:
    """A duty of somebody who is away: its button changes to that appointment first."""
    name = appointment.acting_for.short_name if appointment.acting_for else ""
    fields = {"appointment": str(appointment.pk), "next": duty.url}
    return replace(duty, posts=True, acting_for=name, url=reverse("accounts:switch"), hidden_fields=fields)
