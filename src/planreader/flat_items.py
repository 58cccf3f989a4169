"""The numbered items of a plan whose columns have run together: which line begins one, which goes on with it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from planreader.centred import balanced_starts, begins, doubt_about
from planreader.clean import one_line
from planreader.deadlines import deadline_prefix, scan_deadlines
from planreader.numbering import cut_number, follows, is_page_number, number_key
from planreader.parties import party_prefix
from planreader.rows import ROMAN_NUMBER

WRAPPED = re.compile(r"[^\W\d_]-$")
DOTTED = re.compile(r"[1-9]\d?(?:\.[1-9]\d?)+\.?")
LONGEST_QUOTE, LONGEST_GAP = 80, 9
BEFORE_FIRST = "Текст перед первым номером плана не прочитан: «{text}»."
NUMBER_INSIDE = "Внутри текста стоит номер {number}: возможно, с него начинается другое мероприятие."


class Moved(Enum):
    """Did the number stand below the beginning of its row, and may the words of its columns stand among each other then?"""

    NOT = "not"
    WHOLE = "whole"
    MIXED = "mixed"


@dataclass(slots=True)
class Item:
    """A number and the words behind it. `heading` marks a Roman one, `moved` says where its number stood."""

    number: str
    words: list[str]
    heading: bool = False
    moved: Moved = Moved.NOT
    warnings: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[int, ...]:
        """The number as a key."""
        return number_key(self.number)


@dataclass(frozen=True, slots=True)
class FlatLine:
    """A line that is not blank. `parted`: a blank one stands above; `heading`, `moved` as with the item."""

    number: str
    text: str
    parted: bool = False
    heading: bool = False
    moved: Moved = Moved.NOT


def items_of(lines: Sequence[str]) -> tuple[list[Item], list[str]]:
    """Numbered items, and doubts about where they begin. A number that cannot follow the one before is part of the text (a
    year, a date)."""
    found = list(flat_lines(lines))
    notes = []
    if is_centred(found):
        rows = rows_of(found)
        if rows is None:
            notes.append(doubt_about([line.number for line in found if line.number]))
        else:
            found = [line for row in rows for line in number_first(row)]
    items: list[Item] = []
    early = []
    for line in found:
        if line.number:
            items.append(Item(line.number, line.text.split(), line.heading, line.moved))
        elif items:
            go_on(items[-1], line.text)
        else:
            early.append(line.text)
    if early:
        notes.append(BEFORE_FIRST.format(text=shortened(" ".join(early))))
    return items, notes


def shortened(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rsplit(' ', 1)[0]}…"


def flat_lines(lines: Sequence[str]) -> Iterator[FlatLine]:
    """The lines that say something, with the numbers that can follow each other."""
    texts = [one_line(line) for line in lines]
    heads = section_lines(texts)
    before: tuple[int, ...] = ()
    romans, parted, anew = 0, False, False
    for place, text in enumerate(texts):
        number, rest = cut_number(text)
        key = number_key(number) if number else ()
        roman = ROMAN_NUMBER.match(text)
        if roman and number_key(roman.group(1)) == (romans + 1,):
            romans, anew = romans + 1, True
            yield FlatLine(roman.group(1), text[roman.end() :], parted, heading=True)
        elif (
            key
            and (heads is None or len(key) > 1 or place in heads)
            and (
                follows(key, before)
                or (anew and follows(key, ()))
                or (not before and heads is not None and place in heads)
                or is_odd_number(number, rest, before)
            )
        ):
            before, anew = key, False
            yield FlatLine(number, rest, parted)
        elif text and not is_page_number(text):
            yield FlatLine("", text, parted)
        parted = not text


def is_odd_number(number: str, rest: str, before: tuple[int, ...]) -> bool:
    """The number before once more, or one behind a longer gap: only where a sentence begins behind it."""
    key = number_key(number)
    same = before[: len(key) - 1] == key[:-1] and len(before) >= len(key) - 1
    if not (same and DOTTED.fullmatch(number) and begins_measure(rest)):
        return False
    last = before[len(key) - 1] if len(before) >= len(key) else 0
    return last <= key[-1] <= last + LONGEST_GAP


def section_lines(texts: Sequence[str]) -> set[int] | None:
    """In a plan with numbers of two levels: the lines that «2.» heads because «2.1» comes next; a wrapped line may begin
    with a number too («5 классов»). None for a plan with numbers of one level."""
    numbers = [(place, cut_number(text)[0]) for place, text in enumerate(texts)]
    keyed = [(place, number, number_key(number)) for place, number in numbers if number]
    if not any(len(key) > 1 for _, _, key in keyed):
        return None
    heads = []
    for order, (place, number, key) in enumerate(keyed):
        following = next((after for _, _, after in keyed[order + 1 :] if len(after) > 1), ())
        if len(key) == 1 and following[:1] == key:
            heads.append((place, number))
    dotted = any(number.endswith(".") for _, number in heads)
    return {place for place, number in heads if number.endswith(".") or not dotted}


def is_centred(lines: Sequence[FlatLine]) -> bool:
    """Does a number stand beside the rest of a sentence, below a line that begins one?"""
    begun = False
    for line in lines:
        if line.number:
            if begun and not begins_measure(line.text):
                return True
            begun = False
        else:
            # A term would end the row above: that number has its row's first line beside it.
            begun = (begun or begins_measure(line.text)) and not scan_deadlines(line.text)
    return False


def begins_measure(text: str) -> bool:
    """A sentence that is neither a term nor responsible people."""
    return begins(text) and not deadline_prefix(text.split()) and not party_prefix(text.split())


def may_begin(line: FlatLine) -> bool:
    """Can a row begin with this line? Beside a number a term alone is what stands in the middle."""
    return begins_measure(line.text) if line.number else begins(line.text)


def rows_of(lines: Sequence[FlatLine]) -> list[list[FlatLine]] | None:
    """Rows parted by blank lines, else balanced around their numbers; None where neither gives each number its row."""
    starts = [place for place, line in enumerate(lines) if line.parted or place == 0]
    blocks = [list(lines[start:end]) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    counts = [sum(bool(line.number) for line in block) for block in blocks]
    if all(count == 1 for count in counts):
        return blocks
    found = balanced_starts([bool(line.number) for line in lines], [may_begin(line) for line in lines])
    return [list(lines[start:end]) for start, end in zip(found, [*found[1:], len(lines)], strict=True)] if found else None


def number_first(row: list[FlatLine]) -> list[FlatLine]:
    """The row with its number at the beginning; a line of nothing but a term and responsible people stands at the end."""
    place = next(place for place, line in enumerate(row) if line.number)
    if place == 0:
        return row
    numbered = row[place]
    others, rest = [*row[:place], *row[place + 1 :]], replace(numbered, number="")
    cells = is_cells(rest.text)
    moved = Moved.WHOLE if cells or place == len(row) - 1 else Moved.MIXED
    if rest.text:
        others.insert(len(others) if cells else place, rest)
    return [replace(others[0], number=numbered.number, moved=moved), *others[1:]]


def is_cells(text: str) -> bool:
    """A term and responsible people in either order, and nothing else."""
    words = text.split()
    for first, second in ((deadline_prefix, party_prefix), (party_prefix, deadline_prefix)):
        length = first(words)
        if length and length + second(words[length:]) == len(words):
            return True
    return False


def go_on(item: Item, text: str) -> None:
    """One more line of an item; a number in front of it may be that of another measure."""
    number, rest = cut_number(text)
    if DOTTED.fullmatch(number) and begins(rest):
        item.warnings.append(NUMBER_INSIDE.format(number=number.rstrip(".")))
    add_words(item.words, text.split())


def add_words(words: list[str], more: list[str]) -> None:
    """Words of the next line; a word wrapped at its hyphen is whole again."""
    if words and WRAPPED.search(words[-1]) and more[0][:1].islower():
        words[-1] += more.pop(0)
    words.extend(more)
