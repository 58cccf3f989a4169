"""Text files: tables with tabs or semicolons, and plans flattened from a PDF."""

import re
from collections import Counter
from pathlib import Path

from fileguard import FileRefused
from fileguard.encodings import decoded
from fileguard.tables import rows_between
from planreader.numbering import number_key
from planreader.paper import Paper, Table, plain_row
from planreader.readers.positions import tables_by_position
from planreader.readers.words import Line, Sheet, Word, lines_of_words

LARGEST_TEXT = 5 * 1024 * 1024
SPACED = re.compile(r"\S {3,}\S")  # columns kept by spaces
LEAST_SPACED, LEAST_TABBED = 3, 2  # lines


def read_text(path: Path) -> Paper:
    """A table when lines have separators, else running lines."""
    if path.stat().st_size > LARGEST_TEXT:
        raise FileRefused("Текст больше 5 МБ: это не план. Загрузите файл только с дорожной картой.")
    pages = decoded(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n").split("\f")
    text = "\n".join(pages)
    if sum(line.count("\t") >= 2 for line in text.split("\n")) >= LEAST_TABBED:
        return with_tabs(text)
    if path.suffix.lower() == ".csv" or has_semicolons(text):
        delimiter = ";" if text.count(";") >= text.count(",") else ","
        return Paper([Table([plain_row(row) for row in rows_between(text, delimiter)])])
    lines = text.split("\n")
    if sum(SPACED.search(line) is not None for line in lines) >= LEAST_SPACED:
        return Paper(tables_by_position([Sheet(placed_lines(page), measured=False) for page in pages]) or [lines], lines)
    return Paper([lines], lines)


def has_semicolons(text: str) -> bool:
    """Do two of five lines have the same number of semicolons? Lists inside measures have them too, but not so evenly."""
    counts = Counter(line.count(";") for line in text.split("\n") if line.strip())
    total = sum(counts.values())
    return any(separators >= 2 and count >= 5 and count * 5 >= total * 2 for separators, count in counts.items())


def placed_lines(page: str) -> list[Line]:
    """A text whose columns are kept by spaces: a letter is one wide, a line is one high."""
    words = [
        Word(match.group(), match.start(), match.end(), number, number + 0.9)
        for number, line in enumerate(page.split("\n"))
        for match in re.finditer(r"\S+", line.expandtabs())
    ]
    return lines_of_words(words, gap=2)


def with_tabs(text: str) -> Paper:
    """Lines without tabs before the first row are the heading of the paper; inside the table they go on with their row."""
    lines = text.split("\n")
    first = next(place for place, line in enumerate(lines) if "\t" in line)
    rows = whole_rows([row for row in rows_between("\n".join(lines[first:]), "\t") if any(row)])
    return Paper([lines[:first], Table([plain_row(row) for row in rows])])


def whole_rows(rows: list[list[str]]) -> list[list[str]]:
    """Rows whose cells were wrapped over several lines without quotes, put together again."""
    width = max(len(row) for row in rows)
    whole: list[list[str]] = []
    for row in rows:
        missing = width - len(whole[-1]) if whole else 0
        goes_on = row[0][:1].islower() or (len(row) == missing + 1 and len(row) > 1)
        if len(row) <= missing + 1 and missing and row[0] and goes_on and not number_key(row[0]):
            whole[-1] = [*whole[-1][:-1], f"{whole[-1][-1]}\n{row[0]}", *row[1:]]
        else:
            whole.append(row)
    return whole
