"""Open, change, close and merge organisations."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation, SchoolListDraft
from nastavnik.organisations.signals import organisation_closed, organisations_opened

RESERVED = {"open", "import", "export"}  # words of this app's own addresses
LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        ["a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f",
         "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"],
        strict=True,
    )
)  # fmt: skip


@transaction.atomic
def open_organisation(*, kind: str, name: str, parent: Organisation | None, by: Any, **card: Any) -> Organisation:
    """Add one organisation below `parent` (None only for a region) and tell the apps above."""
    (organisation,) = open_organisations([{"kind": kind, "name": name, **card}], parent=parent, by=by)
    return organisation


@transaction.atomic
def open_organisations(cards: Sequence[dict[str, Any]], *, parent: Organisation | None, by: Any) -> list[Organisation]:
    """Add several organisations below one parent; the news goes up once for all of them."""
    opened, taken = [], RESERVED | set(Organisation.objects.values_list("slug", flat=True))
    for card in cards:
        organisation = Organisation(parent=parent, **card)
        organisation.slug = card.get("slug") or free_slug(organisation.name, taken)
        taken.add(organisation.slug)
        organisation.region = parent.region if parent else None
        organisation.municipality = parent.municipality if parent else None
        organisation.save()
        own_level(organisation)
        trail.record("organisations.opened", organisation, by=by, after=card, organisation=organisation)
        opened.append(organisation)
    organisations_opened.send(Organisation, organisations=opened, by=by)
    return opened


def own_level(organisation: Organisation) -> None:
    """A region is its own region, a municipality its own municipality: a branch is one equality."""
    column = {OrganisationKind.REGION: "region", OrganisationKind.MUNICIPALITY: "municipality"}.get(
        OrganisationKind(organisation.kind)
    )
    if column:
        setattr(organisation, column, organisation)
        organisation.save(update_fields=[column])


@transaction.atomic
def change_card(organisation: Organisation, *, by: Any, reason: str = "", **card: Any) -> Organisation:
    """Change fields of the card; nothing is written when nothing differs."""
    before = {name: getattr(organisation, name) for name in card if getattr(organisation, name) != card[name]}
    if not before:
        return organisation
    after = {name: card[name] for name in before}
    for name, value in after.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(after))
    trail.record("organisations.changed", organisation, by=by, before=before, after=after, reason=reason, organisation=organisation)
    return organisation


@transaction.atomic
def close_organisation(
    organisation: Organisation, *, on: date, by: Any, reason: str, successor: Organisation | None = None
) -> Organisation:
    """Close on a day, or merge into `successor`. History stays; the apps above end what was open."""
    if organisation.closed_on is not None:
        raise Refusal(_("Эта организация уже закрыта."))
    if successor is not None and (successor.pk == organisation.pk or successor.municipality_id != organisation.municipality_id):
        raise Refusal(_("Преемником может быть только другая организация того же муниципалитета."))
    if organisation.opened_on and on < organisation.opened_on:
        raise Refusal(_("День закрытия раньше дня открытия. Проверьте дату."))
    organisation.closed_on, organisation.successor = on, successor
    organisation.save(update_fields=["closed_on", "successor"])
    trail.record(
        "organisations.closed", organisation, by=by, reason=reason, organisation=organisation,
        after={"closed_on": on, "successor": successor.name if successor else None},
    )  # fmt: skip
    organisation_closed.send(Organisation, organisation=organisation, by=by)
    return organisation


@transaction.atomic
def accept_school_list(draft: SchoolListDraft, *, by: Any, progress: Any = None) -> dict[str, int]:
    """Open the new schools and change the known ones, all or nothing; accepting twice does it once."""
    claimed = SchoolListDraft.objects.filter(pk=draft.pk, accepted_at=None).update(accepted_at=timezone.now())
    if not claimed:
        raise Refusal(_("Этот список уже загружен."))
    new = [row["values"] for row in draft.rows if row["action"] == "new"]
    changed = [row for row in draft.rows if row["action"] == "change"]
    open_organisations([{"kind": OrganisationKind.SCHOOL, **values} for values in new], parent=draft.organisation, by=by)
    schools = Organisation.objects.in_bulk([row["organisation_id"] for row in changed])
    for place, row in enumerate(changed, start=1):
        change_card(schools[row["organisation_id"]], by=by, **{name: pair[1] for name, pair in row["changes"].items()})
        if progress:
            progress(place, len(changed))
    counts = {"new": len(new), "changed": len(changed)}
    trail.record("organisations.imported", draft.organisation, by=by, after=counts, organisation=draft.organisation)
    return counts


def free_slug(name: str, taken: set[str]) -> str:
    """A short Latin address that no other organisation has."""
    latin = "".join(LETTERS.get(letter, letter) for letter in name.casefold())
    base = slugify(latin)[:48] or "organisation"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
