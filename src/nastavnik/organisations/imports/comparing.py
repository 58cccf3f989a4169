"""What each line of a school list does to the organisations that are there: the same code for preview and application."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.imports.rows import CARD_FIELDS, Row
from nastavnik.organisations.models import Organisation, SchoolListDraft
from nastavnik.organisations.rules import name_key

Key = tuple[str, str]


class Known:
    """Organisations of a municipality, found by tax number, else by name (short or full)."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self.by_key: dict[Key, list[Organisation]] = defaultdict(list)
        for organisation in organisations:
            kind, name, full_name = organisation.kind, organisation.name, organisation.full_name
            for key in (short_key(kind, name), full_key(kind, full_name), ("tax", organisation.tax_number)):
                self.by_key[key].append(organisation)

    def find(self, row: Row) -> tuple[Organisation | None, str]:
        """The organisation that a line means, or what makes it unclear (in words without a full stop)."""
        values = row.values
        numbered = self.by_key.get(("tax", values["tax_number"]), []) if values.get("tax_number") else []
        named = self.named(row)
        both = [one for one in numbered if one in named]
        found = both or numbered or named
        if len(found) > 1:
            return None, _("таких организаций в системе несколько; укажите название и ИНН так, как в их карточках")
        if numbered and named and not both:
            words = {"first": numbered[0].name, "second": named[0].name}
            return None, _("ИНН принадлежит организации «%(first)s», а название – «%(second)s»") % words
        return (found[0] if found else None), ""

    def named(self, row: Row) -> list[Organisation]:
        """Organisations with this name. Short names are compared with short ones first; a list may also hold full names in
        its only column. When we made the short name ourselves, the full name decides first."""
        short, full = row.values.get("name", ""), row.values.get("full_name", "")
        keys = [short_key(row.kind, short), full_key(row.kind, full)]
        keys = [*(reversed(keys) if row.named_by_us else keys), full_key(row.kind, short), short_key(row.kind, full)]
        return next((self.by_key[key] for key in keys if key[1] and key in self.by_key), [])


def short_key(kind: str, name: str) -> Key:
    """Under which an organisation is found by its short name."""
    return f"short {kind}", name_key(name)


def full_key(kind: str, name: str) -> Key:
    """Under which an organisation is found by its full name."""
    return f"full {kind}", name_key(name)


def compared(draft: SchoolListDraft) -> list[Row]:
    """The lines of a draft with what applying them would do now; after acceptance, what it did. One query."""
    rows = [Row(**row) for row in draft.rows]
    if draft.accepted_at is None:
        compare(rows, draft.organisation_id)
    return rows


def compare(rows: Sequence[Row], municipality_id: int) -> None:
    """Decide every line: recognise what is there, and lines that repeat each other."""
    today = timezone.localdate()
    below = [OrganisationKind.SCHOOL, OrganisationKind.PARTNER]
    everything = list(Organisation.objects.filter(municipality_id=municipality_id, kind__in=below).order_by("pk"))
    live = Known(one for one in everything if not one.is_closed(today))
    closed = Known(one for one in everything if one.is_closed(today))
    seen: dict[Key, int] = {}
    for row in rows:
        if not row.errors:
            decide(row, live, closed, seen)
        if row.errors:
            row.action = "wrong"


def decide(row: Row, live: Known, closed: Known, seen: dict[Key, int]) -> None:
    """Fill `action`, `organisation_id` and `changes` of a line that is right by itself, or its errors."""
    if row.closed:
        if closed.named(row):
            row.action = "same"
        else:
            row.add_error("closed_on", _("эта школа закрыта, закрытые не загружаются; удалите строку"))
        return
    known, unclear = live.find(row)
    if unclear:
        row.add_error("tax_number", unclear)
        return
    if refuse_repeated(row, known, seen):
        return
    if known is not None:
        row.organisation_id = known.pk
        row.changes = changes_of(row, known)
        row.action = "change" if row.changes else "same"


def refuse_repeated(row: Row, known: Organisation | None, seen: dict[Key, int]) -> bool:
    """True, with an error on the line, when an earlier line of the file means the same school."""
    number = row.values.get("tax_number", "")
    keys: list[Key] = [short_key(row.kind, row.values["name"])]
    keys += [("organisation", str(known.pk))] if known else []
    keys += [("tax", number)] if number else []
    earlier = next((key for key in keys if key in seen), None)
    if earlier is None:
        seen.update(dict.fromkeys(keys, row.number))
        return False
    words = {"row": seen[earlier]}
    if earlier[0] == "tax":
        row.add_error("tax_number", _("такой ИНН уже стоит в строке %(row)s; для филиала оставьте ИНН пустым") % words)
    else:
        row.add_error("name", _("эта школа уже есть в строке %(row)s") % words)
    return True


def changes_of(row: Row, known: Organisation) -> dict[str, list[str]]:
    """Field > [what stands on the card, what the file says]. An empty cell changes nothing, nor does another spelling of
    the same name, nor a short name that we made ourselves."""
    spellings = {name_key(known.name), name_key(known.full_name)}
    skipped = {"name"} if row.named_by_us or name_key(row.values["name"]) in spellings else set()
    said = [name for name in CARD_FIELDS if name in row.values and name not in skipped]
    pairs = {name: [str(getattr(known, name)), row.values[name]] for name in said}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def fingerprint(rows: Iterable[Row]) -> str:
    """What a person saw in the preview, as a short text: the application must decide the same."""
    seen = [[row.sheet, row.number, row.action, row.organisation_id, row.changes] for row in rows]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:20]
