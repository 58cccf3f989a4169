"""Tables as Excel files. Cells are written as what they are, text never as a formula or a link, so that nothing a person
typed can run in somebody's Excel."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32000


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, a width in characters, and how to write the values: text, number or date."""

    heading: str
    width: int = 20
    kind: str = "text"


def write_sheet(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> BytesIO:
    """A workbook of one sheet with a frozen heading row and a filter; rows are streamed, one in memory at a time."""
    target = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(sheet_name(title))
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "number": book.add_format({"valign": "top"}),
            "date": book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "left"}),
        }
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.heading, heading)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                write_cell(sheet, last, place, value, formats[column.kind])
        finish(sheet, title, last, len(columns) - 1)
    target.seek(0)
    return target


def write_cell(sheet: Any, row: int, place: int, value: Any, form: Any) -> None:
    """One value by its type."""
    if value is None or value == "":
        return
    if isinstance(value, (date, datetime)):
        sheet.write_datetime(row, place, value, form)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(row, place, value, form)
    else:
        sheet.write_string(row, place, str(value)[:LONGEST_CELL], form)


def finish(sheet: Any, title: str, last_row: int, last_column: int) -> None:
    """What makes it usable on screen and on paper."""
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last_row, 1), last_column)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&L{title.replace('&', '&&')}&R{timezone.localdate():%d.%m.%Y}")
    sheet.set_footer("&R&P / &N")


def sheet_name(title: str) -> str:
    """Excel allows 31 characters and none of []:*?/\\."""
    return "".join(letter for letter in title if letter not in "[]:*?/\\'")[:31] or "1"


def xlsx_response(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """The workbook as a download named after its title and the day."""
    name = f"{title} {timezone.localdate():%d.%m.%Y}.xlsx"
    return FileResponse(write_sheet(title, columns, rows), as_attachment=True, filename=name, content_type=MEDIA_TYPE)
