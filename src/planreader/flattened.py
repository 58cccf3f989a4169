"""Plans flattened from a PDF: the columns of a row have run together into words, lines are wrapped, pages are cut.

A number that may follow the one before begins a section or a measure. The words of a measure are cut where a deadline
phrase begins that is followed by responsible parties and nothing else (or the other way round, as the header says).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from planreader.clean import fold, one_line
from planreader.columns import DEADLINE, MEASURE, NUMBER, PARTY, RESULT
from planreader.deadlines import deadline_prefix
from planreader.numbering import cut_number, follows, is_page_number, number_key
from planreader.outline import RawMeasure, RawSection
from planreader.parties import party_prefix
from planreader.parties.lexicon import NAME

HEADER_WITHIN, HEADER_LINES, LONGEST_HEADER = 200, 14, 200  # lines from the top, lines, letters
MOST_WORDS = 1500  # a measure; longer ones are no measures, and every place in them is tried
WRAPPED = re.compile(r"[^\W\d_]-$")
RAN_TOGETHER = "Столбцы в файле слились, срок и исполнители определены приблизительно."
NOT_CUT = "Столбцы в файле слились: срок и исполнителей отделить не удалось."


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header begins and ends, and what the columns behind the measure are."""

    start: int
    end: int
    parties_first: bool
    has_result: bool


@dataclass(slots=True)
class Item:
    """A number and the words behind it."""

    number: str
    words: list[str]

    @property
    def key(self) -> tuple[int, ...]:
        """The number as a key."""
        return number_key(self.number)


def flattened_sections(lines: Sequence[str]) -> tuple[int, list[RawSection]]:
    """Where the header begins, and the sections; no sections when the lines hold no plan."""
    header = find_flat_header(lines)
    if header is None:
        return 0, []
    items = items_of(lines[header.end :])
    sections: list[RawSection] = []
    for place, item in enumerate(items):
        following = items[place + 1].key if place + 1 < len(items) else ()
        if len(item.key) == 1 and len(following) > 1 and following[:1] == item.key:
            sections.append(RawSection(item.number, " ".join(item.words)))
            continue
        if not sections:
            sections.append(RawSection("", ""))
        sections[-1].measures.append(cut_item(item, header))
    return header.start, sections


def find_flat_header(lines: Sequence[str]) -> Header | None:
    """The headings of the columns, on one line or wrapped, each perhaps on lines of its own."""
    for place in range(min(len(lines), HEADER_WITHIN)):
        for depth in range(1, HEADER_LINES + 1):
            text = fold(one_line(" ".join(lines[place : place + depth])))
            if len(text) > LONGEST_HEADER or not (NUMBER.match(text) or MEASURE.match(text)):
                break
            when, who = DEADLINE.search(text), PARTY.search(text)
            if MEASURE.search(text) and when and who:
                end = header_end(lines, place, place + depth)
                whole = fold(one_line(" ".join(lines[place:end])))
                end = skip_column_numbers(lines, end)
                return Header(place, end, who.start() < when.start(), RESULT.search(whole) is not None)
    return None


def header_end(lines: Sequence[str], start: int, end: int) -> int:
    """Further headings below: short lines until the column numbers or the first item."""
    for place in range(end, min(end + HEADER_LINES, len(lines))):
        text = one_line(lines[place])
        if cut_number(text)[0]:
            return place if len(" ".join(lines[start:place])) <= LONGEST_HEADER else end
        if not text or len(text) > LONGEST_HEADER // 3:
            return end
    return end


def skip_column_numbers(lines: Sequence[str], place: int) -> int:
    """The line «1 2 3 4» below a header."""
    while place < len(lines) and (
        not lines[place].strip() or one_line(lines[place]).split() == ["1", "2", "3", "4", "5", "6"][: len(lines[place].split())]
    ):
        if lines[place].strip() and len(lines[place].split()) < 3:
            break
        place += 1
    return place


def items_of(lines: Sequence[str]) -> list[Item]:
    """Numbered items; a number that cannot follow the one before is part of the text (a year, a date)."""
    texts = [one_line(line) for line in lines]
    heads = section_lines(texts)
    items: list[Item] = []
    for place, text in enumerate(texts):
        number, rest = cut_number(text)
        key = number_key(number) if number else ()
        begins = key and follows(key, items[-1].key if items else ()) and (heads is None or len(key) > 1 or place in heads)
        if begins:
            items.append(Item(number, rest.split()))
        elif items and text and not is_page_number(text):
            add_words(items[-1].words, text.split())
    return items


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


def add_words(words: list[str], more: list[str]) -> None:
    """Words of the next line; a word wrapped at its hyphen is whole again."""
    if words and WRAPPED.search(words[-1]) and more[0][:1].islower():
        words[-1] += more.pop(0)
    words.extend(more)


def cut_item(item: Item, header: Header) -> RawMeasure:
    """Measure, deadline and parties of one item."""
    if len(item.words) > MOST_WORDS:
        return RawMeasure(item.number, " ".join(item.words), warnings=[NOT_CUT])
    exact = exact_cut(item.words, header)
    if exact is not None:
        text, deadline, parties, result = exact
        return RawMeasure(item.number, text, deadline, [(parties, None)] if parties else [], result)
    return rough_cut(item)


def exact_cut(words: list[str], header: Header) -> tuple[str, str, str, str] | None:
    """The first place from which the rest is a deadline and parties and nothing else."""
    places = list(range(1, len(words)))
    if header.parties_first:
        # «Назначение кураторов | Руководители ОО»: a cell begins with a capital more often than not.
        places.sort(key=lambda place: not words[place][:1].isupper())
    for place in places:
        first, second = (party_prefix, deadline_prefix) if header.parties_first else (deadline_prefix, party_prefix)
        length = 0 if is_end_of_text(words, place) else first(words[place:])
        if not length:
            continue
        middle = place + length
        last = second(words[middle:])
        if header.has_result and not header.parties_first:
            last = before_result(words[middle : middle + last])
        rest = words[middle + last :]
        if last and (not rest or header.has_result):
            one, two = " ".join(words[place:middle]), " ".join(words[middle : middle + last])
            deadline, parties = (two, one) if header.parties_first else (one, two)
            return " ".join(words[:place]), deadline, parties, " ".join(rest)
    return None


def before_result(words: list[str]) -> int:
    """How many of these words are parties and not yet the result: a cell begins with a capital, a party behind a comma not."""
    for place in range(1, len(words)):
        word, before = words[place], words[place - 1]
        if word[:1].isupper() and not word.isupper() and before[-1] not in ",;/-–" and not NAME.match(" ".join(words[place:])):
            named = NAME.search(" ".join(words[: place + 2]))
            if not (named and word in named.group()) and party_prefix(words[:place]) == place:
                return place
    return len(words)


def is_end_of_text(words: list[str], place: int) -> bool:
    """«… в классах 5 Сентябрь 2026»: before a capital a number is the end of the measure, no day."""
    return words[place].isdigit() and place + 1 < len(words) and words[place + 1][:1].isupper()


def rough_cut(item: Item) -> RawMeasure:
    """Without an exact cut: the last deadline phrase divides the words; only parties or only a deadline may stand there."""
    words = item.words
    for place in range(1, len(words)):
        if party_prefix(words[place:]) == len(words) - place:
            return RawMeasure(item.number, " ".join(words[:place]), "", [(" ".join(words[place:]), None)])
        if deadline_prefix(words[place:]) == len(words) - place:
            return RawMeasure(item.number, " ".join(words[:place]), " ".join(words[place:]))
    for place in reversed(range(1, len(words))):
        length = deadline_prefix(words[place:])
        before = place
        while length and before > 1 and deadline_prefix(words[before - 1 :]) == length + place - before + 1:
            before -= 1
        if length:
            rest = " ".join(words[place + length :])
            measure = RawMeasure(item.number, " ".join(words[:before]), " ".join(words[before : place + length]))
            measure.parties = [(rest, None)] if rest else []
            measure.warnings.append(RAN_TOGETHER)
            return measure
    return RawMeasure(item.number, " ".join(words), warnings=[NOT_CUT])
