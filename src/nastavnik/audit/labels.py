"""The words of the history. Apps say what their actions, fields and things are called; the ledger itself keeps codes.

This app stands below all others, so names come to it by registration: `register_things` gives a function that names
things of one type by their ids. A page asks once per type (`names_of`), however many rows it shows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

# (type, id) of a row's object, actor or organisation, as the ledgers keep them.
Reference = tuple[str, str]
Namer = Callable[[Iterable[str]], Mapping[str, str]]

ACTOR = "accounts.user"
PLACE = "organisations.organisation"

_actions: dict[str, Any] = {}
_fields: dict[str, Any] = {}
_values: dict[str, Any] = {}
_kinds: dict[str, Any] = {}
_namers: dict[str, Namer] = {}


def register(actions: Mapping[str, Any], fields: Mapping[str, Any] | None = None) -> None:
    """Add words for actions («roadmap.accepted») and for fields («due_on»)."""
    _actions.update(actions)
    _fields.update(fields or {})


def register_values(values: Mapping[str, Any]) -> None:
    """Add words for kept codes («in_progress»)."""
    _values.update(values)


def register_things(object_type: str, kind: Any, namer: Namer | None = None) -> None:
    """Say what a type of thing is called («сотрудник»), and how its things are called by id, with one query for all."""
    _kinds[object_type] = kind
    if namer is not None:
        _namers[object_type] = namer


def action_label(action: str) -> str:
    """The words of an action, its code when nobody named it."""
    return str(_actions.get(action, action))


def action_choices() -> list[tuple[str, str]]:
    """All named actions for a filter."""
    return sorted(((code, str(words)) for code, words in _actions.items()), key=lambda pair: pair[1])


def field_label(name: str) -> str:
    """The words of a field."""
    return str(_fields.get(name, name))


def value_label(value: str) -> str:
    """The words of a kept code, the value itself when nobody named it."""
    return str(_values.get(value, value))


def kind_label(object_type: str) -> str:
    """The words of a type of thing, "" when nobody named it."""
    return str(_kinds.get(object_type, ""))


def names_of(references: Iterable[Reference]) -> dict[Reference, str]:
    """Names of things of any types; one query per type. What is gone or has no namer is missing in the answer."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for object_type, key in references:
        if key and object_type in _namers:
            wanted[object_type].add(key)
    return {
        (object_type, str(key)): name
        for object_type, keys in wanted.items()
        for key, name in _namers[object_type](keys).items()
    }  # fmt: skip
