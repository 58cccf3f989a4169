"""A phrase as tokens, and a cursor that productions move over them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from planreader.clean import fold
from planreader.deadlines.lexicon import ROMAN, month_number, ordinal_number

LONGEST_PHRASE = 2000  # characters; a cell longer than that is a story, not a deadline
TOKEN = re.compile(
    r"(?P<date>\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?!\d))"
    r"|(?P<daymonth>\d{1,2}\.\d{2}(?![\d]))"
    r"|(?P<number>\d{1,6}(?:-(?:ый|го|ой|ая|ое|му|й|я|е)(?![а-я]))?)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<dash>-+)|(?P<comma>,)|(?P<semi>;)|(?P<open>\()|(?P<close>\))|(?P<slash>/)|(?P<dot>[.:])|(?P<other>\S)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: kinds day (a full date), daymonth, year, number, roman, month, ordinal, word, and marks."""

    kind: str
    text: str
    value: int | date | tuple[int, int] | None
    start: int
    end: int


def tokenise(text: str) -> list[Token]:
    """Tokens of a one-line text; dots are dropped, offsets count in `text`."""
    folded = fold(text)
    found = [token_of(match) for match in TOKEN.finditer(folded)]
    return [token for token in found if token.kind != "dot"]


def token_of(match: "re.Match[str]") -> Token:
    """Classify one match."""
    kind, text = match.lastgroup or "other", match.group()
    value: int | date | tuple[int, int] | None = None
    if kind == "date":
        kind, value = full_date(text)
    elif kind == "daymonth":
        value = (int(text.split(".")[0]), int(text.split(".")[1]))
    elif kind == "number":
        value = int(text.split("-")[0])
        kind = "year" if 1990 <= value <= 2099 and "-" not in text else "number"
    elif kind == "word":
        kind, value = word_kind(text)
    return Token(kind, text, value, match.start(), match.end())


def full_date(text: str) -> tuple[str, date | None]:
    """A written-out date; one that no calendar knows is of the kind «impossible»."""
    day, month, year = (int(part) for part in re.split(r"[./]", text))
    try:
        return "day", date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return "impossible", None


def word_kind(word: str) -> tuple[str, int | None]:
    """Month, Roman number, ordinal or plain word."""
    for kind, number in (("month", month_number(word)), ("roman", ROMAN.get(word)), ("ordinal", ordinal_number(word))):
        if number is not None:
            return kind, number
    return "word", None


class Cursor:
    """Moves over tokens. Productions take what fits or leave the cursor where it was."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.place = 0

    @property
    def ended(self) -> bool:
        """Nothing is left."""
        return self.place >= len(self.tokens)

    def peek(self, ahead: int = 0) -> Token | None:
        """The token at the cursor, or further on."""
        place = self.place + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def take(self, *kinds: str) -> Token | None:
        """Move past a token of one of these kinds."""
        token = self.peek()
        if token is None or token.kind not in kinds:
            return None
        self.place += 1
        return token

    def word(self, words: Collection[str]) -> str | None:
        """Move past one of these words."""
        token = self.peek()
        if token is None or token.text not in words:
            return None
        self.place += 1
        return token.text

    def words(self, *sequence: Collection[str]) -> bool:
        """Move past a sequence of words, or past none of it."""
        mark = self.place
        for choice in sequence:
            if self.word(choice) is None:
                self.place = mark
                return False
        return True

    def number(self, *kinds: str) -> int | None:
        """Move past a token whose value is a whole number."""
        token = self.take(*kinds)
        return token.value if token is not None and isinstance(token.value, int) else None
