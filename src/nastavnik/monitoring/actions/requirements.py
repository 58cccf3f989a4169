"""The list of requirements: the product's own comes from its file, a region or a municipality adds and changes for itself."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.monitoring.models import Requirement
from nastavnik.organisations.models import Organisation

BUILT_IN = Path(__file__).resolve().parents[1] / "built_in"


def built_in(name: str) -> dict[str, Any]:
    """A list that comes with the product."""
    return json.loads((BUILT_IN / f"{name}.json").read_text(encoding="utf-8"))


def load_built_in(model: Any = Requirement) -> int:
    """Bring the product's own list up to its file: new entries are added, changed ones follow, none is deleted. Returns how
    many are known."""
    entries = built_in("legality")["requirements"]
    for place, entry in enumerate(entries):
        values = {
            "position": place, "title": entry["title"], "explanation": entry["explanation"], "source": entry["source"],
            "source_date": day(entry["source_date"]), "confirmed": entry["confirmed"], "valid_to": day(entry.get("valid_to")),
            "fact": entry.get("fact", ""),
        }  # fmt: skip
        model.objects.update_or_create(
            code=entry["code"], kind=entry["kind"], owner=None, valid_from=day(entry["valid_from"]), defaults=values
        )
    return len(entries)


def day(value: str | None) -> date | None:
    """An ISO day, None for None."""
    return date.fromisoformat(value) if value else None


@transaction.atomic
def write_requirement(place: Organisation, *, code: str, by: Any, **fields: Any) -> Requirement:
    """A requirement of a region or a municipality: a new one, or its own wording of one that stands above (same `code`)."""
    position = Requirement.objects.filter(code=code).order_by("position").values_list("position", flat=True).first()
    try:
        with transaction.atomic():
            made = Requirement.objects.create(code=code, owner=place, position=100 if position is None else position, **fields)
    except IntegrityError as error:
        raise Refusal(_("Такое требование с этого дня уже записано. Измените его или укажите другой день.")) from error
    trail.record(
        "monitoring.requirement_written", made, by=by, organisation=place, after={"title": made.title, "source": made.source}
    )
    return made


@transaction.atomic
def change_requirement(requirement: Requirement, *, by: Any, **fields: Any) -> Requirement:
    """Change an own entry; what stood before is in the history."""
    before = {name: getattr(requirement, name) for name in fields if getattr(requirement, name) != fields[name]}
    if not before:
        return requirement
    for name in before:
        setattr(requirement, name, fields[name])
    try:
        with transaction.atomic():
            requirement.save(update_fields=list(before))
    except IntegrityError as error:
        raise Refusal(_("Такое требование с этого дня уже записано. Измените его или укажите другой день.")) from error
    trail.record(
        "monitoring.requirement_changed", requirement, by=by, organisation=requirement.owner, before=before,
        after={name: fields[name] for name in before},
    )  # fmt: skip
    return requirement
