"""Keyset paging: the next page begins after the last row shown, found by an index, never by OFFSET or COUNT.

The order is a list of column names, each optionally with «-», ending in a unique one. The cursor in the URL is the
signed tuple of that row's values, so nobody can probe columns through it.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest

PAGE_SIZE = 50
SALT = "nastavnik.paging"


@dataclass(frozen=True)
class Page:
    """Rows of one screen; `next` and `previous` are cursors, empty at the ends."""

    rows: list[Any]
    next: str
    previous: str


def keyset_page(rows: QuerySet[Any], order: Sequence[str], request: HttpRequest, *, size: int = PAGE_SIZE) -> Page:
    """The page that `?after=` or `?before=` names; a broken cursor gives the first page. One query."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    position = read_cursor(after or before, len(order))
    backwards = bool(before and not after and position)
    columns = [flip(column) for column in order] if backwards else list(order)
    if position:
        rows = rows.filter(beyond(columns, position))
    found = list(rows.order_by(*columns)[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([], "", "")
    has_next = backwards or more
    has_previous = more if backwards else bool(position)
    return Page(
        found,
        write_cursor(found[-1], order) if has_next else "",
        write_cursor(found[0], order) if has_previous else "",
    )


def beyond(columns: Sequence[str], position: Sequence[Any]) -> Q:
    """Rows that stand after `position` in the order of `columns` (no column may be null)."""
    condition = Q()
    for index in reversed(range(len(columns))):
        name, value = columns[index].lstrip("-"), position[index]
        further = Q(**{f"{name}__{'lt' if columns[index].startswith('-') else 'gt'}": value})
        condition = further if not condition else further | (Q(**{name: value}) & condition)
    return condition


def flip(column: str) -> str:
    """The opposite direction of an order column."""
    return column[1:] if column.startswith("-") else f"-{column}"


def write_cursor(row: Any, order: Sequence[str]) -> str:
    """The signed position of a row."""
    return signing.dumps([plain(value_of(row, column.lstrip("-"))) for column in order], salt=SALT)


def read_cursor(cursor: str, length: int) -> list[Any]:
    """The position that a cursor names, [] for none or a broken one."""
    if not cursor:
        return []
    try:
        values = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        return []
    return values if isinstance(values, list) and len(values) == length else []


def value_of(row: Any, path: str) -> Any:
    """Follow `a__b` from a row to a value."""
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def plain(value: Any) -> Any:
    """JSON form of a column value."""
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, (datetime.date, datetime.datetime)) else value
