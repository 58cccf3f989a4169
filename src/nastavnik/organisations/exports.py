"""Organisations as tables."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _

from nastavnik.documents.sheets import Column, Sheet, book_response, xlsx_response
from nastavnik.organisations.models import Organisation
from nastavnik.organisations.rules import CARD_COLUMNS

WIDEST = 40


def export_organisations(rows: Iterable[Organisation], *, place: str) -> FileResponse:
    """In the layout that the import reads back; `place` is whose list it is."""
    columns = [Column(str(heading), width, "date" if name == "closed_on" else "text") for name, heading, width in CARD_COLUMNS]
    lines = ([cell(one, name) for name, _heading, _width in CARD_COLUMNS] for one in rows)
    return xlsx_response(_("Организации"), columns, lines, place=place)


def cell(organisation: Organisation, name: str) -> Any:
    """One value of the card."""
    return organisation.get_kind_display() if name == "kind" else getattr(organisation, name)


def export_wrong_rows(headings: Sequence[tuple[str, Sequence[str]]], rows: Sequence[Any]) -> FileResponse:
    """The refused lines sheet by sheet, in the layout of the file they came from, with what to mend in the last column."""
    sheets = [
        wrong_sheet(name or _("Что исправить"), heading, [row for row in rows if row.sheet == name])
        for name, heading in headings
        if any(row.sheet == name for row in rows)
    ]
    return book_response(_("Что исправить"), sheets or [wrong_sheet(_("Что исправить"), [], [])])


def wrong_sheet(title: str, heading: Sequence[str], rows: Sequence[Any]) -> Sheet:
    """The refused lines of one sheet."""
    width = max([len(heading), *(len(row.cells) for row in rows)], default=0)
    columns = [Column(text, min(max(12, len(text)), WIDEST)) for text in [*heading, *[""] * (width - len(heading))]]
    lines = [[*row.cells, *[""] * (width - len(row.cells)), " ".join(row.errors)] for row in rows]
    return Sheet(title, [*columns, Column(_("Что исправить"), 60)], lines)
