"""«Что нового»: entries of the data file for a role, and which of them a person has not put away."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

FILE = Path(__file__).parents[1] / "news.toml"
MOST_ON_CARD = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the file; no roles means everybody."""

    number: int
    date: date
    roles: tuple[str, ...]
    words: tuple[str, str]
    words_en: tuple[str, str]
    link: str

    @property
    def title(self) -> str:
        """In the language of the page."""
        return (self.words_en if get_language() == "en" else self.words)[0]

    @property
    def text(self) -> str:
        """In the language of the page."""
        return (self.words_en if get_language() == "en" else self.words)[1]

    @property
    def url(self) -> str:
        """Where it can be seen."""
        return reverse(self.link)


@dataclass(frozen=True, slots=True)
class Card:
    """What «Сегодня» shows: the newest entries; `last` is put away with them, `more` stand on the page only."""

    entries: list[Entry]
    last: int
    more: int


@cache
def all_entries() -> tuple[Entry, ...]:
    """The file, read once, the newest first."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["entry"]
    entries = (
        Entry(
            row["number"],
            row["date"],
            tuple(row["roles"]),
            (row["title"], row["text"]),
            (row["title_en"], row["text_en"]),
            row["link"],
        )
        for row in rows
    )
    return tuple(sorted(entries, key=lambda entry: -entry.number))


def news_for(user: Any) -> list[Entry]:
    """All that concern the role for which the person acts now."""
    role = user.appointment.role if user.appointment else ""
    return [entry for entry in all_entries() if not entry.roles or role in entry.roles]


def news_card(user: Any) -> Card | None:
    """What the person has not put away; nothing to somebody who only helps out in the account. No query."""
    fresh = [entry for entry in news_for(user) if entry.number > user.news_seen]
    if not fresh or user.supported_by:
        return None
    return Card(fresh[:MOST_ON_CARD], fresh[0].number, len(fresh) - len(fresh[:MOST_ON_CARD]))
