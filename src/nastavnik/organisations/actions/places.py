"""Open, change, close and merge organisations."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.documents.actions import store_file
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import SEARCH_COLUMNS, ListedSchool, Organisation, SchoolListApproval
from nastavnik.organisations.rules import name_key
from nastavnik.organisations.signals import organisation_closed, organisations_opened, school_list_approved

BATCH = 1000
ANNOUNCED = timedelta(days=60)
RESERVED = {"open", "import", "export", "approved", "calendar"}  # words of this app's own addresses
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
    """Add one organisation below `parent` (None only for a region) and tell the apps above.

    Refused when the same municipality has an organisation of that kind and name: a double click adds one school.
    """
    if parent is not None:
        parent = Organisation.objects.select_for_update().get(pk=parent.pk)
        siblings = parent.children.filter(kind=kind).not_closed(timezone.localdate()).values_list("name", flat=True)
        if name_key(name) in map(name_key, siblings):
            raise Refusal(_("«%(name)s» здесь уже есть. Найдите её в списке.") % {"name": name})
    (organisation,) = open_organisations([{"kind": kind, "name": name, **card}], parent=parent, by=by)
    return organisation


@transaction.atomic
def open_organisations(cards: Sequence[dict[str, Any]], *, parent: Organisation | None, by: Any) -> list[Organisation]:
    """Add several organisations below one parent; the news goes up once for all of them. As many queries for one as for all."""
    taken = RESERVED | set(Organisation.objects.values_list("slug", flat=True))
    opened = [new_organisation(card, parent, taken) for card in cards]
    opened = Organisation.objects.bulk_create(opened, batch_size=BATCH)
    for organisation in opened:
        own_level(organisation)
    trail.record_many(
        trail.build_change("organisations.opened", organisation, by=by, after=card, organisation=organisation)
        for organisation, card in zip(opened, cards, strict=True)
    )
    organisations_opened.send(Organisation, organisations=opened, by=by)
    return opened


def new_organisation(card: dict[str, Any], parent: Organisation | None, taken: set[str]) -> Organisation:
    """An unsaved organisation; its address is added to those that are taken."""
    organisation = Organisation(parent=parent, **card)
    organisation.slug = card.get("slug") or free_slug(organisation.name, taken)
    taken.add(organisation.slug)
    organisation.region = parent.region if parent else None
    organisation.municipality = parent.municipality if parent else None
    organisation.fill_search_columns()
    return organisation


def own_level(organisation: Organisation) -> None:
    """A region is its own region, a municipality its own municipality: a branch is one equality."""
    column = {OrganisationKind.REGION: "region", OrganisationKind.MUNICIPALITY: "municipality"}.get(
        OrganisationKind(organisation.kind)
    )
    if column:
        setattr(organisation, column, organisation)
        organisation.save(update_fields=[column])


def change_card(organisation: Organisation, *, by: Any, reason: str = "", **card: Any) -> Organisation:
    """Change fields of the card; nothing is written when nothing differs."""
    change_cards([(organisation, card)], by=by, reason=reason)
    return organisation


@transaction.atomic
def change_cards(cards: Iterable[tuple[Organisation, dict[str, Any]]], *, by: Any, reason: str = "") -> int:
    """Change several cards (organisation, new values by field); returns how many differed. Two queries per thousand."""
    changed, notes, fields = [], [], set(SEARCH_COLUMNS)
    for organisation, card in cards:
        before = {name: getattr(organisation, name) for name in card if getattr(organisation, name) != card[name]}
        if not before:
            continue
        after = {name: card[name] for name in before}
        for name, value in after.items():
            setattr(organisation, name, value)
        organisation.fill_search_columns()
        fields |= set(after)
        changed.append(organisation)
        notes.append(
            trail.build_change(
                "organisations.changed", organisation, by=by, before=before, after=after, reason=reason, organisation=organisation
            )
        )
    if changed:
        Organisation.objects.bulk_update(changed, sorted(fields), batch_size=BATCH)
        trail.record_many(notes)
    return len(changed)


@transaction.atomic
def close_organisation(
    organisation: Organisation, *, on: date, by: Any, reason: str, successor: Organisation | None = None
) -> Organisation:
    """Close on a day, or merge into `successor`. History stays; the apps above end what was open: now, or on that day
    (`announce_closings`)."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    refuse_closing(organisation, on, successor)
    organisation.closed_on, organisation.successor = on, successor
    organisation.save(update_fields=["closed_on", "successor"])
    trail.record(
        "organisations.closed", organisation, by=by, reason=reason, organisation=organisation,
        after={"closed_on": on, "successor": successor.name if successor else None},
    )  # fmt: skip
    if organisation.is_closed(timezone.localdate()):
        organisation_closed.send(Organisation, organisation=organisation, by=by)
    return organisation


@transaction.atomic
def announce_closings(on: date) -> int:
    """Tell the apps above of organisations whose day of closing has come by `on`; returns of how many.

    The last `ANNOUNCED` days are told again each time, so that no closing is lost while nothing ran; receivers must bear it.
    """
    closed = Organisation.objects.filter(closed_on__lte=on, closed_on__gt=on - ANNOUNCED)
    for organisation in closed:
        organisation_closed.send(Organisation, organisation=organisation, by=None)
    return len(closed)


def refuse_closing(organisation: Organisation, on: date, successor: Organisation | None) -> None:
    """Raise Refusal when the organisation cannot close on that day or into that successor. Changes nothing."""
    if organisation.closed_on is not None:
        raise Refusal(_("Эта организация уже закрыта."))
    if organisation.opened_on and on < organisation.opened_on:
        raise Refusal(_("День закрытия раньше дня открытия. Проверьте дату."))
    if successor is None:
        return
    if (successor.kind, successor.municipality_id) != (
        organisation.kind,
        organisation.municipality_id,
    ) or successor == organisation:
        raise Refusal(_("Преемником может быть только другая организация того же муниципалитета."))
    if successor.closed_on is not None:
        raise Refusal(_("Преемник сам закрывается. Выберите другую организацию."))


@transaction.atomic
def approve_school_list(
    municipality: Organisation, *, year: int, number: str, approved_on: date, schools: Sequence[Organisation], by: Any,
    scan: UploadedFile | None = None,
) -> SchoolListApproval:  # fmt: skip
    """Approve the list of schools that take part in a school year by an act of the municipality. A later act replaces the
    earlier one; the same act with the same schools again changes nothing."""
    municipality = Organisation.objects.select_for_update().get(pk=municipality.pk)
    refuse_list(municipality, approved_on, schools)
    before = SchoolListApproval.objects.in_force().filter(municipality=municipality, year=year).first()
    stood = set(before.lines.values_list("school_id", flat=True)) if before else set()
    now = {school.pk for school in schools}
    if before and scan is None and (before.number, before.approved_on, stood) == (number, approved_on, now):
        return before
    SchoolListApproval.objects.in_force().filter(municipality=municipality, year=year).update(replaced=True)
    approval = SchoolListApproval.objects.create(
        region_id=municipality.region_id or 0, municipality=municipality, year=year, number=number, approved_on=approved_on,
        scan=store_file(scan, organisation=municipality, by=by) if scan else None, approved_by_id=getattr(by, "pk", None),
    )  # fmt: skip
    ListedSchool.objects.bulk_create(
        [ListedSchool(region_id=approval.region_id, approval=approval, school_id=pk) for pk in sorted(now)], batch_size=BATCH
    )
    trail.record(
        "organisations.school_list_approved", municipality, by=by, organisation=municipality,
        before={"schools": len(stood)} if before else {},
        after={"act_number": number, "approved_on": approved_on, "schools": len(now)},
    )  # fmt: skip
    school_list_approved.send(SchoolListApproval, approval=approval, schools=stood | now, by=by)
    return approval


def refuse_list(municipality: Organisation, approved_on: date, schools: Sequence[Organisation]) -> None:
    """Raise Refusal for a list that cannot be approved. Changes nothing."""
    if approved_on > timezone.localdate():
        raise Refusal(_("День приказа ещё не наступил. Проверьте дату."))
    if not schools:
        raise Refusal(_("В списке нет ни одной школы. Отметьте школы, которые участвуют."))
    if any((one.kind, one.municipality_id) != (OrganisationKind.SCHOOL, municipality.pk) for one in schools):
        raise Refusal(_("В списке могут стоять только школы этого муниципалитета."))


def free_slug(name: str, taken: set[str]) -> str:
    """A short Latin address that no other organisation has."""
    latin = "".join(LETTERS.get(letter, letter) for letter in name.casefold().replace("№", " "))
    base = slugify(latin)[:48] or "organisation"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
