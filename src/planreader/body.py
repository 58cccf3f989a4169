"""The body of a paper: what stands before the plan, the tables that are the plan with the headings between them, the rest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from planreader.clean import fold, one_line
from planreader.columns import Columns, find_header
from planreader.outline import HEADING_WORDS, RawSection, numbered_sections, staged_sections
from planreader.paper import Paper, Row, Table
from planreader.rows import Line, heading_line, lines_of
from planreader.stamp import TITLE

NUMBERED_HEADING = re.compile(r"^(?:[IVX]{1,5}|\d{1,2})\s*[.)]\s*[А-ЯЁ«]")
LONGEST_HEADING = 300
MOST_HEADING_LINES = 3
LONGEST_QUOTE = 80
OTHER_TABLE = "Таблица «{text}» не похожа на план и не прочитана."
TEXT_LEFT = "Текст вне таблицы плана не прочитан: «{text}»."
OTHER_COLUMN = "Столбец «{heading}» не распознан, его текст стоит в результате."


@dataclass(slots=True)
class Body:
    """`intro` are the lines before the plan, `notes` say what was not read."""

    intro: list[str] = field(default_factory=list)
    sections: list[RawSection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def body_of(paper: Paper) -> Body:
    """Walk through the blocks; a table without a header goes on with the columns of the one before."""
    body, lines, waiting = Body(), [], []
    columns: Columns | None = None
    staged = False
    for block in paper.blocks:
        if not isinstance(block, Table):
            waiting += block
            continue
        found = find_header(block)
        start, end = found[:2] if found else (0, 0)
        if found is None and (columns is None or block.width != len(columns.headings)):
            put_aside(block, waiting if columns is None else None, body.notes)
            continue
        waiting += texts_of(block.rows[:start])
        headings, left = headings_in(waiting, all_lines=columns is not None and found is not None and not paper.paged)
        lines += headings
        if columns is None:
            body.intro = left
        else:
            body.notes += text_notes(left)
        waiting = []
        if found is not None:
            columns = found[2]
            staged = staged or columns.stage is not None
            body.notes += [OTHER_COLUMN.format(heading=columns.headings[place]) for place in columns.others]
        assert columns is not None
        body.notes += block.notes
        lines += lines_of(block.rows[end:], columns)
    body.notes += text_notes(waiting) if columns is not None else []
    body.notes = list(dict.fromkeys(body.notes))
    body.sections = staged_sections(lines) if staged else numbered_sections(lines)
    return body


def put_aside(table: Table, waiting: list[str] | None, notes: list[str]) -> None:
    """A table that is no plan: part of the intro before the plan (a stamp in a layout table), a note after it."""
    texts = texts_of(table.rows)
    if waiting is not None:
        waiting += texts
    elif texts:
        notes.append(OTHER_TABLE.format(text=shortened(" ".join(texts))))


def texts_of(rows: Sequence[Row]) -> list[str]:
    """The lines of all cells."""
    return [line for row in rows for cell in row if not cell.continued for line in cell.text.split("\n") if line.strip()]


def headings_in(lines: Sequence[str], *, all_lines: bool) -> tuple[list[Line], list[str]]:
    """The heading of a section at the end of the lines before a table, and the lines above it. `all_lines`: before a table
    with its own header even a text without a number heads it."""
    kept = [line for line in lines if line.strip()]
    for place in range(max(0, len(kept) - MOST_HEADING_LINES), len(kept)):
        text = one_line(" ".join(kept[place:]))
        if is_heading(text) and not TITLE.search(fold(kept[-1])):
            return [heading_line(text)], kept[:place]
    text = one_line(" ".join(kept))
    if all_lines and text and len(text) <= LONGEST_HEADING and len(kept) <= MOST_HEADING_LINES:
        return [heading_line(text)], []
    return [], list(lines)


def is_heading(text: str) -> bool:
    """«1. Нормативное обеспечение», «II. …», «Раздел 3 …»."""
    if len(text) > LONGEST_HEADING:
        return False
    return bool(NUMBERED_HEADING.match(text)) or fold(text).startswith(HEADING_WORDS)


def text_notes(lines: Sequence[str]) -> list[str]:
    """A note about words outside the tables; numbers of pages are none."""
    text = one_line(" ".join(line for line in lines if re.search(r"[^\W\d_]{3}", line) and not fold(line).startswith("стр")))
    return [TEXT_LEFT.format(text=shortened(text))] if text else []


def shortened(text: str) -> str:
    """The beginning of a long text."""
    line = one_line(text)
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE].rsplit(' ', 1)[0]}…"
