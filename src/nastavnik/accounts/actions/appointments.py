"""Appointments of staff: who works where from which day to which."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nastavnik.accounts.models import Appointment, User
from nastavnik.accounts.rules import is_below, may_give
from nastavnik.accounts.signals import appointments_changed
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.organisations.models import Organisation


@transaction.atomic
def appoint(
    user: User, organisation: Organisation, *, role: str, starts_on: date, ends_on: date | None = None, by: Any
) -> Appointment:
    """Give a role in an organisation from a day on. `by` None is the system (set-up); a person needs the right to give it."""
    if by is not None and not may_give(by, organisation, role):
        raise Refusal(_("На эту должность вы назначать не можете. Попросите вышестоящего руководителя."))
    if not organisation.is_active(starts_on):
        raise Refusal(_("На этот день организация закрыта. Выберите другую организацию или дату."))
    appointment = Appointment(
        region_id=organisation.region_id or 0,
        user=user,
        organisation=organisation,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    require_own_time(appointment)
    appointment.save(force_insert=True)
    trail.record(
        "accounts.appointed", user, by=by, organisation=organisation,
        after={"role": role, "organisation": organisation.name, "starts_on": starts_on, "ends_on": ends_on},
    )  # fmt: skip
    appointments_changed.send(Appointment, appointments=[appointment], by=by)
    return appointment


@transaction.atomic
def change_dates(appointment: Appointment, *, starts_on: date, ends_on: date | None, reason: str, by: Any) -> Appointment:
    """Correct the first or the last day of an appointment."""
    return set_dates(
        appointment, {"starts_on": starts_on, "ends_on": ends_on}, action="accounts.appointment_changed", reason=reason, by=by
    )


@transaction.atomic
def end_appointment(appointment: Appointment, *, on: date, reason: str, by: Any) -> Appointment:
    """The last day of an appointment; history stays."""
    return set_dates(appointment, {"ends_on": on}, action="accounts.appointment_ended", reason=reason, by=by)


def set_dates(
    appointment: Appointment, dates: dict[str, date | None], *, action: str, reason: str, by: Any
) -> Appointment:  # fmt: skip
    """Write new days of an appointment below; nothing is written when nothing differs. Nobody ends the own appointment or
    a peer's, not even one that the person may give."""
    if by is not None and not is_below(by, appointment):
        raise Refusal(_("Сроки этой должности вы изменить не можете. Попросите вышестоящего руководителя."))
    before = {name: getattr(appointment, name) for name in dates if getattr(appointment, name) != dates[name]}
    if not before:
        return appointment
    for name in before:
        setattr(appointment, name, dates[name])
    require_own_time(appointment)
    appointment.save(update_fields=list(before))
    trail.record(
        action, appointment.user, by=by, reason=reason, organisation=appointment.organisation,
        before=before, after={"role": appointment.role, **{name: dates[name] for name in before}},
    )  # fmt: skip
    appointments_changed.send(Appointment, appointments=[appointment], by=by)
    return appointment


def require_own_time(appointment: Appointment) -> None:
    """Refuse days in the wrong order and days on which the person already holds this very appointment. The account's row is
    locked, so that two people who appoint the same colleague at once do not both find it free."""
    starts_on, ends_on = appointment.starts_on, appointment.ends_on
    if ends_on is not None and ends_on < starts_on:
        raise Refusal(_("Последний день раньше первого. Проверьте даты."))
    User.objects.select_for_update().get(pk=appointment.user_id)
    others = Appointment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on),
        user_id=appointment.user_id,
        organisation_id=appointment.organisation_id,
        role=appointment.role,
    ).exclude(pk=appointment.pk)
    if ends_on is not None:
        others = others.filter(starts_on__lte=ends_on)
    if others.exists():
        raise Refusal(_("В эти дни человек уже назначен на эту должность. Измените сроки прежнего назначения."))
