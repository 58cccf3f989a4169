"""Accounts of staff, their appointments, and who stands in for whom."""

from nastavnik.accounts.models.deputies import Deputyship
from nastavnik.accounts.models.people import Appointment, AppointmentQuerySet, AttemptCount, OneTimeCode, User, UserManager

__all__ = ["Appointment", "AppointmentQuerySet", "AttemptCount", "Deputyship", "OneTimeCode", "User", "UserManager"]
