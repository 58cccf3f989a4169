"""Tables of people as rows of text."""

from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from fileguard import FileRefused
from fileguard.tables import read_table, read_table_limited

ROWS = [["Школа", "Учеников"], ["МБОУ «Луговская СОШ»", "120"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_texts(tmp_path: Path, encoding: str, delimiter: str) -> None:
    file = tmp_path / "schools.csv"
    file.write_bytes("\r\n".join(delimiter.join(row) for row in ROWS).encode(encoding))
    assert read_table(str(file)) == [{"name": "", "rows": ROWS}]


def test_values_of_a_workbook(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        day, moment = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        first, _ = book.add_worksheet("Школы"), book.add_worksheet("Пустой")
        first.write_string(0, 0, "Школа")
        first.write_number(0, 1, 120)
        first.write_number(0, 2, 1.5)
        first.write_boolean(0, 3, True)
        first.write_datetime(0, 4, date(2026, 9, 1), day)
        first.write_datetime(0, 5, datetime(2026, 9, 1, 0, 0), moment)
    expected = [
        {"name": "Школы", "rows": [["Школа", "120", "1.5", "да", "01.09.2026", "01.09.2026"]]},
        {"name": "Пустой", "rows": []},
    ]
    assert read_table(str(file)) == expected
    assert read_table_limited(file) == expected


def test_a_quote_that_is_never_closed_is_a_letter(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('"Школа;1\nГимназия;2\n', encoding="utf-8")
    assert read_table(str(file)) == [{"name": "", "rows": [['"Школа', "1"], ["Гимназия", "2"]]}]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.4\n", "Это документ, а не таблица. Загрузите файл Excel (.xlsx) или CSV."),
        (
            "Просто текст".encode(),
            "В файле нет таблицы. Загрузите файл Excel или текст, где значения разделены табуляцией или точкой с запятой.",
        ),
        (
            b"a;" + b"b" * 200_000,
            "Текст устроен необычно: одно значение слишком длинное. Сохраните таблицу в Excel (.xlsx).",
        ),
    ],
)
def test_no_tables(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        read_table(str(file))
    assert str(refused.value) == sentence
