"""The words of the history. Apps say what their actions and fields are called; the ledger itself keeps codes."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

_actions: dict[str, Any] = {}
_fields: dict[str, Any] = {}
_values: dict[str, Any] = {}
_namer: list[Callable[[Iterable[UUID]], dict[UUID, str]]] = []


def register(actions: Mapping[str, Any], fields: Mapping[str, Any] | None = None) -> None:
    """Add words for actions («roadmap.accepted») and for fields («due_on»)."""
    _actions.update(actions)
    _fields.update(fields or {})


def register_values(values: Mapping[str, Any]) -> None:
    """Add words for kept codes («in_progress»)."""
    _values.update(values)


def value_label(value: str) -> str:
    """The words of a kept code, the value itself when nobody named it."""
    return str(_values.get(value, value))


def register_namer(namer: Callable[[Iterable[UUID]], dict[UUID, str]]) -> None:
    """The app that knows people says how actors are called (this app stands below it)."""
    _namer[:] = [namer]


def action_label(action: str) -> str:
    """The words of an action, its code when nobody named it."""
    return str(_actions.get(action, action))


def action_choices() -> list[tuple[str, str]]:
    """All named actions for a filter."""
    return sorted(((code, str(words)) for code, words in _actions.items()), key=lambda pair: pair[1])


def field_label(name: str) -> str:
    """The words of a field."""
    return str(_fields.get(name, name))


def actor_names(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of actors in one query."""
    wanted = {one for one in ids if one is not None}
    return _namer[0](wanted) if wanted and _namer else {}
