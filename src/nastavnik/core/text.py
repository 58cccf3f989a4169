"""Text made comparable: SQLite folds no Cyrillic case and both databases sort «ё» wrongly, so search and order use
columns filled by these functions."""

import re
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_date

SPACES = re.compile(r"[\s\u00a0\-\u2010-\u2015«»\"']+")
DIGITS = re.compile(r"\d+")


def search_form(*parts: str) -> str:
    """Lower-case, ё as е, quotes and dashes as single spaces."""
    return SPACES.sub(" ", " ".join(part for part in parts if part)).casefold().replace("ё", "е").strip()


def sort_form(text: str) -> str:
    """Like `search_form`, numbers padded so that «Школа № 2» stands before «Школа № 10»."""
    return DIGITS.sub(lambda match: match.group().rjust(6, "0"), search_form(text))[:200]


def with_words(rows: Any, text: str, *columns: str) -> Any:
    """Rows in which every typed word occurs in one of the search columns."""
    for word in search_form(text).split():
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__contains": word})
        rows = rows.filter(found)
    return rows


def number_of(text: str | None) -> int | None:
    """A typed whole number of at most 18 digits, what a column of the database holds; nonsense counts as nothing."""
    typed = text or ""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 18 else None


def day_of(text: str | None) -> date | None:
    """A typed day; nonsense counts as nothing."""
    try:
        return parse_date(text or "")
    except ValueError:
        return None
