"""The doors to the ledgers: actions call `record`, views call `note_access`."""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import models
from django.http import HttpRequest

from nastavnik.audit.models import Access, Change


@dataclass(frozen=True, slots=True)
class Trace:
    """Which request is at work; empty in jobs and on the command line. `supporter_id` is who really sits there while a request
    (or a job that it began) works in another person's account."""

    request_id: str = ""
    address: str = ""
    supporter_id: UUID | None = None
    supporter_role: str = ""


NO_REQUEST = Trace()
current_trace: ContextVar[Trace] = ContextVar("current_trace", default=NO_REQUEST)


def support_by(supporter_id: UUID, role: str) -> None:
    """From now on the ledgers name this person as the one who acts, and the account's owner as the one acted for."""
    current_trace.set(replace(current_trace.get(), supporter_id=supporter_id, supporter_role=role))


def record(
    action: str,
    thing: models.Model,
    *,
    by: Any,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    organisation: Any = None,
) -> Change:
    """Write one change in the transaction of the action. `by` is a User, or None for the system itself.

    `before` and `after` hold the changed fields as plain values; dates and ids are turned into text.
    """
    change = build_change(action, thing, by=by, before=before, after=after, reason=reason, organisation=organisation)
    change.save(force_insert=True)
    return change


def record_many(changes: Iterable[Change]) -> None:
    """Write prepared changes (`build_change`) in one statement per thousand."""
    Change.objects.bulk_create(changes, batch_size=1000)


def build_change(
    action: str,
    thing: models.Model,
    *,
    by: Any,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    organisation: Any = None,
) -> Change:
    """An unsaved change."""
    return Change(
        action=action,
        before=plain(before or {}),
        after=plain(after or {}),
        reason=reason,
        object_type=thing._meta.label_lower,
        object_id=str(thing.pk),
        **who(by, organisation),
    )


def note_access(
    request: HttpRequest, kind: str, thing: models.Model | type[models.Model], *, rows: int = 1, ground: str = ""
) -> None:
    """Note a view, export or print of personal data; written when the answer is ready, outside the reading view."""
    notes = request.__dict__.setdefault("access_notes", [])
    notes.append(build_access(kind, thing, by=request.user, rows=rows, ground=ground))


def build_access(
    kind: str, thing: models.Model | type[models.Model], *, by: Any, rows: int = 1, ground: str = "", organisation: Any = None
) -> Access:
    """An unsaved access row; a model class stands for a list of it. `organisation` is whose history shows it: the one for
    which `by` acts, when nothing else is said."""
    return Access(
        kind=kind,
        rows=rows,
        ground=ground,
        object_type=thing._meta.label_lower,
        object_id="" if isinstance(thing, type) else str(thing.pk),
        **who(by, organisation),
    )


def who(by: Any, organisation: Any) -> dict[str, Any]:
    """The columns that say who acts, as whose deputy, for which organisation and in which request."""
    trace = current_trace.get()
    appointment = getattr(by, "appointment", None)
    place = organisation or getattr(appointment, "organisation", None)
    helped = trace.supporter_id is not None and by is not None and by.pk != trace.supporter_id
    return {
        "actor_id": trace.supporter_id if helped else getattr(by, "pk", None),
        "actor_role": trace.supporter_role if helped else getattr(appointment, "role", "") or "",
        "on_behalf_of_id": by.pk if helped else getattr(getattr(appointment, "acting_for", None), "pk", None),
        "organisation_id": getattr(place, "pk", None),
        "region_id": getattr(place, "region_id", None) or 0,
        "request_id": trace.request_id,
        "address": trace.address,
    }


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them."""
    return {
        name: value if value is None or isinstance(value, (str, int, float, bool, list, dict)) else str(value)
        for name, value in values.items()
    }
