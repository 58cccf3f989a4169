"""Name somebody who stands in for a colleague for a time, and take that back."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.models import Appointment, Deputyship, User
from nastavnik.accounts.queries import colleagues_of
from nastavnik.accounts.rules import may_name_deputy
from nastavnik.accounts.signals import deputy_changed
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal


@transaction.atomic
def name_deputy(
    appointment: Appointment, *, deputy: User, starts_on: date, ends_on: date, reason: str, keeps_notices: bool = False, by: Any
) -> Deputyship:  # fmt: skip
    """Somebody of the same organisation stands in for this appointment. `by` None is the system."""
    if by is not None and not may_name_deputy(by, appointment):
        raise Refusal(_("Замещение назначает сам сотрудник или его руководитель."))
    refuse_wrong_days(appointment, starts_on, ends_on)
    refuse_stranger(appointment, deputy)
    # Both accounts are locked, in one order, so that no second deputyship slips in between the look and the write.
    list(User.objects.select_for_update().filter(pk__in=[appointment.user_id, deputy.pk]).order_by("pk"))
    refuse_chain(appointment, deputy, starts_on, ends_on)
    deputyship = Deputyship.objects.create(
        region_id=appointment.region_id, appointment=appointment, deputy=deputy, starts_on=starts_on, ends_on=ends_on,
        reason=reason, keeps_notices=keeps_notices,
    )  # fmt: skip
    trail.record(
        "accounts.deputy_named", appointment.user, by=by, organisation=appointment.organisation,
        after={"deputy": deputy.short_name, "role": appointment.role, "starts_on": starts_on, "ends_on": ends_on, "reason": reason},
    )  # fmt: skip
    deputy_changed.send(Deputyship, deputyship=deputyship, by=by, ended=False)
    return deputyship


@transaction.atomic
def end_deputyship(deputyship: Deputyship, *, by: Any) -> None:
    """The person is back earlier, or it never began. A second click is told so."""
    appointment = deputyship.appointment
    if by is not None and not may_name_deputy(by, appointment):
        raise Refusal(_("Замещение завершает сам сотрудник или его руководитель."))
    if not Deputyship.objects.filter(pk=deputyship.pk, ended_at=None).update(ended_at=timezone.now()):
        raise Refusal(_("Это замещение уже завершено."))
    trail.record(
        "accounts.deputy_ended", appointment.user, by=by, organisation=appointment.organisation,
        after={"deputy": deputyship.deputy.short_name, "role": appointment.role},
    )  # fmt: skip
    deputy_changed.send(Deputyship, deputyship=deputyship, by=by, ended=True)


def refuse_wrong_days(appointment: Appointment, starts_on: date, ends_on: date) -> None:
    """Days in order, not over yet, and within the appointment."""
    if ends_on < starts_on:
        raise Refusal(_("Последний день раньше первого. Проверьте даты."))
    if ends_on < timezone.localdate():
        raise Refusal(_("Эти дни уже прошли. Укажите срок, который ещё не закончился."))
    if starts_on < appointment.starts_on or (appointment.ends_on is not None and ends_on > appointment.ends_on):
        raise Refusal(_("Срок замещения выходит за срок назначения. Проверьте даты."))


def refuse_stranger(appointment: Appointment, deputy: User) -> None:
    """Only a colleague of the same organisation who may log in."""
    if deputy.pk == appointment.user_id:
        raise Refusal(_("Нельзя замещать самого себя. Выберите другого сотрудника."))
    if not colleagues_of(appointment, timezone.localdate()).filter(pk=deputy.pk).exists():
        raise Refusal(_("Замещать может только сотрудник той же организации, которому открыт вход."))


def refuse_chain(appointment: Appointment, deputy: User, starts_on: date, ends_on: date) -> None:
    """One deputy at a time, and nobody who is away or stands in for somebody passes it on."""
    others = Deputyship.objects.filter(ended_at=None, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if others.filter(appointment=appointment).exists():
        raise Refusal(_("На эти дни замещение уже назначено. Завершите прежнее или выберите другие дни."))
    if others.filter(appointment__user=deputy).exists():
        raise Refusal(_("Этот сотрудник в эти дни сам отсутствует. Выберите другого."))
    if others.filter(deputy=appointment.user_id).exists():
        raise Refusal(_("В эти дни сотрудник сам замещает другого. Сначала передайте то замещение."))
