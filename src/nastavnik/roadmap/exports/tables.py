"""Assignments and the board as tables."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nastavnik.documents.sheets import Column, xlsx_response
from nastavnik.roadmap.columns import ListColumn
from nastavnik.roadmap.enums import ShownState
from nastavnik.roadmap.models import Assignment
from nastavnik.roadmap.queries.board import Board, Cell


def export_assignments(rows: Iterable[Assignment], columns: Sequence[ListColumn]) -> HttpResponse:
    """One line per assignment, in the order of the screen, with the chosen columns."""
    headings = [Column(str(column.heading), column.width, column.kind) for column in columns]
    lines = ([column.value(one) for column in columns] for one in rows)
    return xlsx_response(_("Задания дорожной карты"), headings, lines)


def export_board(board: Board) -> HttpResponse:
    """Organisations down, measures across: the words of each cell, «k/n» where there are several dates."""
    columns = [Column(_("Организация"), 28)]
    columns += [Column(f"{one.measure.number} {one.measure.text}".strip()[:120], 16) for one in board.columns]
    columns += [Column(_("Сделано"), 10, "number"), Column(_("Всего"), 10, "number"), Column(_("Просрочено"), 12, "number")]
    lines = (
        (row.organisation.name, *map(cell_words, row.cells), row.tally.done, row.tally.required, row.tally.late)
        for row in board.rows
    )
    return xlsx_response(_("Кто что сделал"), columns, lines)


def cell_words(cell: Cell | None) -> str:
    """«Просрочено, 1/2»; nothing where the organisation has nothing to do."""
    if cell is None:
        return ""
    return f"{ShownState(cell.state).label}{f', {cell.done}/{cell.total}' if cell.total > 1 else ''}"
