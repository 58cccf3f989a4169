"""Which column of a table is what, by its heading: any order, any of the usual wordings, headings over two rows."""

import re
from dataclasses import dataclass, field

from planreader.clean import fold, one_line
from planreader.deadlines.lexicon import ROMAN, month_number
from planreader.model import Scope
from planreader.paper import Row, Table

HEADER_WITHIN = 40  # rows from the top of a table in which its header is looked for
NUMBER = re.compile(r"^(?:№|n|nn|no|номер)(?:\W|$|п)|^№|^п ?/ ?п$|^пп$")
STAGE = re.compile(r"\bэтап")
MEASURE = re.compile(
    r"мероприят|содержани|действи[йея]|вид\w* (?:работ|деятельност)|пошагов|наименовани|задач|направлени\w* деятельност"
)
DEADLINE = re.compile(r"\bсрок|\bдат[аы]\b|\bпериод|время (?:исполн|провед|реализ)|когда")
START = re.compile(r"начал|^с$|дата с\b")
END = re.compile(r"окончани|завершени|конец|^по$|дата по\b")
PARTY = re.compile(r"ответствен|исполнител|^кто$|кто (?:проводит|отвечает)")
RESULT = re.compile(r"результат|документ|показател|продукт|подтвержд|индикатор|выход")
REMARK = re.compile(r"примечан|отметк|выполнени|комментар")
MUNICIPAL_SIDE = re.compile(r"муниципал|\bму\b|управлени|отдел|район|окру[гж]|\bуо\b|\bмоуо\b")
SCHOOL_SIDE = re.compile(r"\b[оo][оуoy]\b|школ|образовательн\w* (?:организац|учрежден)|учрежден|на уровне оо")
QUARTER = re.compile(r"^(i{1,3}|iv|[1-4])(?:-?[йя]|-?ый)?\s*(?:кв(?:артал)?\.?)?$")


@dataclass(slots=True)
class Columns:
    """Places of the columns in a row; `sides` says for which side a responsible column stands, `marks` holds the words that
    a mark in a quarter or month column stands for."""

    number: int | None = None
    stage: int | None = None
    measures: list[int] = field(default_factory=list)
    deadlines: list[int] = field(default_factory=list)
    start: int | None = None
    end: int | None = None
    parties: list[int] = field(default_factory=list)
    sides: dict[int, Scope] = field(default_factory=dict)
    results: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    marks: dict[int, str] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)

    @property
    def is_plan(self) -> bool:
        """A plan has measures and says when or who."""
        times = self.deadlines or self.marks or self.end is not None or self.start is not None
        return bool(self.measures or self.stage is not None) and bool(times or self.parties)


def find_header(table: Table) -> tuple[int, int, Columns] | None:
    """The rows where the header and the body begin, and the columns; None for a table that is no plan."""
    for place, row in enumerate(table.rows[:HEADER_WITHIN]):
        for depth in (2, 1):
            rows = table.rows[place : place + depth]
            if len(rows) < depth or (depth == 2 and not is_second_row(rows[0], rows[1])):
                continue
            columns = columns_of(headings(rows))
            if columns.is_plan and known(row) >= 2:
                return place, place + depth, columns
    return None


def known(row: Row) -> int:
    """How many cells of a row are headings of a plan."""
    patterns = (NUMBER, MEASURE, STAGE, DEADLINE, PARTY, RESULT)
    return sum(any(pattern.search(fold(one_line(cell.text))) for pattern in patterns) and len(cell.text) < 120 for cell in row)


def is_second_row(first: Row, second: Row) -> bool:
    """The second row of a header stands only below a wide or an empty heading, and says sides, quarters, months or dates."""
    texts = [(place, fold(one_line(cell.text))) for place, cell in enumerate(second) if cell.text.strip() and not cell.continued]
    if len(texts) < 2 or any(len(text) > 60 for _, text in texts) or not any(is_open(first, place) for place, _ in texts):
        return False
    said = [bool(QUARTER.match(text) or month_number(text) or MUNICIPAL_SIDE.search(text) or SCHOOL_SIDE.search(text)
                 or START.search(text) or END.search(text)) for _, text in texts]  # fmt: skip
    return all(said) and all(place > 0 for place, _ in texts) and not is_column_numbers(second)


def is_open(row: Row, place: int) -> bool:
    """Is there no heading of its own over this place: an empty cell, or a cell over several columns?"""
    return place >= len(row) or not row[place].text.strip() or row[place].width > 1


def headings(rows: list[Row]) -> list[str]:
    """One text per column: the words of a wide heading stand over each of its columns."""
    width = max(len(row) for row in rows)
    texts = [""] * width
    for depth, row in enumerate(rows):
        wide, left = "", 0
        for place in range(width):
            cell = row[place] if place < len(row) else None
            text = "" if cell is None or cell.continued else one_line(cell.text)
            if text:
                wide, left = text, cell.width if cell else 1
            spread = depth == 0 and len(rows) == 2 and (left > 0 or has_below(rows[1], place))
            texts[place] = one_line(f"{texts[place]} {text or (wide if spread else '')}")
            left -= 1
    return texts


def has_below(row: Row, place: int) -> bool:
    """Is there a heading of its own under this place?"""
    return place < len(row) and bool(row[place].text.strip()) and not row[place].continued


def columns_of(texts: list[str]) -> Columns:
    """Each heading finds its role; the first number column and the first stage column count."""
    columns = Columns(headings=texts)
    for place, heading in enumerate(texts):
        words = fold(heading)
        if words:
            place_heading(columns, place, words)
    if columns.number is None and texts and not fold(texts[0]):
        columns.number = 0
    if columns.stage is not None and not columns.measures:
        columns.measures, columns.stage = [columns.stage], None
    return columns


def place_heading(columns: Columns, place: int, words: str) -> None:
    """Give one column its role."""
    mark = mark_of(words)
    if columns.number is None and NUMBER.match(words):
        columns.number = place
    elif mark:
        columns.marks[place] = mark
    elif PARTY.search(words):
        place_parties(columns, place, words)
    elif not MEASURE.search(words) and (START.search(words) or END.search(words)):
        place_bound(columns, place, words)
    else:
        place_text(columns, place, words)


def place_parties(columns: Columns, place: int, words: str) -> None:
    """A column of responsible people, perhaps those of one side only."""
    columns.parties.append(place)
    side = side_of(words)
    if side:
        columns.sides[place] = side


def place_bound(columns: Columns, place: int, words: str) -> None:
    """A column with the beginning or the end of the deadline."""
    if START.search(words):
        columns.start = place
    else:
        columns.end = place


def place_text(columns: Columns, place: int, words: str) -> None:
    """A column of deadlines, results, stages or measures."""
    if DEADLINE.search(words) and not RESULT.search(words.split(" срок")[0]) and not MEASURE.search(words.split("срок")[0]):
        columns.deadlines.append(place)
    elif RESULT.search(words) or REMARK.search(words):
        columns.results.append(place)
    elif STAGE.search(words) and columns.stage is None:
        columns.stage = place
    elif MEASURE.search(words):
        columns.measures.append(place)
    else:
        columns.others.append(place)


def mark_of(words: str) -> str:
    """«I квартал» or a month: what a mark in this column means; "" for other headings."""
    last = words.split(" ")
    quarter = QUARTER.match(" ".join(last[-2:])) or QUARTER.match(last[-1])
    if quarter and ("кв" in words or re.search(r"срок|период|дат", words)):
        number = ROMAN.get(quarter.group(1)) or int(quarter.group(1))
        return f"{('I', 'II', 'III', 'IV')[number - 1]} квартал"
    return last[-1] if month_number(last[-1]) and not MEASURE.search(words) else ""


def side_of(words: str) -> Scope | None:
    """Whose responsible people stand in the column."""
    tail = PARTY.sub("", words)
    if MUNICIPAL_SIDE.search(tail):
        return Scope.MUNICIPALITY
    return Scope.EACH_SCHOOL if SCHOOL_SIDE.search(tail) else None


def is_column_numbers(row: Row) -> bool:
    """The row «1 2 3 4 5» below a header."""
    texts = [cell.text.strip().rstrip(".") for cell in row if cell.text.strip()]
    return len(texts) >= 3 and texts == [str(number) for number in range(1, len(texts) + 1)]
