"""Entries of the main navigation. Apps register theirs; the shell shows a person those that the role needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `right` decides who sees it, `place` the order, `prefixes` which URL names it is current for."""

    place: int
    label: Any
    short_label: Any
    icon: str
    url_name: str
    right: str
    prefixes: tuple[str, ...]
    count: Callable[[Any], int] | None = None


_entries: list[Entry] = []


def register_entry(entry: Entry) -> None:
    """Add an entry; registering twice changes nothing."""
    if entry not in _entries:
        _entries.append(entry)


def entries() -> list[Entry]:
    """All entries in order."""
    return sorted(_entries, key=lambda entry: entry.place)
