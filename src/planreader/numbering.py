"""Numbers of measures as papers print them."""

import re

from planreader.clean import fold
from planreader.deadlines.lexicon import ROMAN

NUMBER = re.compile(r"^(?:раздел|этап|глава)?\s*([ivx]{1,5}|\d{1,3}(?:\.\d{1,3}){0,3})\s*[.):]?$")
LEADING = re.compile(r"^\s*((?:\d{1,3}(?:\.\d{1,3}){1,3}|\d{1,2}|\d{3}(?=\.))\.?\)?)(?=\s|[А-ЯЁA-Z«])")


def number_key(text: str) -> tuple[int, ...]:
    """(2, 1) for «2.1» and «2.1.», (3,) for «III» and «Раздел 3»; () for what is no number."""
    match = NUMBER.match(fold(text.strip()))
    if not match:
        return ()
    printed = match.group(1)
    if printed in ROMAN:
        return (ROMAN[printed],)
    return tuple(int(part) for part in printed.split(".")) if printed[0].isdigit() else ()


def is_roman(text: str) -> bool:
    """«IV.» and «Раздел IV»."""
    match = NUMBER.match(fold(text.strip()))
    return match is not None and match.group(1) in ROMAN


def cut_number(text: str) -> tuple[str, str]:
    """A number at the beginning of a text, and the rest; ("", text) when there is none."""
    match = LEADING.match(text)
    return (match.group(1), text[match.end() :].strip()) if match else ("", text)


def follows(key: tuple[int, ...], before: tuple[int, ...]) -> bool:
    """Could `key` be the next number after `before`? Gaps of a few are common, jumps and steps back are not."""
    if not before:
        return len(key) <= 2 and key[0] <= 3
    if len(key) > len(before):
        return len(key) == len(before) + 1 and key[:-1] == before and 1 <= key[-1] <= 3
    same = before[: len(key)]
    return key[:-1] == same[:-1] and 0 < key[-1] - same[-1] <= 3


def is_page_number(text: str) -> bool:
    """A line that is only a small number, or «стр. 3»."""
    return (text.isdigit() and len(text) <= 3) or fold(text).startswith("стр.")
