"""Plans flattened from a PDF: the columns of a row have run together into words, lines are wrapped, pages are cut.

A number that may follow the one before begins a section or a measure. The words of a measure are cut where a deadline
phrase begins that is followed by responsible parties and nothing else (or the other way round, as the header says).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from planreader.clean import fold, one_line
from planreader.columns import (
    DEADLINE,
    END,
    MEASURE,
    MUNICIPAL_SIDE,
    NUMBER,
    PARTY,
    REMARK,
    RESULT,
    SCHOOL_SIDE,
    STAGE,
    START,
)  # fmt: skip
from planreader.deadlines import deadline_prefix, scan_deadlines
from planreader.flat_items import Item, Moved, begins_measure, items_of
from planreader.numbering import cut_number
from planreader.outline import RawMeasure, RawSection
from planreader.parties import party_prefix, scan_parties
from planreader.parties.lexicon import NAME
from planreader.rows import ROMAN_NUMBER

HEADER_WITHIN, HEADER_LINES, LONGEST_HEADER = 200, 14, 200  # lines from the top, lines, letters
MOST_WORDS = 1500  # a measure; longer ones are no measures, and every place in them is tried
RAN_TOGETHER = "Столбцы в файле слились, срок и исполнители определены приблизительно."
HEADING_WORDS = (NUMBER, STAGE, MEASURE, DEADLINE, START, END, PARTY, RESULT, REMARK, MUNICIPAL_SIDE, SCHOOL_SIDE)
MIXED = "Номер стоял посередине строки таблицы, слова её столбцов могли перемешаться: проверьте текст, срок и исполнителей."
NOT_CUT = "Столбцы в файле слились: срок и исполнителей отделить не удалось."


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header begins and ends, and what the columns behind the measure are."""

    start: int
    end: int
    parties_first: bool
    has_result: bool


def flattened_sections(lines: Sequence[str]) -> tuple[int, list[RawSection], list[str]]:
    """Where the header begins, the sections, and doubts in words; no sections when the lines hold no plan."""
    header = find_flat_header(lines)
    if header is None:
        return 0, [], []
    items, notes = items_of(lines[header.end :])
    sections: list[RawSection] = []
    for place, item in enumerate(items):
        following = items[place + 1].key if place + 1 < len(items) else ()
        if item.heading or (len(item.key) == 1 and len(following) > 1 and following[:1] == item.key):
            sections.append(section_of(item))
            continue
        if not sections:
            sections.append(RawSection("", ""))
        sections[-1].measures.append(cut_item(item, header))
    return header.start, sections, notes


def section_of(item: Item) -> RawSection:
    """A section; a term that ends its title is its own."""
    words = item.words
    for place in range(1, len(words)):
        if words[place][:1].isupper() and deadline_prefix(words[place:]) == len(words) - place:
            return RawSection(item.number, " ".join(words[:place]), " ".join(words[place:]))
    return RawSection(item.number, " ".join(words))


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
        if cut_number(text)[0] or ROMAN_NUMBER.match(text):
            return place if len(" ".join(lines[start:place])) <= LONGEST_HEADER else end
        if not text or len(text) > LONGEST_HEADER // 3:
            return end
        if begins_measure(text) and not any(pattern.search(fold(text)) for pattern in HEADING_WORDS):
            return place  # where the cells are centred, the first row begins above its number
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


def cut_item(item: Item, header: Header) -> RawMeasure:
    """Measure, deadline and parties of one item."""
    if len(item.words) > MOST_WORDS:
        return RawMeasure(item.number, " ".join(item.words), warnings=[NOT_CUT])
    exact = exact_cut(item.words, header)
    if exact is not None:
        text, deadline, parties, result = exact
        measure = RawMeasure(item.number, text, deadline, [(parties, None)] if parties else [], result)
    else:
        measure = rough_cut(item)
    mixed = item.moved is Moved.MIXED or (item.moved is Moved.WHOLE and (exact is None or has_parties(measure.text)))
    measure.warnings = [*item.warnings, *([MIXED] if mixed else []), *measure.warnings]
    return measure


def has_parties(text: str) -> bool:
    """Does a cell of responsible people begin inside a text?"""
    return any(found.start and found.text[:1].isupper() for found in scan_parties(text))


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
    # A cell begins with a capital more often than not.
    for place in sorted(range(1, len(words)), key=lambda place: not words[place][:1].isupper()):
        if party_prefix(words[place:]) == len(words) - place:
            text = " ".join(words[:place])
            warnings = [RAN_TOGETHER] if scan_deadlines(text) else []
            return RawMeasure(item.number, text, "", [(" ".join(words[place:]), None)], warnings=warnings)
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
