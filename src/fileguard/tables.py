"""Tables of people as plain rows: Excel, OpenDocument, text with separators."""

import csv
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from fileguard.checking import FileKind, check_file
from fileguard.encodings import decoded
from fileguard.limits import run_limited
from fileguard.refusal import FileRefused

Sheets = list[dict[str, Any]]


def read_table_limited(path: str | Path) -> Sheets:
    """`[{"name": sheet, "rows": [[text, …], …]}, …]` through the child process; every value as text, dates as ДД.ММ.ГГГГ."""
    return run_limited("fileguard.tables:read_table", str(Path(path).resolve()), memory_mb=400)


def read_table(path: str) -> Sheets:
    """The same in this process; FileRefused for what is no table."""
    file = Path(path)
    kind = check_file(file)
    if kind is FileKind.TEXT:
        return [{"name": "", "rows": separated_rows(decoded(file.read_bytes()))}]
    if kind in (FileKind.WORD, FileKind.PDF):
        raise FileRefused("Это документ, а не таблица. Загрузите файл Excel (.xlsx) или CSV.")
    return [{"name": name, "rows": rows} for name, rows in excel_rows(path)]


def excel_rows(path: str) -> list[tuple[str, list[list[str]]]]:
    """Sheets of a workbook, values as text."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 -- loaded only in the child

    try:
        book = CalamineWorkbook.from_path(path)
        return [
            (name, [[cell_text(value) for value in row] for row in book.get_sheet_by_name(name).to_python()])
            for name in book.sheet_names
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise FileRefused("Таблица не открывается. Откройте её в Excel, сохраните заново и загрузите.") from error


def cell_text(value: Any) -> str:
    """A cell as a person reads it."""
    if isinstance(value, datetime):
        value = value.date() if value.time() == time() else value
    if isinstance(value, (date, datetime)):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (time, timedelta)):
        return str(value)[:5]
    return str(value)


def separated_rows(text: str) -> list[list[str]]:
    """Rows of a text with tabs, semicolons or commas between the values."""
    sample = text[:20000]
    delimiter = max("\t;,", key=lambda mark: min(sample.count(mark), 10**6) * (mark != "," or ";" not in sample))
    rows = rows_between(text, delimiter)
    if not any(len(row) > 1 for row in rows):
        raise FileRefused(
            "В файле нет таблицы. Загрузите файл Excel или текст, где значения разделены табуляцией или точкой с запятой."
        )
    return rows


def rows_between(text: str, delimiter: str) -> list[list[str]]:
    """Values between delimiters. A quote that is never closed would swallow the rest: then quotes are plain letters."""
    closed = text.count('"') % 2 == 0
    try:
        return list(csv.reader(StringIO(text), delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if closed else csv.QUOTE_NONE))
    except csv.Error as error:
        raise FileRefused("Текст устроен необычно: одно значение слишком длинное. Сохраните таблицу в Excel (.xlsx).") from error
