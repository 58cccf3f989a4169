"""What accounts asks of a person on «Сегодня»."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from nastavnik.accounts.models import FactorDemand
from nastavnik.core.duties import Duty, register_duties


@register_duties
def factor_to_come(user: Any, today: date) -> Iterator[Duty]:
    """A second factor that will be demanded from a day on: better set up in peace than at the door."""
    if user.has_factor is not False or user.supported_by:
        return
    place = user.appointment.organisation
    above = Q(organisation_id=place.municipality_id) | Q(organisation_id=place.region_id)
    demand = FactorDemand.objects.filter(above, role=user.appointment.role, since__gt=today).order_by("since").first()
    if demand is not None:
        yield Duty(
            title=_("Включите второй фактор"),
            reason=_("С этого дня без него вход не откроется. Нужен телефон, две минуты."),
            action=_("Включить"),
            url=reverse("accounts:factor"),
            icon="shield-check",
            due_on=demand.since - timedelta(days=1),
        )
