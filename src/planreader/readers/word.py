"""Word documents: paragraphs and tables in order, merged cells in both directions."""

from pathlib import Path
from typing import Any

from fileguard import FileRefused
from planreader.paper import Cell, Paper, Row, Table

MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_word(path: Path) -> Paper:
    """Tables nested in cells are read as text of their cell."""
    from docx import Document  # noqa: PLC0415 -- a heavy library, loaded only for its own format

    try:
        body = Document(str(path)).element.body
    except Exception as error:  # python-docx raises whatever its parts raise
        raise FileRefused("Документ повреждён. Откройте его в Word, сохраните заново и загрузите.") from error
    paper, lines = Paper(), []
    for child in body.iterchildren():
        if child.tag == f"{MAIN}p":
            lines += text_of(child).split("\n")
        elif child.tag == f"{MAIN}tbl":
            paper.blocks.append(lines)
            paper.blocks.append(table_of(child))
            lines = []
    paper.blocks.append(lines)
    return paper


def table_of(table: Any) -> Table:
    """A table; a vertically merged cell repeats the text of its first row as «continued»."""
    rows: list[Row] = []
    above: dict[int, str] = {}
    for line in table.iterchildren(f"{MAIN}tr"):
        row: Row = []
        for cell in line.iterchildren(f"{MAIN}tc", f"{MAIN}sdt"):
            add_cell(row, cell, above)
        rows.append(row)
    return Table(rows)


def add_cell(row: Row, cell: Any, above: dict[int, str]) -> None:
    """Append one cell and the empty ones that it covers."""
    properties = cell.find(f"{MAIN}tcPr")
    span, merge = None, None
    if properties is not None:
        span, merge = properties.find(f"{MAIN}gridSpan"), properties.find(f"{MAIN}vMerge")
    width = max(1, min(int(span.get(f"{MAIN}val", "1")), 60)) if span is not None else 1
    continued = merge is not None and merge.get(f"{MAIN}val") != "restart"
    text = above.get(len(row), "") if continued else "\n".join(text_of(part) for part in cell.iter(f"{MAIN}p"))
    above[len(row)] = text
    row.append(Cell(text, width, continued))
    row.extend(Cell("") for _ in range(width - 1))


def text_of(paragraph: Any) -> str:
    """Text of a paragraph with its line breaks and tabs; deleted text of tracked changes is left out."""
    parts = []
    for node in paragraph.iter(f"{MAIN}t", f"{MAIN}br", f"{MAIN}tab", f"{MAIN}cr", f"{MAIN}noBreakHyphen"):
        if node.tag == f"{MAIN}t":
            parts.append(node.text or "")
        elif node.tag == f"{MAIN}noBreakHyphen":
            parts.append("-")
        else:
            parts.append("\t" if node.tag == f"{MAIN}tab" else "\n")
    return "".join(parts)
