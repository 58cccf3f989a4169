"""Text of papers made readable: white space, invisible characters, Latin letters inside Cyrillic words."""

import re

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
SPACES = re.compile(r"\s+")
BOLD = re.compile(r"\*\*|__")
DASHES = "‐‑‒–—―−"
LOOK_ALIKES = str.maketrans("abcehkmoptxyABCEHKMOPTXY", "авсенкмортхуАВСЕНКМОРТХУ")
WORD = re.compile(r"[^\W\d_]+")
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
PLAIN = str.maketrans({**dict.fromkeys(DASHES, "-"), "ё": "е", "Ё": "Е", "«": '"', "»": '"', "“": '"', "”": '"', "„": '"'})


def one_line(text: str) -> str:
    """The text on one line: every run of white space is one space, invisible characters and bold marks are gone."""
    return SPACES.sub(" ", BOLD.sub("", text.translate(INVISIBLE))).strip()


def fold(text: str) -> str:
    """A form for comparison of the same length as `text`: lower case, е for ё, one kind of dash, Cyrillic letters for the
    Latin ones that look alike inside Cyrillic words (a common trace of scanning)."""
    mended = WORD.sub(lambda match: cyrillic_word(match.group()), text.translate(PLAIN))
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in mended)


def cyrillic_word(word: str) -> str:
    """The word with look-alikes replaced, if it has any Cyrillic letter at all (Roman numbers have none)."""
    return word.translate(LOOK_ALIKES) if CYRILLIC.search(word) else word
