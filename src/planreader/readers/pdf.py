"""PDF with a text layer: ruled tables where there are any, else the lines of text."""

from pathlib import Path
from typing import Any

from fileguard import FileRefused
from planreader.paper import Cell, Paper, Row, Table

MOST_PAGES = 150
LEAST_LETTERS = 40


def read_pdf(path: Path) -> Paper:
    """Tables of all pages in order with the text around them."""
    import pdfplumber  # noqa: PLC0415 -- a heavy library, loaded only for its own format
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415

    try:
        with pdfplumber.open(str(path)) as document:
            pages = document.pages[:MOST_PAGES]
            blocks = [block for page in pages for block in read_page(page)]
    except FileRefused:
        raise
    except Exception as error:  # pdfminer raises whatever a broken file makes it stumble over
        if (
            isinstance(error, PDFPasswordIncorrect)
            or isinstance(error.__cause__, PDFPasswordIncorrect)
            or "Password" in repr(error)
        ):
            raise FileRefused("PDF защищён паролем. Снимите пароль и загрузите снова.") from error
        raise FileRefused("PDF повреждён. Сохраните документ в PDF заново или загрузите файл Word.") from error
    letters = sum(len(line) for block in blocks for line in lines_of(block))
    if letters < LEAST_LETTERS:
        raise FileRefused("В PDF только изображение, текста нет. Загрузите исходный файл Word или Excel.")
    return Paper(blocks, flattened=not any(isinstance(block, Table) for block in blocks))


def read_page(page: Any) -> list[list[str] | Table]:
    """Text above the first table, the tables, the text below; memory of the page is given back at once."""
    tables = page.find_tables()
    blocks: list[list[str] | Table] = []
    top = 0.0
    for table in tables:
        blocks.append(text_lines(page, top, table.bbox[1]))
        blocks.append(Table([row_of(row) for row in table.extract()]))
        top = table.bbox[3]
    blocks.append(text_lines(page, top, float(page.height)))
    page.close()
    return blocks


def text_lines(page: Any, top: float, bottom: float) -> list[str]:
    """Lines of a strip of the page."""
    top, bottom = max(top, page.bbox[1]), min(bottom, page.bbox[3])
    if bottom - top < 4:
        return []
    text = page.crop((page.bbox[0], top, page.bbox[2], bottom)).extract_text() or ""
    return text.split("\n")


def row_of(values: list[str | None]) -> Row:
    """None is a place that a merged cell covers: it belongs to the cell on its left."""
    row: Row = []
    for place, value in enumerate(values):
        width = 1
        while place + width < len(values) and values[place + width] is None:
            width += 1
        row.append(Cell(value or "", width if value is not None else 1))
    return row


def lines_of(block: list[str] | Table) -> list[str]:
    """All text of a block."""
    if isinstance(block, Table):
        return [cell.text for row in block.rows for cell in row]
    return block
