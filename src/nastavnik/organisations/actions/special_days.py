"""Keep the production calendar: add, change and remove special days of a region or a municipality, and take over the days
of the whole country that the product ships. What is changed or removed ends and stays; nothing is overwritten."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.organisations.models import Organisation, SpecialDay

SHIPPED = Path(__file__).parent.parent / "special_days.json"


@transaction.atomic
def add_day(*, place: Organisation, day: date, kind: str, title: str, source: str, by: Any) -> SpecialDay:
    """A special day of a region or a municipality. Refused when that place has one for this day: a double click adds one."""
    refuse_second(place, day)
    special = SpecialDay.objects.create(
        place=place, day=day, kind=kind, title=title, source=source, valid_from=timezone.localdate()
    )
    note("organisations.day_added", special, by=by, after=words_of(special))
    return special


@transaction.atomic
def change_day(special: SpecialDay, *, day: date, kind: str, title: str, source: str, by: Any) -> SpecialDay:
    """Say something else about the day: the old row ends, a new one begins. Nothing is written when nothing differs."""
    wanted = {"day": day, "kind": kind, "title": title, "source": source}
    before = {name: getattr(special, name) for name in wanted if getattr(special, name) != wanted[name]}
    if not before:
        return special
    end(special)
    refuse_second(special.place, day)
    changed = SpecialDay.objects.create(place=special.place, valid_from=timezone.localdate(), **wanted)
    note("organisations.day_changed", changed, by=by, before=before, after={name: wanted[name] for name in before})
    return changed


@transaction.atomic
def remove_day(special: SpecialDay, *, by: Any) -> None:
    """The day is an ordinary one again from now on."""
    end(special)
    note("organisations.day_removed", special, by=by, before=words_of(special))


def end(special: SpecialDay) -> None:
    """End a row that is in force; of two clicks at once one ends it, the other is refused."""
    if not SpecialDay.objects.in_force().filter(pk=special.pk).update(valid_until=timezone.localdate()):
        raise Refusal(_("Этот день уже изменили или убрали. Откройте календарь ещё раз."))


def refuse_second(place: Organisation | None, day: date) -> None:
    """Refuse a second special day of a place for the same day. The place's row is locked meanwhile."""
    if place is not None:
        Organisation.objects.select_for_update().get(pk=place.pk)
    if SpecialDay.objects.in_force().filter(place=place, day=day).exists():
        raise Refusal(_("Этот день здесь уже есть в календаре. Измените его строку."))


def words_of(special: SpecialDay) -> dict[str, Any]:
    """What the history keeps of a special day."""
    return {name: getattr(special, name) for name in ("day", "kind", "title", "source")}


def note(action: str, special: SpecialDay, *, by: Any, **values: Any) -> None:
    """One line of the history of the place."""
    trail.record(action, special, by=by, organisation=special.place, **values)


@transaction.atomic
def take_over_shipped_days() -> int:
    """Bring the days of the whole country up to what the product ships: new ones begin, differing ones end and begin anew,
    all others stay. Returns how many began; a second run changes nothing."""
    shipped = {row["day"]: row for row in shipped_days()}
    known = {special.day: special for special in SpecialDay.objects.in_force().filter(place=None, day__in=shipped)}
    fresh = [row for day, row in shipped.items() if day not in known or differs(known[day], row)]
    SpecialDay.objects.filter(pk__in=[known[row["day"]].pk for row in fresh if row["day"] in known]).update(
        valid_until=timezone.localdate()
    )
    SpecialDay.objects.bulk_create([SpecialDay(**row) for row in fresh], batch_size=500)
    return len(fresh)


def shipped_days() -> list[dict[str, Any]]:
    """The rows of the file, with dates as dates."""
    document = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return [
        {
            **row, "day": date.fromisoformat(row["day"]), "valid_from": date.fromisoformat(row["valid_from"]),
            "confirmed": year["confirmed"],
        }
        for year in document["years"] for row in year["days"]
    ]  # fmt: skip


def differs(special: SpecialDay, row: Mapping[str, Any]) -> bool:
    """Does the file say something else than the row?"""
    return any(getattr(special, name) != value for name, value in row.items() if name != "valid_from")
