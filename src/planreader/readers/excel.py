"""Workbooks: each sheet is a table, merged cells in both directions."""

from pathlib import Path
from typing import Any

from fileguard import FileRefused
from fileguard.tables import cell_text
from planreader.paper import Cell, Paper, Row, Table


def read_excel(path: Path) -> Paper:
    """Sheets in order; what stands before the table on a sheet stays in its rows."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 -- loaded only for its own format

    try:
        book = CalamineWorkbook.from_path(str(path))
        return Paper([table_of(book.get_sheet_by_name(name)) for name in book.sheet_names])
    except (CalamineError, ValueError, OSError) as error:
        raise FileRefused("Таблица не открывается. Откройте её в Excel, сохраните заново и загрузите.") from error


def table_of(sheet: Any) -> Table:
    """One sheet."""
    values = sheet.to_python(skip_empty_area=False)
    rows: list[Row] = [[Cell(text_of(value)) for value in row] for row in values]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        text, width = rows[top][left].text, right - left + 1
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            rows[row][left] = Cell(text, width, continued=row > top)
    return Table(rows)


def text_of(value: Any) -> str:
    """A value as a person reads it; numbers like 1.10 that Excel took for fractions stay short."""
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.6g}"
    return cell_text(value)
