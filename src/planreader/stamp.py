"""What stands before the table: the stamp «УТВЕРЖДАЮ», the title, and a line that states the period."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from planreader.clean import fold, one_line
from planreader.deadlines import find_day
from planreader.model import Approval, Span
from planreader.parties.lexicon import NAME

APPROVE = re.compile(r"^\W*утвержд(?:аю|ен[аоы]?)\b\W*")
ENDORSE = re.compile(r"^\W*(?:согласован|принят|рассмотрен)")
TITLE = re.compile(r"дорожн\w* карт|\bплан\b|план-график|комплекс\w* мер|сетев\w* график|мероприяти\w* по")
HEAD = re.compile(
    r"^\W*(?:(?:муниципальн|региональн|комплексн|сводн|примерн|единый|годов)\w* )?\W*"
    r"(?:дорожная карта|план(?:-график)?\b|комплекс мер|сетевой график|перечень мероприятий)"
)
SIGNATURE = re.compile(r"электронн\w* (?:цифров\w* )?подпис|^(?:сертификат|владелец|действител\w*)\b")
BLANK = re.compile(r"_{2,}")
UNDATED = re.compile(r"^\W*(?:\d{2,4}\W*)?(?:г|года?)?\W*$")
PERIOD = re.compile(r"^\W*период (?:плана|реализации)\W*(?P<start>\d\d\.\d\d\.\d{4})\s*[-–—]\s*(?P<end>\d\d\.\d\d\.\d{4})\W*$")
MOST_STAMP_LINES = 9


@dataclass(frozen=True, slots=True)
class Intro:
    """`period` only where a line of its own states it; the title may state another way."""

    title: str
    approval: Approval | None
    period: Span | None


def read_intro(lines: Sequence[str]) -> Intro:
    """Title, approval and period from the lines before the table."""
    period, clean = cut_period([one_line(line) for line in lines])
    stamp = next((place for place, line in enumerate(clean) if APPROVE.match(fold(line))), None)
    title = title_start(clean, stamp)
    approval = read_stamp(clean[stamp:title]) if stamp is not None else None
    return Intro(" ".join(line for line in clean[title:] if line), approval, period)


def cut_period(lines: list[str]) -> tuple[Span | None, list[str]]:
    """«Период плана: 01.09.2026 – 31.08.2027», and the lines without it."""
    for place, line in enumerate(lines):
        stated = PERIOD.match(fold(line))
        start, end = (find_day(stated["start"]), find_day(stated["end"])) if stated else (None, None)
        if start and end and start <= end:
            return Span(start, end), [*lines[:place], *lines[place + 1 :]]
    return None, lines


def title_start(lines: list[str], stamp: int | None) -> int:
    """The line with which the title begins: the first that names the kind of paper, else what follows the stamp."""
    named = [
        place
        for place, line in enumerate(lines)
        if TITLE.search(fold(line)) and not APPROVE.match(fold(line)) and not ENDORSE.match(fold(line))
    ]
    headed = [place for place, line in enumerate(lines) if HEAD.match(fold(line))]
    if headed:
        # An order may stand above and name the plan in its sentences: the title is the last line that begins with its name.
        place = headed[-1]
        while (above := line_above(lines, place)) in headed:
            place = above
        return place
    if named:
        place = named[0]
        while place > 0 and lines[place - 1] and begins_title(lines[place - 1]) and stamp is None:
            place -= 1
        return place
    return len(lines) if stamp is not None else 0


def line_above(lines: list[str], place: int) -> int:
    """The place of the line above that is not blank, -1 for none."""
    return next((above for above in range(place - 1, -1, -1) if lines[above]), -1)


def begins_title(line: str) -> bool:
    """A line above that belongs to the title («Муниципальная» over «дорожная карта»)."""
    return not NAME.search(line) and not APPROVE.match(fold(line)) and not ENDORSE.match(fold(line))


def read_stamp(lines: Sequence[str]) -> Approval | None:
    """Post, name and date of the stamp; blanks for signatures are left out."""
    words = [one_line(BLANK.sub(" ", line)) for line in lines[:MOST_STAMP_LINES] if not SIGNATURE.search(fold(line))]
    words[0] = one_line(words[0][len(APPROVE.match(fold(words[0])).group()) :]) if APPROVE.match(fold(words[0])) else words[0]  # type: ignore[union-attr]
    day = next((found for found in (find_day(line) for line in words) if found), None)
    kept = [line for line in words if line and not find_day(line) and not UNDATED.match(fold(line))]
    name = next((match.group() for match in map(NAME.search, kept) if match), "")
    post = one_line(" ".join(line.replace(name, "") if name else line for line in kept)).strip(" ,;/")
    return Approval(post, one_line(name), day) if post or name else None
