"""Tables without vertical rules: columns and rows found by where the words stand.

A PDF printed without borders and a text that keeps its columns by spaces are the same thing here: words with places. The
header says how many columns there are; each border between two columns lies where the fewest lines cross it. Rows are cut at
horizontal rules, else at the wider gaps between lines, else where a number begins.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from planreader.clean import one_line
from planreader.columns import columns_of, known
from planreader.numbering import is_page_number, number_key
from planreader.paper import Cell, Row, Table, plain_row

HEADER_LINES = 6  # a header is never wrapped over more
HEADER_WITHIN = 120  # lines from the top in which it is looked for
LEAST_COLUMNS = 3
NEAR_EDGE = 0.6
LEAST_KNOWN = 1  # headings that the first line of a header must show


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word and its box; x grows to the right, y downwards, in points or in characters and lines."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words of one line that stand together: what one cell shows on that line, or a heading across several cells."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words as printed."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Where the first word begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where the last word ends."""
        return self.words[-1].right


@dataclass(slots=True)
class Line:
    """Chunks at one height."""

    top: float
    bottom: float
    chunks: list[Chunk]

    @property
    def text(self) -> str:
        """The whole line."""
        return " ".join(chunk.text for chunk in self.chunks)


@dataclass(slots=True)
class Sheet:
    """One page: its lines and the heights of its horizontal rules. `measured` says that gaps between lines are those of the
    print; in a text blank lines mean nothing."""

    lines: list[Line]
    rules: list[float] = field(default_factory=list)
    measured: bool = True


@dataclass(frozen=True, slots=True)
class Header:
    """Lines `start` to `end` of the first page with a header; `borders` part the columns."""

    page: int
    start: int
    end: int
    spans: tuple[tuple[float, float], ...]
    texts: tuple[str, ...]


def lines_of_words(words: Sequence[Word], gap: float) -> list[Line]:
    """Words gathered to lines by their middle height, and inside a line to chunks that are at least `gap` apart."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: ((one.top + one.bottom) / 2, one.left)):
        middle = (word.top + word.bottom) / 2
        if lines and middle < lines[-1][0].bottom - (lines[-1][0].bottom - lines[-1][0].top) * 0.4:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(min(word.top for word in line), max(word.bottom for word in line), list(chunks_of(line, gap))) for line in lines]


def chunks_of(line: list[Word], gap: float) -> Iterator[Chunk]:
    """The chunks of a line from left to right."""
    line = sorted(line, key=lambda word: word.left)
    begun = [line[0]]
    for before, word in pairwise(line):
        if word.left - before.right >= gap:
            yield Chunk(tuple(begun))
            begun = []
        begun.append(word)
    yield Chunk(tuple(begun))


def tables_by_position(sheets: Sequence[Sheet]) -> list[list[str] | Table] | None:
    """Blocks of a paper: the lines before the header and one table over all pages; None when no header is found."""
    header = find_positioned_header(sheets)
    if header is None:
        return None
    before = [line.text for sheet in sheets[: header.page] for line in sheet.lines]
    before += [line.text for line in sheets[header.page].lines[: header.start]]
    first = sheets[header.page]
    printed = [line.text for line in first.lines[header.start : header.end]]
    bodies = [replace(first, lines=first.lines[header.end :]), *sheets[header.page + 1 :]]
    bodies = [replace(body, lines=list(without_header(body.lines, printed))) for body in bodies]
    chunks = [chunk for body in bodies for line in body.lines for chunk in line.chunks]
    borders = borders_of(header, chunks)
    edges = edges_of(borders, chunks)
    rows: list[Row] = [plain_row(list(header.texts))]
    for body in bodies:
        lines = [Line(line.top, line.bottom, list(at_edges(line, edges))) for line in body.lines]
        rows += rows_of(replace(body, lines=lines), borders)
    return [before, Table(rows)]


def without_header(lines: list[Line], printed: list[str]) -> Iterator[Line]:
    """Lines of a page without the header printed again and without the number of the page."""
    texts = [line.text for line in lines]
    place = 0
    while place < len(lines):
        if texts[place : place + len(printed)] == printed:
            place += len(printed)
            continue
        if not (place in (0, len(lines) - 1) and is_page_number(texts[place])):
            yield lines[place]
        place += 1


def find_positioned_header(sheets: Sequence[Sheet]) -> Header | None:
    """The first lines whose chunks, one above the other, are headings of a plan."""
    starts = [(page, start) for page, sheet in enumerate(sheets) for start in range(len(sheet.lines))][:HEADER_WITHIN]
    for place, (page, start) in enumerate(starts):
        if header_at(sheets[page].lines, start) is None:
            continue
        near = [header_at(sheets[page].lines, later) for _, later in starts[place : place + HEADER_LINES] if later >= start]
        # A line of the title above the header would only add words to it: the last start with the most columns is right.
        best = max((found for found in near if found), key=lambda found: (roles_of(found[2]), -len(" ".join(found[2]))))
        return Header(page, start + near.index(best), *best)
    return None


def header_at(lines: list[Line], start: int) -> tuple[int, tuple[tuple[float, float], ...], tuple[str, ...]] | None:
    """The longest header that begins at a line: while the lines below only add words under its columns."""
    best, before = None, 0
    if known(plain_row([chunk.text for chunk in lines[start].chunks])) < LEAST_KNOWN:
        return None
    for depth in range(1, HEADER_LINES + 1):
        block = lines[start : start + depth]
        if len(block) < depth or any(number_key(line.chunks[0].text.split()[0]) for line in block):
            break
        spans, texts = stacked(block)
        roles = roles_of(texts)
        is_plan = len(spans) >= LEAST_COLUMNS and columns_of(list(texts)).is_plan
        if is_plan and roles >= before and known(plain_row(list(texts))) >= LEAST_COLUMNS:
            best, before = (start + depth, spans, texts), roles
        elif best is not None and len(spans) < len(best[1]):
            break
    return best


def roles_of(texts: Sequence[str]) -> int:
    """How many headings are columns of a plan."""
    columns = columns_of(list(texts))
    return len(columns.measures) + len(columns.deadlines) + len(columns.parties) + (columns.number is not None)


def stacked(lines: list[Line]) -> tuple[tuple[tuple[float, float], ...], tuple[str, ...]]:
    """Chunks of several lines that stand above each other as one heading each."""
    columns: list[tuple[float, float, list[str]]] = []
    for line in lines:
        for chunk in line.chunks:
            over = [column for column in columns if column[0] < chunk.right and chunk.left < column[1]]
            texts = [text for column in over for text in column[2]] + [chunk.text]
            left, right = min([chunk.left, *(one[0] for one in over)]), max([chunk.right, *(one[1] for one in over)])
            columns = [column for column in columns if column not in over] + [(left, right, texts)]
    columns.sort(key=lambda column: column[0])
    return tuple((left, right) for left, right, _ in columns), tuple(one_line(" ".join(texts)) for _, _, texts in columns)


def borders_of(header: Header, chunks: Sequence[Chunk]) -> list[float]:
    """Between the middles of two headings: the place that the fewest chunks cover, in the middle of the widest such gap."""
    borders = []
    for (left, right), (next_left, next_right) in pairwise(header.spans):
        start, end = (left + right) / 2, (next_left + next_right) / 2
        spans = [(chunk.left, chunk.right) for chunk in chunks] + [(left, right), (next_left, next_right)]
        borders.append(thinnest([span for span in spans if span[0] < end and span[1] > start], start, end))
    return borders


def thinnest(spans: list[tuple[float, float]], start: float, end: float) -> float:
    """Middle of the widest stretch from `start` to `end` that the fewest spans cover."""
    changes: dict[float, int] = {start: 0, end: 0}
    for left, right in spans:
        changes[max(left, start)] = changes.get(max(left, start), 0) + 1
        if right < end:
            changes[right] = changes.get(right, 0) - 1
    covered, stretches = 0, []
    for mark, following in pairwise(sorted(changes)):
        covered += changes[mark]
        stretches.append((covered, mark - following, (mark + following) / 2))
    return min(stretches)[2]


def edges_of(borders: list[float], chunks: Sequence[Chunk]) -> list[float]:
    """Where the texts right of each border usually begin."""
    edges = []
    for border, following in pairwise([*borders, float("inf")]):
        lefts = Counter(round(chunk.left) for chunk in chunks if border < chunk.left < following)
        edges += [float(left) for left, count in lefts.most_common(1) if count > 1]
    return edges


def at_edges(line: Line, edges: list[float]) -> Iterator[Chunk]:
    """The chunks of a line, cut also where a word begins exactly at the edge of a column: a long word may fill its cell."""
    for chunk in line.chunks:
        begun: list[Word] = []
        for word in chunk.words:
            if begun and any(abs(word.left - edge) <= NEAR_EDGE for edge in edges):
                yield Chunk(tuple(begun))
                begun = []
            begun.append(word)
        yield Chunk(tuple(begun))


def rows_of(sheet: Sheet, borders: list[float]) -> list[Row]:
    """Rows of one page."""
    if not sheet.lines:
        return []
    rows = []
    gapped = gapped_groups(sheet.lines, borders) if sheet.measured else None
    for group in ruled_groups(sheet) or gapped or numbered_groups(sheet.lines, borders):
        rows += split_wide(group, borders)
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
