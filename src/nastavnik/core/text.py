"""Text made comparable: SQLite folds no Cyrillic case and both databases sort «ё» wrongly, so search and order use
columns filled by these functions."""

import re

SPACES = re.compile(r"[\s\u00a0\-\u2010-\u2015«»\"']+")
DIGITS = re.compile(r"\d+")


def search_form(*parts: str) -> str:
    """Lower-case, ё as е, quotes and dashes as single spaces."""
    return SPACES.sub(" ", " ".join(part for part in parts if part)).casefold().replace("ё", "е").strip()


def sort_form(text: str) -> str:
    """Like `search_form`, numbers padded so that «Школа № 2» stands before «Школа № 10»."""
    return DIGITS.sub(lambda match: match.group().rjust(6, "0"), search_form(text))[:200]
