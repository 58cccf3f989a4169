"""Tables as Excel files. Cells are written as what they are, text never as a formula or a link, so that nothing a person
typed can run in somebody's Excel. Rows are streamed: a table of any length costs the memory of one row."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32000  # Excel's limit is 32 767 characters
LONGEST_HEADER = 120  # Excel drops a page header of more than 255 with the marks in it
FIRST_YEAR = 1900  # Excel knows no earlier dates; schools do
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
PICTURE_MARK = re.compile(r"&(?=G|\[)")  # even doubled, XlsxWriter takes it for a picture
NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, a width in characters, and how to write the values: text, number or date."""

    heading: str
    width: int = 20
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its title, its columns and its rows, as long as the columns."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def write_sheet(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, place: str = "") -> BytesIO:
    """A workbook of one sheet; see `write_book`."""
    return write_book([Sheet(title, columns, rows)], place=place)


def write_book(sheets: Sequence[Sheet], *, place: str = "") -> BytesIO:
    """A workbook with a frozen heading row and a filter on every sheet, ready to print: the organisation (`place`), the
    title and the day stand at the head of each page. Sheets must have different titles."""
    target = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(target, options) as book:
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "number": book.add_format({"valign": "top"}),
            "date": book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "left"}),
        }
        for sheet in sheets:
            fill(book.add_worksheet(sheet_name(sheet.title)), sheet, heading, formats, place)
    target.seek(0)
    return target


def fill(paper: Any, sheet: Sheet, heading: Any, formats: dict[str, Any], place: str) -> None:
    """Headings, then the rows one by one."""
    for at, column in enumerate(sheet.columns):
        paper.set_column(at, at, column.width)
        paper.write_string(0, at, column.heading, heading)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            write_cell(paper, last, at, value, formats[column.kind])
    finish(paper, " · ".join(part for part in (place, sheet.title) if part), last, len(sheet.columns) - 1)


def write_cell(paper: Any, row: int, at: int, value: Any, form: Any) -> None:
    """One value by its type."""
    if value is None or value == "":
        return
    if isinstance(value, (date, datetime)) and value.year >= FIRST_YEAR:
        paper.write_datetime(row, at, value, form)
    elif isinstance(value, (date, datetime)):
        paper.write_string(row, at, f"{value.day:02}.{value.month:02}.{value.year}", form)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        paper.write_number(row, at, value, form)
    else:
        paper.write_string(row, at, str(value)[:LONGEST_CELL], form)


def finish(paper: Any, header: str, last_row: int, last_column: int) -> None:
    """What makes it usable on screen and on paper."""
    paper.freeze_panes(1, 0)
    paper.autofilter(0, 0, max(last_row, 1), last_column)
    paper.set_landscape()
    paper.set_paper(9)
    paper.fit_to_pages(1, 0)
    paper.repeat_rows(0)
    words = PICTURE_MARK.sub("& ", header[:LONGEST_HEADER]).replace("&", "&&")
    paper.set_header(f"&L{words}&R{timezone.localdate():%d.%m.%Y}")
    paper.set_footer("&R&P / &N")


def sheet_name(title: str) -> str:
    """Excel allows 31 characters and none of []:*?/\\', and keeps «History» to itself."""
    name = NOT_IN_SHEET_NAMES.sub("", title)[:31].strip()
    return "1" if name.casefold() in {"", "history"} else name


def xlsx_response(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, place: str = "") -> FileResponse:
    """The table as a download named after its title and the day; `place` is the organisation in the page header."""
    return book_response(title, [Sheet(title, columns, rows)], place=place)


def book_response(title: str, sheets: Sequence[Sheet], *, place: str = "") -> FileResponse:
    """Several sheets as one download."""
    name = NOT_IN_FILE_NAMES.sub(" ", f"{title} {timezone.localdate():%d.%m.%Y}.xlsx")
    return FileResponse(write_book(sheets, place=place), as_attachment=True, filename=name, content_type=MEDIA_TYPE)
