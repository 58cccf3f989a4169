"""PDF with a text layer: ruled tables where there are any, else columns by position, else the lines of text."""

import logging
from itertools import pairwise
from pathlib import Path
from typing import Any

from fileguard import FileRefused
from planreader.paper import Cell, Paper, Row, Table
from planreader.readers.positions import tables_by_position
from planreader.readers.words import Sheet, Word, lines_of_words

MOST_PAGES = 150
LEAST_LETTERS = 40
LEAST_COLUMNS = 3
NEAR = 2.0  # points: lines of a grid that are nearer than this are one
LONG_RULE = 0.4  # of the width of a page

Block = list[str] | Table


def read_pdf(path: Path) -> Paper:
    """Tables of all pages in order with the text around them."""
    import pdfplumber  # noqa: PLC0415 -- a heavy library, loaded only for its own format
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it tells every oddity of a file on the error stream
    try:
        with path.open("rb") as stream, pdfplumber.open(stream) as document:
            return read_pages(document.pages)
    except (FileRefused, MemoryError):
        raise
    except Exception as error:  # pdfminer raises whatever a broken file makes it stumble over
        if any(isinstance(argument, MemoryError) for argument in error.args):
            raise MemoryError from error
        if isinstance(error, PDFPasswordIncorrect) or "Password" in f"{error!r} {error.__cause__!r}":
            raise FileRefused("PDF защищён паролем. Снимите пароль и загрузите снова.") from error
        raise FileRefused("PDF повреждён. Сохраните документ в PDF заново или загрузите файл Word.") from error


def read_pages(pages: list[Any]) -> Paper:
    """All pages; ruled tables decide, and only where there are none the places of words do."""
    if len(pages) > MOST_PAGES:
        raise FileRefused(f"В PDF больше {MOST_PAGES} страниц. Оставьте только страницы с планом и загрузите снова.")
    blocks: list[Block] = []
    sheets: list[Sheet] = []
    letters = 0
    for page in pages:
        letters += len(page.chars)
        sheets.append(sheet_of(page))
        blocks += ruled_blocks(page)
        page.close()
    if letters < LEAST_LETTERS:
        raise FileRefused("В PDF только изображение, текста нет. Загрузите исходный файл Word или Excel.")
    running = [line.text for sheet in sheets for line in sheet.lines]
    if any(isinstance(block, Table) for block in blocks):
        return Paper(blocks, running, paged=True)
    return Paper(tables_by_position(sheets) or [running], running, paged=True)


def sheet_of(page: Any) -> Sheet:
    """Lines of a page with their places, and its long horizontal rules."""
    words = [Word(one["text"], one["x0"], one["x1"], one["top"], one["bottom"]) for one in page.extract_words()]
    height = sum(word.bottom - word.top for word in words) / max(len(words), 1)
    least = LONG_RULE * float(page.width)
    rules = sorted({round(edge["top"]) for edge in page.edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] >= least})
    return Sheet(lines_of_words(words, gap=height * 0.55), [float(rule) for rule in rules])


def ruled_blocks(page: Any) -> list[Block]:
    """Text above the first table, the tables, the text below."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > NEAR]
    if not upright:
        return []
    # A row that a page break cuts has no rule at its open side: the ends of the upright rules close it.
    ends = [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)]
    tables = page.find_tables({"explicit_horizontal_lines": ends})
    blocks: list[Block] = []
    top = 0.0
    for table in sorted(tables, key=lambda one: one.bbox[1]):
        grid = grid_of(table)
        if grid.width < LEAST_COLUMNS or table.bbox[1] < top - NEAR:
            continue
        blocks += [text_lines(page, top, table.bbox[1]), grid]
        top = table.bbox[3]
    return [*blocks, text_lines(page, top, float(page.height))] if blocks else []


def text_lines(page: Any, top: float, bottom: float) -> list[str]:
    """Lines of a strip of the page."""
    top, bottom = max(top, page.bbox[1]), min(bottom, page.bbox[3])
    if bottom - top < 4:
        return []
    text = page.crop((page.bbox[0], top, page.bbox[2], bottom)).extract_text() or ""
    return text.split("\n")


def grid_of(table: Any) -> Table:
    """Cells by their boxes: how many columns a cell covers, and which places a cell from above covers."""
    lefts = merged_places([cell[0] for cell in table.cells] + [cell[2] for cell in table.cells])
    tops = merged_places([cell[1] for cell in table.cells] + [cell[3] for cell in table.cells])
    rows: list[Row] = [[Cell("") for _ in lefts[1:]] for _ in tops[1:]]
    texts = {cell: text for row, line in zip(table.rows, table.extract(), strict=True)
             for cell, text in zip(row.cells, line, strict=True) if cell}  # fmt: skip
    for cell in table.cells:
        left, right = place_of(lefts, cell[0]), place_of(lefts, cell[2])
        top, bottom = place_of(tops, cell[1]), place_of(tops, cell[3])
        for place in range(top, bottom):
            rows[place][left] = Cell(texts.get(cell) or "", right - left, continued=place > top)
    return Table(rows)


def merged_places(values: list[float]) -> list[float]:
    """Sorted places of a grid, near ones as one."""
    ordered = sorted(values)
    return ordered[:1] + [after for before, after in pairwise(ordered) if after - before > NEAR]


def place_of(places: list[float], value: float) -> int:
    """The index of the nearest place."""
    return min(range(len(places)), key=lambda place: abs(places[place] - value))
