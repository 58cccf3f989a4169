"""Deadlines inside running text: plans flattened from PDF, where the columns have run together."""

from collections.abc import Sequence
from dataclasses import dataclass

from planreader.clean import one_line
from planreader.deadlines.phrases import read_meaning
from planreader.deadlines.tokens import Cursor, tokenise
from planreader.model import DeadlineKind

# Long enough for a list of ten Decembers, short enough to keep scanning linear.
MOST_WORDS = 48


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a one-line text: offsets and the printed words."""

    start: int
    end: int
    text: str


def deadline_prefix(words: Sequence[str]) -> int:
    """How many of the leading words make up the longest deadline phrase; 0 if they begin none.

    Lines wrapped inside a cell are simply joined, so «Август - сентябрь», «2020» is one phrase.
    """
    words = words[:MOST_WORDS]
    text = " ".join(words)
    cursor = Cursor(tokenise(text))
    meaning = read_meaning(cursor, None)
    if meaning is None or cursor.place == 0:
        return 0
    end, count, position = cursor.tokens[cursor.place - 1].end, 0, 0
    for word in words:
        position += len(word)
        count += 1
        if position >= end:
            return count if text[end:position].strip('.,;:)»"') == "" else 0
        position += 1
    return count


def scan_deadlines(text: str) -> list[Found]:
    """All stretches that read as a deadline, left to right, none overlapping."""
    line = one_line(text)
    words, found, offset, place = line.split(" "), [], 0, 0
    while place < len(words):
        length = deadline_prefix(words[place:])
        if length:
            printed = " ".join(words[place : place + length])
            found.append(Found(offset, offset + len(printed), printed))
        step = length or 1
        offset += sum(len(word) + 1 for word in words[place : place + step])
        place += step
    return found


def is_deadline(text: str) -> bool:
    """Does the whole text read as one deadline (not as nothing, not as a riddle)?"""
    cursor = Cursor(tokenise(one_line(text)))
    meaning = read_meaning(cursor, None)
    return meaning is not None and cursor.ended and meaning.kind is not DeadlineKind.NONE
