"""Staff as a table."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nastavnik.accounts.models import Appointment
from nastavnik.documents.sheets import Column, xlsx_response


def export_staff(rows: Iterable[Appointment]) -> HttpResponse:
    """One line per appointment."""
    columns = [
        Column(_("Фамилия, имя, отчество"), 36), Column(_("Организация"), 30), Column(_("Должность"), 30), Column(_("Почта"), 28),
        Column(_("Телефон"), 18), Column(_("С какого дня"), 13, "date"), Column(_("По какой день"), 13, "date"),
    ]  # fmt: skip
    lines = (
        (
            one.user.full_name,
            one.organisation.name,
            one.get_role_display(),
            one.user.email,
            one.user.phone,
            one.starts_on,
            one.ends_on,
        )
        for one in rows
    )
    return xlsx_response(_("Сотрудники"), columns, lines)
