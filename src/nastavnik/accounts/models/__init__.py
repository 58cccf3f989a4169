"""Accounts of staff, their appointments, who stands in for whom, and what lets a person in: sessions, second factors,
invitations, support."""

from nastavnik.accounts.models.deputies import Deputyship
from nastavnik.accounts.models.factors import FactorDemand, RecoveryCode, SecondFactor
from nastavnik.accounts.models.invitations import Invitation
from nastavnik.accounts.models.people import Appointment, AppointmentQuerySet, AttemptCount, OneTimeCode, User, UserManager
from nastavnik.accounts.models.sessions import SupportVisit, UserSession

__all__ = [
    "Appointment", "AppointmentQuerySet", "AttemptCount", "Deputyship", "FactorDemand", "Invitation", "OneTimeCode",
    "RecoveryCode", "SecondFactor", "SupportVisit", "User", "UserManager", "UserSession",
]  # fmt: skip
