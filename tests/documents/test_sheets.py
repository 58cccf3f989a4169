"""Workbooks, read back as a stranger's program would read them."""

import re
import string
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from nastavnik.documents.sheets import Column, Sheet, sheet_name, write_book, write_sheet, xlsx_response

DANGEROUS = ["=1+1", '=HYPERLINK("http://x")', "+7 900 000-00-00", "-5", "@SUM(A1)", "https://school.example", "mailto:a@b.example"]
PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


def read_back(target: Any, sheet: int = 0) -> list[list[Any]]:
    """Values of a sheet."""
    return CalamineWorkbook.from_filelike(BytesIO(target.read())).get_sheet_by_index(sheet).to_python()


def part(target: Any, name: str) -> str:
    """One file inside the workbook."""
    return ZipFile(target).read(name).decode()


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_never_becomes_a_formula_or_a_link(text: str) -> None:
    target = write_sheet("Школы", [Column("Название")], [[text]])
    xml = part(target, "xl/worksheets/sheet1.xml")
    target.seek(0)
    assert (re.findall(r"<f>|<hyperlink", xml), read_back(target)) == ([], [["Название"], [text]])


@given(st.lists(st.tuples(PRINTABLE, st.integers(-(10**9), 10**9), st.dates(date(1900, 3, 1), date(2999, 12, 31))), max_size=6))
def test_what_is_written_is_read(rows: list[tuple[str, int, date]]) -> None:
    target = write_sheet("Т", [Column("Слово"), Column("Число", kind="number"), Column("День", kind="date")], rows)
    assert read_back(target) == [["Слово", "Число", "День"], *[[text, number, day] for text, number, day in rows]]


def test_control_characters_do_not_break_the_file() -> None:
    target = write_sheet("Т", [Column("Слово")], [["до\x00\x0bпосле"]])
    assert read_back(target) == [["Слово"], ["до\x00\x0bпосле"]]


def test_an_old_date_and_a_time_with_a_zone() -> None:
    rows = [[date(1865, 9, 1), None], [datetime.fromisoformat("2026-11-25T12:00:00+03:00"), ""]]
    target = write_sheet("Т", [Column("День", kind="date"), Column("Пусто")], rows)
    assert [row[0] for row in read_back(target)] == ["День", "01.09.1865", datetime(2026, 11, 25, 12)]


def test_a_very_long_text_is_cut_to_what_excel_can_open() -> None:
    target = write_sheet("Т", [Column("Слово")], [["я" * 40000]])
    assert len(read_back(target)[1][0]) == 32000


def test_it_is_ready_for_screen_and_paper() -> None:
    target = write_sheet("Школы & партнёры", [Column("Название", 28), Column("ИНН", 14)], [["а", "б"]], place="Приозёрный округ")
    xml = part(target, "xl/worksheets/sheet1.xml")
    wanted = {
        "frozen": 'pane ySplit="1"' in xml,
        "filter": '<autoFilter ref="A1:B2"/>' in xml,
        "width": 'min="1" max="1" width="28.7109375"' in xml,
        "paper": re.search('paperSize="9" [^>]*orientation="landscape"', xml) is not None,
        "header": "&amp;LПриозёрный округ · Школы &amp;&amp; партнёры&amp;R25.11.2026" in xml,
    }
    assert wanted == dict.fromkeys(wanted, True)


def test_an_empty_table_still_has_its_headings() -> None:
    assert read_back(write_sheet("Т", [Column("Название"), Column("ИНН")], [])) == [["Название", "ИНН"]]


def test_a_row_of_another_length_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="zip"):
        write_sheet("Т", [Column("Название")], [["а", "б"]])


def test_several_sheets() -> None:
    target = write_book([Sheet("Город", [Column("А")], [["1"]]), Sheet("Село", [Column("Б")], [["2"]])])
    book = CalamineWorkbook.from_filelike(BytesIO(target.read()))
    assert {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names} == {
        "Город": [["А"], ["1"]], "Село": [["Б"], ["2"]],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "name"),
    [("Школы: 2026/27 [все]", "Школы 202627 все"), ("", "1"), ("History", "1"), ("я" * 40, "я" * 31), ("'Школы'", "Школы")],
)
def test_names_of_sheets(title: str, name: str) -> None:
    assert sheet_name(title) == name


@example("&G")
@example("&[Picture]")
@given(st.text(string.printable + "абвё№«»", max_size=60))
def test_any_title_gives_a_workbook(title: str) -> None:
    assert read_back(write_sheet(title, [Column("А")], [])) == [["А"]]


def test_the_download_is_named_in_russian_and_cannot_leave_its_folder() -> None:
    response = xlsx_response("Школы 2026/27", [Column("А")], [])
    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "attachment; filename*=utf-8''%D0%A8%D0%BA%D0%BE%D0%BB%D1%8B%202026%2027%2025.11.2026.xlsx",
    )
