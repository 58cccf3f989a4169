"""Rows of a table as lines of a plan: which cell holds what, still as printed words."""

import re
from dataclasses import dataclass, replace

from planreader.clean import fold, one_line
from planreader.columns import Columns, is_column_numbers
from planreader.model import Scope
from planreader.numbering import cut_number, number_key
from planreader.paper import Cell, Row

MARKS = frozenset("+ x х v ✓ ✔ • * да ●".split())
HYPHEN = re.compile(r"(?<=[^\W\d_])-[ \t]*\n\s*(?=[а-яё])")
ROMAN_NUMBER = re.compile(r"^([IVX]{1,5}\s?[.)])\s*(?=[А-ЯЁ«])")
DATE_FOR_NUMBER = re.compile(r"^(\d{2})\.(\d{2})\.\d{4}$")
NUMBER_WAS_DATE = "Excel принял номер за дату «{date}», взят номер {number}."


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the body by columns. `parties` are (text with line breaks, side of the column)."""

    number: str = ""
    stage: str = ""
    text: str = ""
    deadline: str = ""
    parties: tuple[tuple[str, Scope | None], ...] = ()
    result: str = ""
    alone: bool = False  # nothing but a number and a text
    wide: bool = False  # one cell over most of the width
    more: bool = False  # stands under a measure that is merged over several rows
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[int, ...]:
        """The number as a key."""
        return number_key(self.number)


def heading_line(text: str) -> Line:
    """A heading that stands over the whole width; its number may be Roman."""
    line = one_line(text)
    roman = ROMAN_NUMBER.match(line)
    number, rest = (roman.group(1), line[roman.end() :]) if roman else cut_number(line)
    return Line(number, text=rest, alone=True, wide=True)


def lines_of(rows: list[Row], columns: Columns) -> list[Line]:
    """Rows of the body; blank ones, repeated headers and column numbers are left out."""
    found = []
    for row in rows:
        texts = [one_line(cell.text) for cell in row]
        if not any(texts) or is_column_numbers(row) or is_repeated_header(texts, columns):
            continue
        more = is_under_merged(row, columns)
        line = replace(line_of(only_new(row, columns, more=more), columns), more=more)
        if line.number or line.text or line.stage or line.deadline or line.parties or line.result:
            found.append(line)
    return found


def is_under_merged(row: Row, columns: Columns) -> bool:
    """A row whose number and measure are merged with the row above goes on with that measure."""
    number = cell_at(row, columns.number)
    measures = [cell for place in columns.measures if (cell := cell_at(row, place)) is not None]
    return bool(measures) and all(cell.continued for cell in measures) and (number is None or number.continued)


def only_new(row: Row, columns: Columns, *, more: bool) -> Row:
    """Nothing merged is said twice. Under a stage's merged number other measures stand; it is printed only once."""
    number = cell_at(row, columns.number)
    if more:
        return [Cell("", cell.width) if cell.continued else cell for cell in row]
    if number is not None and number.continued and columns.stage is not None:
        return [Cell("") if place == columns.number else cell for place, cell in enumerate(row)]
    return row


def is_repeated_header(texts: list[str], columns: Columns) -> bool:
    """The header printed again on a new page."""
    said = [(text, heading) for text, heading in zip(texts, columns.headings, strict=False) if text]
    return len(said) >= 2 and all(fold(text) in fold(heading) for text, heading in said)


def line_of(row: Row, columns: Columns) -> Line:
    """One row by columns. A cell over most of the width is a heading, whatever columns it covers."""
    filled = [cell for cell in row if cell.text.strip() and not cell.continued]
    wide = next((cell for cell in filled if cell.width >= max(3, len(row) - 2)), None)
    number = text_at(row, columns.number)
    if wide is not None and len(filled) <= 2:
        line = heading_line(wide.text)
        return line if len(filled) == 1 else Line(number or line.number, text=one_line(wide.text), alone=True, wide=True)
    if len(filled) == 1 and number and not number_key(number) and number[:1].isupper():
        return heading_line(number)
    notes: tuple[str, ...] = ()
    dated = DATE_FOR_NUMBER.match(number)
    if dated:
        short = f"{int(dated.group(1))}.{int(dated.group(2))}"
        number, notes = short, (NUMBER_WAS_DATE.format(date=number, number=short),)
    parties = tuple(
        (HYPHEN.sub("-", cell.text), columns.sides.get(place))
        for place in columns.parties
        if (cell := cell_at(row, place)) is not None and cell.text.strip()
    )
    result = " ".join(text for text in (text_at(row, place) for place in [*columns.results, *columns.others]) if text)
    deadline, text = deadline_of(row, columns), joined([text_at(row, place) for place in columns.measures])
    alone = len(filled) <= 2 and not deadline and not parties and not result
    return Line(number, stage_text(row, columns), text, deadline, parties, result, alone, notes=notes)


def stage_text(row: Row, columns: Columns) -> str:
    """The stage, only in the row where it is printed."""
    cell = cell_at(row, columns.stage)
    return "" if cell is None or cell.continued else text_at(row, columns.stage)


def joined(texts: list[str]) -> str:
    """Several text columns as one text, no word twice."""
    kept: list[str] = []
    for text in texts:
        if text and text not in kept:
            kept.append(text)
    return " ".join(
        text if text.endswith((".", ":", ";")) or place == len(kept) - 1 else f"{text}." for place, text in enumerate(kept)
    )


def cell_at(row: Row, place: int | None) -> Cell | None:
    """The cell of a column, None where there is none."""
    return None if place is None or place >= len(row) else row[place]


def text_at(row: Row, place: int | None) -> str:
    """Text of a column on one line, "" where there is none; a word wrapped at its hyphen is whole again."""
    cell = cell_at(row, place)
    return "" if cell is None else one_line(HYPHEN.sub("-", cell.text))


def deadline_of(row: Row, columns: Columns) -> str:
    """The words of the deadline: its column, start and end columns, or the headings of the marked columns."""
    plain = [text for text in (text_at(row, place) for place in columns.deadlines) if text]
    start, end = text_at(row, columns.start), text_at(row, columns.end)
    if start and end:
        plain.append(start if start == end else f"{start} – {end}")
    elif start or end:
        plain.append(f"до {end}" if end and end[0].isdigit() else start or end)
    for place, meaning in columns.marks.items():
        text = text_at(row, place)
        if text:
            plain.append(meaning if fold(text) in MARKS else text)
    return ", ".join(plain)
