"""Reads of the ledgers. A row belongs to the organisation for which the actor acted or whose thing was changed; a person
sees the rows of the organisations in the own branch."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nastavnik.audit import labels
from nastavnik.audit.models import Access, Change, LedgerRow
from nastavnik.core.text import day_of


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a ledger as a page shows it. `thing` is the name of what was changed or looked at, `kind` the words of
    its type, `place` the name of the organisation; each is "" when nobody can name it any more."""

    row: Any
    at: datetime
    actor: str
    place: str
    action: str
    kind: str
    thing: str
    reason: str
    differences: list[tuple[str, str, str]]

    @property
    def about(self) -> str:
        """What it is about and where, as far as that can be named, each word once."""
        return " · ".join(dict.fromkeys(part for part in (self.thing or self.kind, self.place) if part))


def rows_in(
    model: type[LedgerRow], organisation_ids: QuerySet[Any], query: Any, *, actor_ids: QuerySet[Any] | None = None
) -> QuerySet[Any]:
    """Rows of a ledger for the given organisations (and actors); filters `action` or `kind`, `since`, `until` (days),
    `object` (id)."""
    rows = model._default_manager.filter(organisation_id__in=organisation_ids)
    if actor_ids is not None:
        rows = rows.filter(actor_id__in=actor_ids)
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


def midnight(day: date) -> datetime:
    """The beginning of a day here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def lines(rows: Iterable[LedgerRow]) -> list[Line]:
    """Rows in words. Actors, organisations and things are named by one query per type."""
    rows = list(rows)
    names = labels.names_of(reference for row in rows for reference in references_of(row))
    return [line_of(row, names) for row in rows]


def references_of(row: LedgerRow) -> Iterator[labels.Reference]:
    """Whom and what a row names: actor, organisation, object, for whom."""
    yield labels.ACTOR, str(row.actor_id or "")
    yield labels.PLACE, str(row.organisation_id or "")
    yield row.object_type, row.object_id
    yield labels.ACTOR, str(row.on_behalf_of_id or "")


def line_of(row: Any, names: dict[labels.Reference, str]) -> Line:
    """One row with the names that were found."""
    actor, place, thing, owner = (names.get(reference, "") for reference in references_of(row))
    is_change = isinstance(row, Change)
    return Line(
        row=row,
        at=row.at,
        actor=_("%(actor)s от имени: %(owner)s") % {"actor": actor, "owner": owner} if owner else actor,
        place=place,
        action=labels.action_label(row.action) if is_change else row.get_kind_display(),
        kind=labels.kind_label(row.object_type),
        thing=thing,
        reason=row.reason if is_change else row.ground,
        differences=differences(row) if is_change else [],
    )


def differences(row: Change) -> list[tuple[str, str, str]]:
    """(field, before, after) of a change."""
    return [
        (labels.field_label(name), shown(row.before.get(name)), shown(row.after.get(name))) for name in {**row.before, **row.after}
    ]


def shown(value: Any) -> str:
    """A kept value in words."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("да") if value else _("нет")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if isinstance(value, str) and len(value) == 10:
        day = day_of(value)
        return date_format(day, "d.m.Y") if day else value
    return labels.value_label(str(value))


def history_of(thing: Any, *, most: int = 20) -> list[Line]:
    """The latest changes of one object."""
    rows = Change.objects.filter(object_type=thing._meta.label_lower, object_id=str(thing.pk)).order_by("-at", "-id")
    return lines(rows[:most])


def log_ins_of(account: Any, *, most: int = 5) -> list[Access]:
    """The last log-ins and failed tries of an account."""
    kinds = (Access.Kind.LOGIN, Access.Kind.LOGIN_FAILED, Access.Kind.SUPPORT)
    rows = Access.objects.filter(object_type=account._meta.label_lower, object_id=str(account.pk), kind__in=kinds)
    return list(rows.order_by("-at", "-id")[:most])


def done_on_behalf_of(owner: Any, *, since: datetime, until: datetime, most: int = 200) -> list[Line]:
    """What somebody else changed and looked at in a person's account in a time, the newest first."""
    found: list[LedgerRow] = []
    for model in (Change, Access):
        rows = model._default_manager.filter(on_behalf_of_id=owner.pk, at__gte=since, at__lte=until)
        found += rows.order_by("-at", "-id")[:most]
    return sorted(lines(found), key=lambda line: line.at, reverse=True)
