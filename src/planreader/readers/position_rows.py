"""Lines of one page cut into rows, and rows into cells, once the borders between the columns are known."""

from collections.abc import Iterator
from itertools import groupby, pairwise

from planreader.numbering import number_key
from planreader.paper import Cell, Row
from planreader.readers.centred_rows import Ruler, balanced_rows, blocks_of, doubt_about_rows, is_centred
from planreader.readers.words import Chunk, Line, Sheet

LEAST_PARTED = 3  # rows between blank lines that need no other sign


def rows_of(sheet: Sheet, ruler: Ruler) -> tuple[list[Row], list[str]]:
    """Rows of one page, and doubts about them."""
    if not sheet.lines:
        return [], []
    borders = list(ruler.borders)
    gapped = gapped_groups(sheet.lines, borders) if sheet.measured else None
    groups = ruled_groups(sheet) or gapped
    doubts: list[str] = []
    if groups is None:
        groups, doubts = unruled_groups(sheet.lines, ruler)
    return [row for group in groups for row in split_wide(group, borders)], doubts


def unruled_groups(lines: list[Line], ruler: Ruler) -> tuple[list[list[Line]], list[str]]:
    """Rows that only their numbers tell apart, and the doubt where numbers stand in the middle of their rows."""
    borders = list(ruler.borders)
    parted = blocks_of(lines, ruler)
    if parted and len(parted) >= LEAST_PARTED and all(any(map(ruler.number, block)) for block in parted):
        return parted, []
    if not is_centred(lines, ruler):
        return numbered_groups(lines, borders), []
    found = parted or balanced_between_headings(lines, ruler)
    return (found, []) if found else (numbered_groups(lines, borders), [doubt_about_rows(lines, ruler)])


def balanced_between_headings(lines: list[Line], ruler: Ruler) -> list[list[Line]] | None:
    """Centred rows; a heading over the whole width without a number is a row of its own and parts them."""
    rows: list[list[Line]] = []
    for heading, run in groupby(lines, lambda line: is_wide(line, list(ruler.borders)) and not ruler.number(line)):
        piece = list(run)
        found = [piece] if heading else balanced_rows(piece, ruler)
        if found is None:
            return None
        rows += found
    return rows


def ruled_groups(sheet: Sheet) -> list[list[Line]] | None:
    """Lines between horizontal rules; None where there are too few of them."""
    rules = [rule for rule in sheet.rules if sheet.lines[0].top < rule < sheet.lines[-1].bottom]
    if len(rules) < 2:
        return None
    groups: list[list[Line]] = [[] for _ in range(len(rules) + 1)]
    for line in sheet.lines:
        groups[sum(rule < (line.top + line.bottom) / 2 for rule in rules)].append(line)
    return [group for group in groups if group]


def gapped_groups(lines: list[Line], borders: list[float]) -> list[list[Line]] | None:
    """Lines parted by the wider of two kinds of gaps; None unless that gives one number a row."""
    gaps = [max(0.0, after.top - max(line.bottom for line in lines[: place + 1])) for place, after in enumerate(lines[1:])]
    positive = sorted(gaps)
    if not positive:
        return [lines]
    steps = [(after - before, (after + before) / 2) for before, after in pairwise(positive)]
    widest, limit = max(steps, default=(0.0, 0.0))
    if widest < (lines[0].bottom - lines[0].top) * 0.12:
        return None
    groups = [[lines[0]]]
    for gap, line in zip(gaps, lines[1:], strict=True):
        if gap > limit:
            groups.append([])
        groups[-1].append(line)
    counts = [sum(has_number(line, borders) for line in group) for group in groups]
    return groups if all(count <= 1 for count in counts) and counts.count(0) <= 1 + len(groups) // 4 else None


def numbered_groups(lines: list[Line], borders: list[float]) -> list[list[Line]]:
    """A row begins where a number stands in the first column."""
    groups: list[list[Line]] = [[]]
    for line in lines:
        if has_number(line, borders) and groups[-1]:
            groups.append([])
        groups[-1].append(line)
    return groups


def has_number(line: Line, borders: list[float]) -> bool:
    """Does the line begin with a number left of the first border?"""
    first = line.chunks[0]
    return first.left < borders[0] and bool(number_key(first.text.split()[0]))


def split_wide(lines: list[Line], borders: list[float]) -> list[Row]:
    """A row by columns. Lines with a chunk across a border are a heading of their own at the beginning of the group."""
    wide = 0
    while wide < len(lines) and (is_wide(lines[wide], borders) or (wide and len(lines[wide].chunks) == 1)):
        wide += 1
    if wide == 0:
        return [columned(lines, borders)]
    heading = Cell("\n".join(line.text for line in lines[:wide]), len(borders) + 1)
    row = [heading, *(Cell("") for _ in borders)]
    return [row, columned(lines[wide:], borders)] if wide < len(lines) else [row]


def is_wide(line: Line, borders: list[float]) -> bool:
    """A chunk that crosses two borders, or the first and nothing else on the line."""
    crossed = [sum(chunk.left < border < chunk.right for border in borders) for chunk in line.chunks]
    return max(crossed) >= 2 or (sum(crossed) >= 1 and len(line.chunks) <= 2 and line.chunks[0].left < borders[0])


def columned(lines: list[Line], borders: list[float]) -> Row:
    """Chunks of the lines put into their columns by their middle."""
    cells: list[list[str]] = [[] for _ in range(len(borders) + 1)]
    for line in lines:
        parts = [part for chunk in line.chunks for part in parted(chunk, borders)]
        for place, texts in enumerate(cells):
            texts.append(" ".join(text for column, text in parts if column == place))
    return [Cell("\n".join(text for text in texts if text)) for texts in cells]


def parted(chunk: Chunk, borders: list[float]) -> Iterator[tuple[int, str]]:
    """A number that stands too near to its text belongs to its own column all the same."""
    first, _, rest = chunk.text.partition(" ")
    if chunk.left < borders[0] < chunk.right and rest and number_key(first):
        yield 0, first
        yield 1, rest
        return
    yield sum(border < (chunk.left + chunk.right) / 2 for border in borders), chunk.text
