"""A table of a plan cut into sections and measures, still as printed words."""

from dataclasses import dataclass, field

from planreader.clean import fold, one_line
from planreader.columns import Columns, find_header, is_column_numbers
from planreader.model import Scope
from planreader.numbering import cut_number, is_roman, number_key
from planreader.paper import Row, Table

MARKS = frozenset("+ x х v ✓ ✔ • * да ●".split())


@dataclass(slots=True)
class RawMeasure:
    """Printed words of one measure. `parties` are (text with line breaks, side of the column)."""

    number: str
    text: str
    deadline: str = ""
    parties: list[tuple[str, Scope | None]] = field(default_factory=list)
    result: str = ""
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RawSection:
    """Printed words of one section."""

    number: str
    title: str
    deadline: str = ""
    measures: list[RawMeasure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the body by columns."""

    number: str
    stage: str
    text: str
    deadline: str
    parties: tuple[tuple[str, Scope | None], ...]
    result: str
    alone: bool  # one text over the whole width

    @property
    def key(self) -> tuple[int, ...]:
        """The number as a key."""
        return number_key(self.number)


def sections_of(tables: list[Table]) -> list[RawSection]:
    """Sections of all tables that are plans; a table without a header goes on with the columns of the one before."""
    lines: list[Line] = []
    columns: Columns | None = None
    staged = False
    for table in tables:
        found = find_header(table)
        if found is not None:
            _, start, columns = found
            lines += lines_of(table.rows[start:], columns)
            staged = staged or columns.stage is not None
        elif columns is not None and abs(table.width - len(columns.headings)) <= 0:
            lines += lines_of(table.rows, columns)
    return staged_sections(lines) if staged else numbered_sections(lines)


def lines_of(rows: list[Row], columns: Columns) -> list[Line]:
    """Rows of the body; blank ones, repeated headers and column numbers are left out."""
    found = []
    for row in rows:
        texts = [one_line(cell.text) for cell in row]
        if not any(texts) or is_column_numbers(row) or is_repeated_header(texts, columns):
            continue
        found.append(line_of(row, columns))
    return found


def is_repeated_header(texts: list[str], columns: Columns) -> bool:
    """The header printed again on a new page."""
    said = [(text, heading) for text, heading in zip(texts, columns.headings, strict=False) if text]
    return len(said) >= 2 and all(fold(text) in fold(heading) for text, heading in said)


def line_of(row: Row, columns: Columns) -> Line:
    """One row by columns. A cell over most of the width is a heading, whatever columns it covers."""
    filled = [cell for cell in row if cell.text.strip() and not cell.continued]
    wide = next((cell for cell in filled if cell.width >= max(3, len(row) - 2)), None)
    number = cell_text(row, columns.number)
    if wide is not None and len(filled) <= 2 and (wide.text != number or len(filled) == 1):
        before, text = cut_number(one_line(wide.text))
        return Line((number if number != one_line(wide.text) else "") or before, "", text, "", (), "", alone=True)
    texts = [cell_text(row, place) for place in columns.measures]
    parties = tuple(
        (row[place].text, columns.sides.get(place)) for place in columns.parties if place < len(row) and row[place].text.strip()
    )
    result = " ".join(text for text in (cell_text(row, place) for place in columns.results) if text)
    deadline = deadline_of(row, columns)
    text = joined(texts)
    alone = len(filled) <= 2 and not deadline and not parties and not result
    return Line(number, stage_text(row, columns), text, deadline, parties, result, alone)


def stage_text(row: Row, columns: Columns) -> str:
    """The stage, only in the row where it is printed."""
    if columns.stage is None or columns.stage >= len(row) or row[columns.stage].continued:
        return ""
    return one_line(row[columns.stage].text)


def joined(texts: list[str]) -> str:
    """Several text columns as one text, no word twice."""
    kept: list[str] = []
    for text in texts:
        if text and text not in kept:
            kept.append(text)
    return " ".join(
        text if text.endswith((".", ":", ";")) or place == len(kept) - 1 else f"{text}." for place, text in enumerate(kept)
    )


def cell_text(row: Row, place: int | None) -> str:
    """Text of a column on one line, "" where there is none."""
    if place is None or place >= len(row):
        return ""
    return one_line(row[place].text)


def deadline_of(row: Row, columns: Columns) -> str:
    """The words of the deadline: its column, start and end columns, or the headings of the marked columns."""
    plain = [text for text in (cell_text(row, place) for place in columns.deadlines) if text]
    start, end = cell_text(row, columns.start), cell_text(row, columns.end)
    if start and end:
        plain.append(start if start == end else f"{start} – {end}")
    elif start or end:
        plain.append(f"до {end}" if end and end[0].isdigit() else start or end)
    for place, meaning in columns.marks.items():
        text = cell_text(row, place)
        if text:
            plain.append(meaning if fold(text) in MARKS else text)
    return ", ".join(plain)


def numbered_sections(lines: list[Line]) -> list[RawSection]:
    """Plans whose sections and measures are told apart by their numbers and by what their rows hold."""
    sections: list[RawSection] = []
    nested = any(len(line.key) > 1 for line in lines)
    for place, line in enumerate(lines):
        if is_section(line, lines[place + 1 :], nested=nested):
            sections.append(RawSection(line.number, line.text or line.number, line.deadline))
        elif goes_on(line, sections):
            go_on(sections[-1].measures[-1], line)
        else:
            if not sections:
                sections.append(RawSection("", ""))
            sections[-1].measures.append(measure_of(line))
    return sections


def is_section(line: Line, rest: list[Line], *, nested: bool) -> bool:
    """A row that heads others: Roman, over the whole width, or numbered «2.» before «2.1»."""
    if line.parties or line.result:
        return False
    if is_roman(line.number) or (line.alone and line.text and fold(line.text).startswith(("раздел", "этап", "направление"))):
        return True
    if len(line.key) == 1:
        following = next((after for after in rest if after.key), None)
        return nested and following is not None and len(following.key) > 1 and following.key[:1] == line.key
    return line.alone and not line.number and bool(line.text) and line.text[:1].isupper() and bool(rest)


def goes_on(line: Line, sections: list[RawSection]) -> bool:
    """A row without a number that a page break cut from the one above."""
    if line.number or not sections or not sections[-1].measures:
        return False
    above = sections[-1].measures[-1]
    if not line.text:
        return True
    return line.text[:1].islower() or (not line.deadline and not line.parties and above.text[-1:] not in ".;")


def go_on(measure: RawMeasure, line: Line) -> None:
    """Add the words of a cut row."""
    measure.text = one_line(f"{measure.text} {line.text}")
    measure.deadline = one_line(f"{measure.deadline} {line.deadline}")
    measure.result = one_line(f"{measure.result} {line.result}")
    for place, (text, side) in enumerate(line.parties):
        if place < len(measure.parties):
            before = measure.parties[place]
            measure.parties[place] = (f"{before[0]}\n{text}", before[1])
        else:
            measure.parties.append((text, side))


def measure_of(line: Line) -> RawMeasure:
    """A measure; a number printed inside the text instead of its own column is taken out."""
    number, text = line.number, line.text
    if not number:
        number, text = cut_number(text)
    elif not number_key(number):
        before, after = cut_number(number)
        number, text = (before, one_line(f"{after} {text}")) if before else ("", one_line(f"{number} {text}"))
    return RawMeasure(number, text, line.deadline, list(line.parties), line.result)


def staged_sections(lines: list[Line]) -> list[RawSection]:
    """Plans by stages: the number stands at the stage, several measures follow it."""
    sections: list[RawSection] = []
    for line in lines:
        if line.stage:
            sections.append(RawSection(line.number, line.stage))
        elif line.alone and line.text and not line.deadline and line.text[:1].isupper() and not sections:
            sections.append(RawSection(line.number, line.text))
            continue
        if not (line.text or line.deadline or line.parties):
            continue
        if not sections:
            sections.append(RawSection("", ""))
        if not line.stage and goes_on(line, sections) and not line.deadline:
            go_on(sections[-1].measures[-1], line)
            continue
        own = "" if line.stage else line.number
        sections[-1].measures.append(
            measure_of(Line(own, "", line.text or line.stage, line.deadline, line.parties, line.result, alone=False))
        )
    return sections
