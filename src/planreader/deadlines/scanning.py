"""Deadlines inside running text: plans flattened from PDF, where the columns have run together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planreader.clean import one_line
from planreader.deadlines.phrases import read_phrase
from planreader.deadlines.spans import first_day
from planreader.deadlines.tokens import Tokens, tokenise
from planreader.deadlines.units import unit

# Long enough for a list of ten Decembers, short enough to keep scanning linear.
MOST_WORDS = 48
CLOSING = '.,;:)»"'


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
    text = " ".join(words[:MOST_WORDS])
    end = end_of_phrase(text, tokenise(text), 0)
    return text[:end].count(" ") + 1 if end else 0


def end_of_phrase(text: str, tokens: Tokens, place: int) -> int:
    """Where the longest phrase at this token ends in the text, closing marks included; 0 when none begins or when it
    would end inside a word. A bare «1.10» is rather a number than a day."""
    found = read_phrase(tokens, place)
    if found is None or all(token.kind == "daymonth" for token in tokens[place : found[1]]):
        return 0
    end = tokens[found[1] - 1].end
    while end < len(text) and text[end] in CLOSING:
        end += 1
    return end if end == len(text) or text[end] == " " else 0


def scan_deadlines(text: str) -> list[Found]:
    """All stretches that read as a deadline, left to right, none overlapping; offsets count in the text on one line."""
    line = one_line(text)
    tokens, found, free = tokenise(line), [], 0
    for place, token in enumerate(tokens):
        if token.start < free or (token.start and line[token.start - 1] != " "):
            continue
        end = end_of_phrase(line, tokens, place)
        if end:
            found.append(Found(token.start, end, line[token.start : end]))
            free = end
    return found


def is_deadline(text: str) -> bool:
    """Does the whole text read as one deadline (not as nothing, not as a riddle)?"""
    tokens = tokenise(one_line(text))
    found = read_phrase(tokens)
    return found is not None and found[1] == len(tokens)


def find_day(text: str) -> date | None:
    """The first written-out day in a line: «01.04.2022», «05» сентября 2020 г."""
    tokens = tokenise(one_line(text))
    for place in range(len(tokens)):
        for found in unit(tokens, place).values():
            day = first_day(found)
            if day is not None:
                return day
    return None
