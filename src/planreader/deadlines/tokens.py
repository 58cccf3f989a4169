"""A phrase as tokens: days, years, months, numbers, words and marks, with their places in the text."""

import re
from dataclasses import dataclass
from datetime import date

from planreader.clean import fold
from planreader.deadlines.lexicon import ROMAN, month_number, ordinal_number

LONGEST_PHRASE = 2000  # characters; a cell longer than that is a story, not a deadline
TOKEN = re.compile(
    r"(?P<date>\d{1,2} ?[./] ?\d{1,2} ?[./] ?(?:\d{4}|\d{2})(?!\d)|\d{1,2}-\d{1,2}-\d{4}(?!\d))"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}(?!\d))"
    r"|(?P<monthyear>(?:0[1-9]|1[0-2])[./](?:19|20)\d{2}(?!\d))"
    r"|(?P<daymonth>\d{1,2}\.\d{2}(?!\d))"
    r"|(?P<number>\d{1,6}(?:-(?:ый|го|ой|ая|ое|му|ую|ом|ех|х|й|я|е)(?![а-я]))?)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<dash>-+)|(?P<comma>,)|(?P<semi>;)|(?P<open>\()|(?P<close>\))|(?P<slash>/)|(?P<dot>[.:])|(?P<quote>\")|(?P<other>\S)"
)
ROMAN_LETTERS = str.maketrans("іхl", "ixi")
QUOTED_NUMBER = ("quote", "number", "quote")


@dataclass(frozen=True, slots=True)
class Token:
    """One token. Kinds: date, monthyear, daymonth, year, number, roman, ordinal, month, word, impossible (a day that no
    calendar has), and marks: dash, comma, semi, open, close, slash, quote, other."""

    kind: str
    text: str
    value: int | date | tuple[int, int] | None
    start: int
    end: int


class Tokens(list[Token]):
    """The tokens of one text, with what productions have already found at their places."""

    def __init__(self, tokens: list[Token]) -> None:
        super().__init__(tokens)
        self.known: dict[tuple[int, int], dict[int, object]] = {}


def tokenise(text: str) -> Tokens:
    """Tokens of a one-line text; dots are dropped, as are quotation marks around a day («15» октября); offsets count in
    `text`."""
    found = [token_of(match) for match in TOKEN.finditer(fold(text))]
    found = [token for token in found if token.kind != "dot"]
    marks: set[int] = set()
    for place in range(1, len(found) - 1):
        if tuple(token.kind for token in found[place - 1 : place + 2]) == QUOTED_NUMBER:
            marks.update((place - 1, place + 1))
    return Tokens([token for place, token in enumerate(found) if place not in marks])


def token_of(match: "re.Match[str]") -> Token:
    """Classify one match."""
    kind, text = match.lastgroup or "other", match.group()
    value: int | date | tuple[int, int] | None = None
    if kind in ("date", "iso"):
        kind, value = full_date(text, year_first=kind == "iso")
    elif kind in ("daymonth", "monthyear"):
        first, second = re.split(r"[./]", text)
        value = (int(first), int(second))
    elif kind == "number":
        value = int(text.split("-")[0])
        kind = "year" if 1990 <= value <= 2099 and "-" not in text else "number"
    elif kind == "word":
        kind, value = word_kind(text)
    return Token(kind, text, value, match.start(), match.end())


def full_date(text: str, *, year_first: bool = False) -> tuple[str, date | None]:
    """A written-out date; one that no calendar knows is of the kind «impossible»."""
    parts = [int(part) for part in re.split(r"[./-]", text)]
    day, month, year = reversed(parts) if year_first else parts
    try:
        return "date", date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return "impossible", None


def word_kind(word: str) -> tuple[str, int | None]:
    """Month, Roman number (also of Cyrillic look-alikes), ordinal or plain word."""
    roman = ROMAN.get(word.translate(ROMAN_LETTERS))
    for kind, number in (("month", month_number(word)), ("roman", roman), ("ordinal", ordinal_number(word))):
        if number is not None:
            return kind, number
    return "word", None
