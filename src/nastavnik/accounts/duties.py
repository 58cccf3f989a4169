"""What accounts asks of a person on «Сегодня»."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from nastavnik.core.duties import Duty, register_duties


@register_duties
def factor_to_come(user: Any, today: date) -> Iterator[Duty]:
    """A second factor that will be demanded from a day on: better set up in peace than at the door.
    No query: the appointments in force know it."""
    if user.has_factor is not False or user.supported_by:  # None: not the user of a request
        return
    days = [one.factor_since for one in user.held if one.factor_since and one.factor_since > today]
    if days:
        yield Duty(
            title=_("Включите второй фактор"),
            reason=_("С этого дня без него вход не откроется. Нужен телефон, две минуты."),
            action=_("Включить"),
            url=reverse("accounts:factor"),
            icon="shield-check",
            due_on=min(days) - timedelta(days=1),
        )
