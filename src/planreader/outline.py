"""Lines of a plan gathered to sections and measures, still as printed words."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from planreader.clean import fold, one_line
from planreader.model import Scope
from planreader.numbering import cut_number, is_roman, number_key
from planreader.rows import Line

HEADING_WORDS = ("раздел", "этап", "направление", "блок")


@dataclass(slots=True)
class RawMeasure:
    """Printed words of one measure. `parties` are (text with line breaks, side of the column)."""

    number: str
    text: str
    deadline: str = ""
    parties: list[tuple[str, Scope | None]] = field(default_factory=list)
    result: str = ""
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RawSection:
    """Printed words of one section."""

    number: str
    title: str
    deadline: str = ""
    measures: list[RawMeasure] = field(default_factory=list)


def numbered_sections(lines: Sequence[Line]) -> list[RawSection]:
    """Plans whose sections and measures are told apart by their numbers and by what their rows hold."""
    sections: list[RawSection] = []
    for place, line in enumerate(lines):
        if is_section(line, lines[place + 1 :]):
            sections.append(RawSection(line.number, line.text or line.number, line.deadline))
        elif goes_on(line, sections):
            go_on(sections[-1].measures[-1], line)
        else:
            if not sections:
                sections.append(RawSection("", ""))
            sections[-1].measures.append(measure_of(line))
    return sections


def is_section(line: Line, rest: Sequence[Line]) -> bool:
    """A row that heads others: over the whole width, Roman, «Раздел …», or numbered «2.» before «2.1»."""
    if line.parties or line.result:
        return False
    if line.wide or is_roman(line.number) or (line.alone and line.text and fold(line.text).startswith(HEADING_WORDS)):
        return True
    if line.key:
        following = next((after.key for after in rest if after.key), ())
        return following[: len(line.key)] == line.key != following or (line.alone and heads(line, rest))
    return line.alone and not line.number and line.text[:1].isupper() and bool(rest)


def heads(line: Line, rest: Sequence[Line]) -> bool:
    """A numbered row with nothing but a text before rows that have terms, and no number or count anew."""
    if not rest or rest[0].alone or not rest[0].text or len(line.key) > 1:
        return False
    return not rest[0].key or (len(rest[0].key) == 1 and rest[0].key <= line.key)


def goes_on(line: Line, sections: list[RawSection]) -> bool:
    """A row without a number that a page break cut from the one above."""
    if line.number or not sections or not sections[-1].measures:
        return False
    above = sections[-1].measures[-1]
    if not line.text:
        return True
    return line.text[:1].islower() or (not line.deadline and not line.parties and above.text[-1:] not in ".;")


def go_on(measure: RawMeasure, line: Line) -> None:
    """Add the words of a cut row, or the further terms and parties under a merged measure."""
    measure.text = one_line(f"{measure.text} {line.text}")
    measure.result = one_line(f"{measure.result} {line.result}")
    if line.more:
        measure.deadline = ", ".join(term for term in (measure.deadline, line.deadline) if term)
        measure.parties += line.parties
        return
    measure.deadline = one_line(f"{measure.deadline} {line.deadline}")
    for text, side in line.parties:
        same = next((place for place, before in enumerate(measure.parties) if before[1] == side), None)
        if same is None:
            measure.parties.append((text, side))
        else:
            measure.parties[same] = (f"{measure.parties[same][0]}\n{text}", side)


def measure_of(line: Line) -> RawMeasure:
    """A measure; a number printed inside the text instead of its own column is taken out."""
    number, text = line.number, line.text
    if not number:
        number, text = cut_number(text)
    elif not number_key(number):
        before, after = cut_number(number)
        number, text = (before, one_line(f"{after} {text}")) if before else ("", one_line(f"{number} {text}"))
    return RawMeasure(number, text, line.deadline, list(line.parties), line.result, list(line.notes))


def staged_sections(lines: Sequence[Line]) -> list[RawSection]:
    """Plans by stages: the number stands at the stage, several measures follow it."""
    sections: list[RawSection] = []
    for line in lines:
        if line.wide:
            sections.append(RawSection(line.number, line.text))
            continue
        if line.stage:
            sections.append(RawSection(line.number, line.stage))
        if not (line.text or line.deadline or line.parties):
            continue
        if not sections:
            sections.append(RawSection("", ""))
        if not line.stage and goes_on(line, sections) and not line.deadline:
            go_on(sections[-1].measures[-1], line)
            continue
        own = replace(line, number="" if line.stage else line.number, text=line.text or line.stage)
        sections[-1].measures.append(measure_of(own))
    return [section for section in sections if section.measures or section.title]
