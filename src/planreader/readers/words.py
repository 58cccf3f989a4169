"""Words with their places, gathered to lines and to chunks that stand together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise


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
