"""Assignments and the board as tables."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nastavnik.documents.sheets import Column, xlsx_response
from nastavnik.roadmap.columns import ListColumn
from nastavnik.roadmap.enums import ShownState
from nastavnik.roadmap.models import Assignment
from nastavnik.roadmap.queries.board import Board, Cell
from nastavnik.roadmap.queries.school_plans import SchoolPlan
from nastavnik.roadmap.words import STAGE_WORDS


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
    by_fact = _(", по факту") if cell.by_fact else ""
    return f"{ShownState(cell.state).label}{by_fact}{f', {cell.done}/{cell.total}' if cell.total > 1 else ''}"


def export_school_plans(lines: Iterable[SchoolPlan], *, place: str) -> HttpResponse:
    """One line per school: its roadmap, how far the paper is, who is late."""
    columns = [
        Column(_("Школа"), 30), Column(_("Дорожная карта"), 50), Column(_("Состояние"), 26), Column(_("Срок шага"), 12, "date"),
        Column(_("Опаздывает"), 12), Column(_("Утверждена"), 12, "date"), Column(_("Номер приказа"), 16),
        Column(_("Замечания"), 50),
    ]  # fmt: skip
    rows = (
        (
            one.school.name, one.roadmap.title if one.roadmap else "", str(STAGE_WORDS[one.stage]), one.due_on,
            _("да") if one.overdue else "", one.roadmap.approved_on if one.roadmap else None,
            one.roadmap.approved_number if one.roadmap else "", one.comment,
        )
        for one in lines
    )  # fmt: skip
    return xlsx_response(_("Дорожные карты школ"), columns, rows, place=place)
