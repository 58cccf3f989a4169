"""Reads of the ledgers. A row belongs to the organisation for which the actor acted or whose thing was changed; a person
sees the rows of the organisations in the own branch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from nastavnik.audit.labels import action_label, actor_names, field_label, value_label
from nastavnik.audit.models import Access, Change, LedgerRow


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history as a page shows it."""

    at: datetime
    actor: str
    action: str
    reason: str
    differences: list[tuple[str, str, str]]
    object_type: str
    object_id: str


def rows_in(model: type[LedgerRow], organisation_ids: QuerySet[Any], query: Any) -> QuerySet[Any]:
    """Rows of a ledger for the given organisations; filters `action` or `kind`, `since`, `until` (days), `object`."""
    rows = model._default_manager.filter(organisation_id__in=organisation_ids)
    for name in ("action", "kind"):
        if query.get(name) and name in {field.name for field in model._meta.fields}:
            rows = rows.filter(**{name: query[name]})
    if query.get("object"):
        rows = rows.filter(object_id=query["object"])
    since, until = day_of(query.get("since")), day_of(query.get("until"))
    if since:
        rows = rows.filter(at__gte=midnight(since))
    if until:
        rows = rows.filter(at__lt=midnight(until + timedelta(days=1)))
    return rows


def day_of(text: str | None) -> date | None:
    """A typed day; nonsense counts as nothing."""
    try:
        return parse_date(text or "")
    except ValueError:
        return None


def midnight(day: date) -> datetime:
    """The beginning of a day here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def lines(rows: Iterable[Change]) -> list[Line]:
    """Changes in words; actors are named by one query."""
    rows = list(rows)
    names = actor_names(row.actor_id for row in rows)
    return [
        Line(
            row.at,
            names.get(row.actor_id, ""),
            action_label(row.action),
            row.reason,
            differences(row),
            row.object_type,
            row.object_id,
        )
        for row in rows
    ]


def differences(row: Change) -> list[tuple[str, str, str]]:
    """(field, before, after) of a change."""
    return [(field_label(name), shown(row.before.get(name)), shown(row.after.get(name))) for name in {**row.before, **row.after}]


def shown(value: Any) -> str:
    """A kept value in words."""
    if value is None or value == "":
        return "–"
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if isinstance(value, str) and len(value) == 10:
        day = day_of(value)
        return date_format(day, "d.m.Y") if day else value
    return value_label(str(value))


def history_of(thing: Any, *, most: int = 20) -> list[Line]:
    """The latest changes of one object."""
    rows = Change.objects.filter(object_type=thing._meta.label_lower, object_id=str(thing.pk)).order_by("-at", "-id")
    return lines(rows[:most])


def accesses(rows: Iterable[Access]) -> list[tuple[Access, str]]:
    """Accesses with the actor's name."""
    rows = list(rows)
    names = actor_names(row.actor_id for row in rows)
    return [(row, names.get(row.actor_id, "")) for row in rows]
