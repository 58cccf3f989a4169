"""Word documents: paragraphs and tables in order, merged cells in both directions, numbers that Word prints by itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fileguard import FileRefused
from planreader.paper import Cell, Paper, Row, Table
from planreader.readers.numbers import AutomaticNumbers

MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Content controls and tracked insertions only wrap what they hold; what was deleted or moved away is not printed.
WRAPPERS = frozenset(f"{MAIN}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
NOT_PRINTED = frozenset({FALLBACK, *(f"{MAIN}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "tcPr", "sdtPr"))})
SIGNS = {f"{MAIN}br": "\n", f"{MAIN}cr": "\n", f"{MAIN}tab": "\t", f"{MAIN}noBreakHyphen": "-"}
WIDEST = 60


def read_word(path: Path) -> Paper:
    """Tables nested in cells are read as text of their cell, text boxes as lines of their place."""
    from docx import Document  # noqa: PLC0415 -- a heavy library, loaded only for its own format

    try:
        document = Document(str(path))
        return paper_of(document.element.body, numbers_in(document))
    except MemoryError:
        raise
    except Exception as error:  # python-docx raises whatever its parts raise
        if str(error).startswith("unknown error"):  # how the parser says that memory has run out
            raise MemoryError from error
        raise FileRefused("Документ повреждён. Откройте его в Word, сохраните заново и загрузите.") from error


def numbers_in(document: Any) -> AutomaticNumbers:
    """The definitions of lists; most documents have some."""
    from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 -- part of the same heavy library

    try:
        lists = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        lists = None
    return AutomaticNumbers(lists, document.styles.element)


def paper_of(body: Any, numbers: AutomaticNumbers) -> Paper:
    """Blocks in order."""
    paper: Paper = Paper()
    lines: list[str] = []
    for child in unwrapped(body):
        if child.tag == f"{MAIN}p":
            lines += text_of(child, numbers).split("\n")
        elif child.tag == f"{MAIN}tbl":
            paper.blocks += [lines, table_of(child, numbers)]
            lines = []
    paper.blocks.append(lines)
    return paper


def unwrapped(node: Any) -> Iterator[Any]:
    """Children, those of wrappers in place of the wrappers."""
    for child in node.iterchildren():
        if child.tag in WRAPPERS:
            yield from unwrapped(child)
        elif child.tag not in NOT_PRINTED:
            yield child


def table_of(table: Any, numbers: AutomaticNumbers) -> Table:
    """A table; a vertically merged cell repeats the text of its first row as «continued»."""
    rows: list[Row] = []
    above: dict[int, str] = {}
    for line in (child for child in unwrapped(table) if child.tag == f"{MAIN}tr"):
        row: Row = [Cell("") for _ in range(skipped_columns(line))]
        for cell in (child for child in unwrapped(line) if child.tag == f"{MAIN}tc"):
            add_cell(row, cell, above, numbers)
        rows.append(row)
    return Table(rows)


def skipped_columns(line: Any) -> int:
    """Columns before the first cell of a row that begins further right."""
    skipped = line.find(f"{MAIN}trPr/{MAIN}gridBefore")
    return limited(skipped.get(f"{MAIN}val", "0")) if skipped is not None else 0


def add_cell(row: Row, cell: Any, above: dict[int, str], numbers: AutomaticNumbers) -> None:
    """Append one cell and the empty ones that it covers."""
    span, merge = cell.find(f"{MAIN}tcPr/{MAIN}gridSpan"), cell.find(f"{MAIN}tcPr/{MAIN}vMerge")
    width = max(1, limited(span.get(f"{MAIN}val", "1"))) if span is not None else 1
    continued = merge is not None and merge.get(f"{MAIN}val") != "restart"
    text = above.get(len(row), "") if continued else text_of(cell, numbers)
    above[len(row)] = text
    row.append(Cell(text, width, continued))
    row.extend(Cell("") for _ in range(width - 1))


def limited(text: str) -> int:
    """A number of columns; no table of a plan has more."""
    return min(int(text), WIDEST)


def text_of(node: Any, numbers: AutomaticNumbers) -> str:
    """Text of a paragraph or a cell, one line per paragraph, with its line breaks and automatic numbers."""
    return "\n".join(line for line in "".join(pieces_of(node, numbers)).split("\n") if line.strip())


def pieces_of(node: Any, numbers: AutomaticNumbers) -> Iterator[str]:
    """Printed pieces in order; nested paragraphs (text boxes, cells) are lines of their own."""
    is_paragraph = node.tag == f"{MAIN}p"
    if is_paragraph:
        number = numbers.number_of(node)
        yield f"\n{number} " if number else "\n"
    for child in unwrapped(node):
        if child.tag == f"{MAIN}t":
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        elif isinstance(child.tag, str):
            yield from pieces_of(child, numbers)
    if is_paragraph:
        yield "\n"
