"""Copies of a model as a table."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nastavnik.documents.sheets import Column, xlsx_response
from nastavnik.roadmap.queries.copies import CopyRow


def export_copies(rows: Iterable[CopyRow]) -> HttpResponse:
    """One line per organisation, in the order of the screen."""
    columns = [
        Column(_("Организация"), 30), Column(_("Этап"), 22), Column(_("Как в типовой"), 14, "number"),
        Column(_("Изменено"), 12, "number"), Column(_("Не взято"), 12, "number"), Column(_("Добавлено"), 12, "number"),
        Column(_("Убрано из типовой"), 18, "number"), Column(_("Ждут решения"), 14, "number"),
    ]  # fmt: skip
    return xlsx_response(_("Что изменили школы"), columns, map(cells_of, rows))


def cells_of(row: CopyRow) -> tuple[object, ...]:
    """The cells of one organisation; only its name where it has no copy."""
    if row.copy is None or row.counts is None:
        return (row.organisation.name, _("Не получена"), None, None, None, None, None, None)
    counts = row.counts
    return (
        row.organisation.name, row.copy.get_stage_display(), counts.same, counts.changed, counts.left_out, counts.added,
        counts.given_up, counts.open,
    )  # fmt: skip
