"""Accounts and appointments of staff."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.models import Appointment, User
from nastavnik.accounts.rules import may_give, may_help
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.organisations.models import Organisation


@transaction.atomic
def open_account(
    organisation: Organisation, *, username: str, surname: str, given_name: str, patronymic: str = "", email: str = "",
    phone: str = "", by: Any,
) -> User:  # fmt: skip
    """A new account without a usable password: the first one is set by a one-time code."""
    user = User(
        region_id=organisation.region_id or 0, username=username, email=email, surname=surname, given_name=given_name,
        patronymic=patronymic, phone=phone, must_change_password=True,
    )  # fmt: skip
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(_("Такое имя для входа или такая почта уже есть. Возьмите другое имя или найдите этого человека.")) from error
    trail.record("accounts.opened", user, by=by, after={"username": user.username}, organisation=organisation)
    return user


@transaction.atomic
def appoint(
    user: User, organisation: Organisation, *, role: str, starts_on: date, ends_on: date | None = None, by: Any
) -> Appointment:
    """Give a role in an organisation from a day on. `by` None is the system (set-up); a person needs the right to give it."""
    if by is not None and not may_give(by, organisation, role):
        raise Refusal(_("На эту должность вы назначать не можете. Попросите вышестоящего руководителя."))
    if ends_on is not None and ends_on < starts_on:
        raise Refusal(_("Последний день раньше первого. Проверьте даты."))
    if not organisation.is_active(starts_on):
        raise Refusal(_("На этот день организация закрыта. Выберите другую организацию или дату."))
    overlapping = user.appointments.filter(organisation=organisation, role=role).in_force(starts_on)
    if overlapping.exists():
        raise Refusal(_("Этот человек уже назначен на эту должность."))
    appointment = Appointment.objects.create(
        region_id=organisation.region_id or 0,
        user=user,
        organisation=organisation,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    trail.record(
        "accounts.appointed", user, by=by, organisation=organisation,
        after={"role": role, "organisation": organisation.name, "starts_on": starts_on, "ends_on": ends_on},
    )  # fmt: skip
    return appointment


@transaction.atomic
def end_appointment(appointment: Appointment, *, on: date, reason: str, by: Any) -> Appointment:
    """The last day of an appointment; history stays."""
    if by is not None and not may_give(by, appointment.organisation, appointment.role):
        raise Refusal(_("Эту должность вы завершить не можете. Попросите вышестоящего руководителя."))
    if on < appointment.starts_on:
        raise Refusal(_("Последний день раньше первого. Проверьте дату."))
    before = {"ends_on": appointment.ends_on}
    appointment.ends_on = on
    appointment.save(update_fields=["ends_on"])
    trail.record(
        "accounts.appointment_ended", appointment.user, by=by, reason=reason, organisation=appointment.organisation,
        before=before, after={"ends_on": on, "role": appointment.role},
    )  # fmt: skip
    return appointment


@transaction.atomic
def change_account(user: User, *, by: User, **fields: str) -> User:
    """Change names and contacts: one's own, or of somebody below."""
    if by.pk != user.pk and not may_help(by, user):
        raise Refusal(_("Данные этого человека может менять только его руководитель."))
    before = {name: getattr(user, name) for name in fields if getattr(user, name) != fields[name]}
    if not before:
        return user
    for name in before:
        setattr(user, name, fields[name])
    try:
        with transaction.atomic():
            user.save(update_fields=list(before))
    except IntegrityError as error:
        raise Refusal(_("Такое имя для входа или такая почта уже есть у другого человека.")) from error
    trail.record("accounts.changed", user, by=by, before=before, after={name: fields[name] for name in before})
    return user


@transaction.atomic
def block_account(user: User, *, reason: str, by: User) -> None:
    """No more log-ins, all sessions end; appointments end today."""
    if not may_help(by, user):
        raise Refusal(_("Закрыть вход может только руководитель этого человека."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    yesterday = timezone.localdate() - timedelta(days=1)
    user.appointments.in_force(timezone.localdate()).filter(starts_on__lte=yesterday).update(ends_on=yesterday)
    trail.record("accounts.blocked", user, by=by, reason=reason)


@transaction.atomic
def unblock_account(user: User, *, by: User) -> None:
    """Log-in is possible again; appointments are given anew."""
    if not may_help(by, user):
        raise Refusal(_("Открыть вход может только руководитель этого человека."))
    user.is_active = True
    user.save(update_fields=["is_active"])
    trail.record("accounts.unblocked", user, by=by)
