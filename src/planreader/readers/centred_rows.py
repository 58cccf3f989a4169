"""Rows of centred cells in a paper whose words have places: blank lines part them, else the balance of their lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from planreader.centred import balanced_starts, begins, doubt_about
from planreader.numbering import number_key
from planreader.readers.words import Line

BLANK_BETWEEN = 1.5  # of the height of a line


@dataclass(frozen=True, slots=True)
class Ruler:
    """The borders between the columns and the place of the column of measures."""

    borders: Sequence[float]
    measure: int

    def number(self, line: Line) -> str:
        """The number with which a line begins, "" for none."""
        first = line.chunks[0]
        word = first.text.split()[0]
        return word if first.left < self.borders[0] and number_key(word) else ""

    def text(self, line: Line) -> str:
        """What stands in the column of measures, a number that runs into it left out."""
        number = self.number(line)
        parts = [chunk.text for chunk in line.chunks if self.column((chunk.left + chunk.right) / 2) == self.measure]
        first = line.chunks[0]
        text = " ".join(parts) or (first.text if first.left < self.borders[0] < first.right else "")
        return text.removeprefix(number).strip()

    def column(self, place: float) -> int:
        """The column at a place."""
        return sum(border < place for border in self.borders)

    def says_more(self, line: Line) -> bool:
        """Does a line say anything beside the number and the measure?"""
        return any(self.column((chunk.left + chunk.right) / 2) not in (0, self.measure) for chunk in line.chunks)

    def goes_on(self, line: Line) -> bool:
        """Does a number stand beside the rest of a sentence, or beside nothing?"""
        return bool(self.number(line)) and not begins(self.text(line))

    def may_begin(self, line: Line) -> bool:
        """Can a row begin with this line: a sentence, or only another cell's text?"""
        text = self.text(line)
        return begins(text) if text else not line.text[:1].islower()


def is_centred(lines: Sequence[Line], ruler: Ruler) -> bool:
    """Does a number stand beside a line that goes on with a text above it, or does a text above the first number begin a
    row? Where numbers stand in the first line of their row, neither happens."""
    numbers = [ruler.number(line) for line in lines]
    for place in range(1, len(lines)):
        rest = ruler.goes_on(lines[place]) and not numbers[place - 1] and ruler.text(lines[place - 1])
        if rest and has_begun(lines[:place], numbers[:place], ruler):
            return True
        if numbers[place - 1] and not numbers[place] and is_heading_above(lines, numbers, place, ruler):
            return True
    return False


def has_begun(lines: Sequence[Line], numbers: Sequence[str], ruler: Ruler) -> bool:
    """Does a sentence begin in the lines behind the last number?"""
    last = max((place for place, number in enumerate(numbers) if number), default=-1)
    return any(begins(ruler.text(line)) for line in lines[last + 1 :])


def is_heading_above(lines: Sequence[Line], numbers: Sequence[str], place: int, ruler: Ruler) -> bool:
    """Is the line above a section, and does this line already begin the first measure of it?"""
    key = number_key(numbers[place - 1])
    following = next((number_key(number) for number in numbers[place:] if number), ())
    if len(following) <= len(key) or following[: len(key)] != key or ruler.says_more(lines[place - 1]):
        return False
    return ruler.says_more(lines[place]) and ruler.may_begin(lines[place])


def blocks_of(lines: Sequence[Line], ruler: Ruler) -> list[list[Line]] | None:
    """Rows parted by blank lines; None unless that gives every number its own row."""
    blocks: list[list[Line]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if line.top - before.top > (before.bottom - before.top) * BLANK_BETWEEN + 0.2:
            blocks.append([])
        blocks[-1].append(line)
    counts = [sum(bool(ruler.number(line)) for line in block) for block in blocks]
    whole = all(count <= 1 for count in counts) and counts.count(0) <= len(blocks) // 4
    return blocks if whole else None


def balanced_rows(lines: Sequence[Line], ruler: Ruler) -> list[list[Line]] | None:
    """Rows with as many lines above the number as below."""
    found = balanced_starts([bool(ruler.number(line)) for line in lines], [ruler.may_begin(line) for line in lines])
    return [list(lines[start:end]) for start, end in pairwise([*found, len(lines)])] if found else None


def doubt_about_rows(lines: Sequence[Line], ruler: Ruler) -> str:
    """The warning for rows that could not be told apart."""
    return doubt_about([number for line in lines if (number := ruler.number(line))])
