"""Tables without vertical rules: columns and rows found by where the words stand.

A PDF printed without borders and a text that keeps its columns by spaces are the same thing here: words with places. The
header says how many columns there are; each border between two columns lies where the fewest lines cross it. Rows are cut at
horizontal rules, else at the wider gaps between lines, else where a number begins.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from planreader.centred import begins
from planreader.clean import one_line
from planreader.columns import columns_of, known
from planreader.numbering import is_page_number, number_key
from planreader.paper import Table, plain_row
from planreader.readers.centred_rows import Ruler
from planreader.readers.position_rows import rows_of
from planreader.readers.words import Chunk, Line, Sheet, Word

HEADER_LINES = 6  # a header is never wrapped over more
HEADER_WITHIN = 120  # lines from the top in which it is looked for
LEAST_COLUMNS = 3
NEAR_EDGE = 0.6
LEAST_KNOWN = 1  # headings that the first line of a header must show


@dataclass(frozen=True, slots=True)
class Header:
    """Lines `start` to `end` of the first page with a header; `borders` part the columns."""

    page: int
    start: int
    end: int
    spans: tuple[tuple[float, float], ...]
    texts: tuple[str, ...]


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
    table = Table([plain_row(list(header.texts))])
    ruler = Ruler(borders, measure=min(columns_of(list(header.texts)).measures, default=1))
    for body in bodies:
        lines = [Line(line.top, line.bottom, list(at_edges(line, edges))) for line in body.lines]
        rows, doubts = rows_of(replace(body, lines=lines), ruler)
        table.rows += rows
        table.notes += doubts
    return [before, table]


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
        return without_first_row(Header(page, start + near.index(best), *best), sheets[page].lines)
    return None


def without_first_row(header: Header, lines: list[Line]) -> Header:
    """The header without lines of the first row: where the cells are centred, they stand above its number and seem to add
    words to the headings. The rest of a sentence beside the number tells them."""
    while header.end < len(lines) and header.end - header.start > 1:
        spans, texts = stacked(lines[header.start : header.end - 1])
        borders = borders_of(header, [chunk for line in lines[header.end :] for chunk in line.chunks])
        ruler = Ruler(borders, measure=min(columns_of(list(header.texts)).measures, default=1))
        if len(spans) != len(header.spans) or not ruler.goes_on(lines[header.end]) or not begins(ruler.text(lines[header.end - 1])):
            break
        header = replace(header, end=header.end - 1, spans=spans, texts=texts)
    return header


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
