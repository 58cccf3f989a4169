"""Text of papers made readable: white space, invisible characters, Latin letters inside Cyrillic words."""

import re
import unicodedata

INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]|\u00ad[ \t]*\r?\n?[ \t]*")
BOLD = re.compile(r"\*\*")
# A hyphen that touches its word and ends the line holds a compound together: «программно-» / «методических».
WRAPPED_HYPHEN = re.compile(r"(?<=[^\W_])([-‐‑])[ \t]*\r?\n\s*(?=[^\W_])")
SPACES = re.compile(r"\s+")
DASHES = "‐‑‒–—―−"
LOOK_ALIKES = str.maketrans("abcehkmoptxyABCEHKMOPTXY", "авсенкмортхуАВСЕНКМОРТХУ")
WORD = re.compile(r"[^\W\d_]+")
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
# A word of look-alikes only («OO», «c») is a Cyrillic one when its neighbours are; Roman numbers hold other letters as well.
DISGUISED = re.compile(r"[aceopxyABCEHKMOPTXY]+")
ROMAN_TEN = frozenset("xX")
PLAIN = str.maketrans({**dict.fromkeys(DASHES, "-"), "ё": "е", "Ё": "Е", "«": '"', "»": '"', "“": '"', "”": '"', "„": '"'})


def one_line(text: str) -> str:
    """The text on one line: every run of white space is one space, letters are composed, invisible characters and bold
    marks are gone, a compound that was wrapped at its hyphen is whole again. No word is added or lost."""
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    return SPACES.sub(" ", WRAPPED_HYPHEN.sub(r"\1", BOLD.sub("", text))).strip()


def fold(text: str) -> str:
    """A form for comparison of the same length as `text`: lower case, е for ё, one kind of dash, Cyrillic letters for the
    Latin ones that look alike inside Cyrillic words (a common trace of scanning)."""
    plain = text.translate(PLAIN)
    cyrillic = CYRILLIC.search(plain) is not None
    mended = WORD.sub(lambda match: cyrillic_word(match.group(), among_cyrillic=cyrillic), plain)
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in mended)


def cyrillic_word(word: str, *, among_cyrillic: bool = False) -> str:
    """The word with look-alikes replaced, if it has a Cyrillic letter or could be wholly Cyrillic among Cyrillic words."""
    disguised = among_cyrillic and DISGUISED.fullmatch(word) and not ROMAN_TEN.issuperset(word)
    return word.translate(LOOK_ALIKES) if disguised or CYRILLIC.search(word) else word
