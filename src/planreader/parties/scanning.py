"""Parties inside running text."""

from collections.abc import Sequence

from planreader.clean import fold, one_line
from planreader.deadlines.scanning import Found
from planreader.parties.lexicon import HEADS, INSIDE, NAME
from planreader.parties.reading import rule_of

MOST_WORDS = 40
DANGLING = frozenset("по в и на за с со от для при / - –".split())


def party_prefix(words: Sequence[str]) -> int:
    """How many of the leading words name responsible parties, as far as that goes on; 0 if they begin with none."""
    if not words or not HEADS.fullmatch(bare(words[0])):
        return 0
    count = 0
    while count < min(len(words), MOST_WORDS):
        step = name_length(words[count:]) or bool(INSIDE.fullmatch(bare(words[count])) or words[count] in {",", ";"})
        if not step:
            break
        count += int(step)
    while count and (bare(words[count - 1]) in DANGLING):
        count -= 1
    return count if count and rule_of(" ".join(words[:count])) else 0


def name_length(words: Sequence[str]) -> int:
    """Words that make up a person's name at the beginning («Калачева Е. А.»)."""
    for length in (3, 2):
        text = " ".join(words[:length])
        match = NAME.match(text)
        if len(words) >= length and match and match.end() >= len(text.rstrip(",;")):
            return length
    return 0


def bare(word: str) -> str:
    """A folded word without the marks around it."""
    return fold(word).strip('()[]".,;:«»') or word


def scan_parties(text: str) -> list[Found]:
    """All stretches that name parties, left to right."""
    words, found, offset, place = one_line(text).split(" "), [], 0, 0
    while place < len(words):
        length = party_prefix(words[place:])
        if length:
            printed = " ".join(words[place : place + length])
            found.append(Found(offset, offset + len(printed), printed))
        step = length or 1
        offset += sum(len(word) + 1 for word in words[place : place + step])
        place += step
    return found
