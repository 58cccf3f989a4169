"""Text files: tables with tabs or semicolons, and plans flattened from a PDF."""

import csv
from io import StringIO
from pathlib import Path

from fileguard import FileRefused
from fileguard.encodings import decoded
from planreader.paper import Paper, Table, plain_row

LARGEST_TEXT = 5 * 1024 * 1024


def read_text(path: Path) -> Paper:
    """A table when lines have separators, else running lines."""
    if path.stat().st_size > LARGEST_TEXT:
        raise FileRefused("Текст больше 5 МБ: это не план. Загрузите файл только с дорожной картой.")
    text = decoded(path.read_bytes()).replace("\f", "\n").replace("\r\n", "\n").replace("\r", "\n")
    if sum("\t" in line for line in text.split("\n")) >= 3:
        return with_tabs(text)
    if path.suffix.lower() == ".csv" or sum(line.count(";") >= 2 for line in text.split("\n")) >= 5:
        delimiter = ";" if text.count(";") >= text.count(",") else ","
        return Paper([Table([plain_row(row) for row in csv.reader(StringIO(text), delimiter=delimiter)])])
    return Paper([text.split("\n")], flattened=True)


def with_tabs(text: str) -> Paper:
    """Lines without tabs before the first row are the heading of the paper; inside the table they go on with their row."""
    lines = text.split("\n")
    first = next(place for place, line in enumerate(lines) if "\t" in line)
    rows = list(csv.reader(StringIO("\n".join(lines[first:])), delimiter="\t", quoting=csv.QUOTE_MINIMAL))
    return Paper([lines[:first], Table([plain_row(row) for row in rows])])
