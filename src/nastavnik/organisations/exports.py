"""Organisations as tables."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nastavnik.documents.sheets import Column, xlsx_response
from nastavnik.organisations.models import Organisation

FIELDS = ("name", "full_name", "address", "head_name", "phone", "email", "website", "tax_number")


def export_organisations(rows: Iterable[Organisation]) -> HttpResponse:
    """In the layout that the import reads."""
    columns = [
        Column(_("Краткое название"), 28), Column(_("Полное наименование"), 48), Column(_("Адрес"), 40), Column(_("Руководитель"), 32),
        Column(_("Телефон"), 18), Column(_("Почта"), 26), Column(_("Сайт"), 26), Column(_("ИНН"), 14), Column(_("Закрыта"), 12, "date"),
    ]  # fmt: skip
    return xlsx_response(_("Организации"), columns, ([*(getattr(one, name) for name in FIELDS), one.closed_on] for one in rows))


def export_wrong_rows(headings: Sequence[str], rows: Sequence[dict[str, Any]]) -> HttpResponse:
    """The refused rows in the layout of the file they came from, with what to mend."""
    width = max([len(headings), *(len(row["cells"]) for row in rows)], default=0)
    columns = [Column(heading or " ", 24) for heading in [*headings, *[""] * (width - len(headings))]]
    lines = ([*row["cells"], *[""] * (width - len(row["cells"])), " ".join(row["errors"])] for row in rows)
    return xlsx_response(_("Что исправить"), [*columns, Column(_("Что исправить"), 60)], lines)
