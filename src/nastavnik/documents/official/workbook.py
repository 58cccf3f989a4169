"""The paper as a workbook: the stamps and the title above the table, its header repeated in print."""

from io import BytesIO
from typing import Any

import xlsxwriter

from nastavnik.documents.official.paper import Heading, OfficialPaper
from nastavnik.documents.official.word import printable, stamp_lines
from nastavnik.documents.sheets import LONGEST_CELL, sheet_name

CHARACTERS = 150  # the width of the table on a sheet of A4


def write_workbook(paper: OfficialPaper) -> BytesIO:
    """The workbook, at its beginning. Texts are never formulas or links."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(sheet_name(paper.running or paper.title))
        top = write_intro(book, sheet, paper)
        last = write_rows(book, sheet, paper, top)
        for place, line in enumerate(paper.closing, start=last + 2):
            sheet.write_string(place, 0, printable(line))
        finish(sheet, paper, top)
    target.seek(0)
    return target


def write_intro(book: Any, sheet: Any, paper: OfficialPaper) -> int:
    """Stamps and title; returns the row of the table's header."""
    left, right = stamp_lines(paper.left), stamp_lines(paper.right)
    middle = max(1, len(paper.columns) // 2)
    for place, line in enumerate(left):
        sheet.write_string(place, 0, printable(line))
    # The right stamp stands below the left one where they would share a row: read row by row each must stay whole.
    for place, line in enumerate(right, start=len(left)):
        sheet.write_string(place, middle, printable(line))
    row = len(left) + len(right) + bool(left or right)
    title = book.add_format({"bold": True, "align": "center", "text_wrap": True, "valign": "top"})
    note = book.add_format({"align": "center", "text_wrap": True})
    lines = [(line, title) for line in paper.title.split("\n")] + [(line, note) for line in paper.notes]
    for place, (line, form) in enumerate(lines, start=row):
        sheet.merge_range(place, 0, place, len(paper.columns) - 1, printable(line), form)
        sheet.set_row(place, 15 * (1 + len(line) // CHARACTERS))
    return row + len(lines) + 1


def write_rows(book: Any, sheet: Any, paper: OfficialPaper, top: int) -> int:
    """Header and rows; returns the last row."""
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "num_format": "@"})
    last_column, row = len(paper.columns) - 1, top
    for place, column in enumerate(paper.columns):
        sheet.write_string(top, place, column.heading, bold)
    for row, line in enumerate(paper.rows, start=top + 1):
        if isinstance(line, Heading):
            sheet.merge_range(row, 0, row, last_column, "", bold)
            sheet.write_string(row, 0, printable(line.text)[:LONGEST_CELL], bold)
            continue
        for place, text in enumerate(line.cells):
            words = "\n".join(printable(part) for part in text.split("\n"))[:LONGEST_CELL]
            sheet.write_string(row, place, words, bold if line.strong else plain)
    return row


def finish(sheet: Any, paper: OfficialPaper, top: int) -> None:
    """Widths, and how it is printed."""
    shares = sum(column.share for column in paper.columns)
    for place, column in enumerate(paper.columns):
        sheet.set_column(place, place, max(5, CHARACTERS * column.share / shares))
    if not paper.upright:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.set_footer("&R&P / &N")
