"""Lines of the table as values of the card, each checked by itself."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import translation
from django.utils.translation import gettext as _

from nastavnik.core.text import search_form
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.imports.columns import Columns, find_columns
from nastavnik.organisations.models import Organisation
from nastavnik.organisations.rules import CARD_COLUMNS, tax_number_problem

CARD_FIELDS = [name for name, _heading, _width in CARD_COLUMNS if name not in {"kind", "closed_on"}]
LIMITS: dict[str, int] = {name: Organisation._meta.get_field(name).max_length or 0 for name in CARD_FIELDS}
ABOVE = {OrganisationKind.REGION, OrganisationKind.MUNICIPALITY}
NOTHING = {"", "-", "–", "—", "нет", "не имеется"}
TOTAL = re.compile(r"(?:итого|всего)\b")
Heading = tuple[str, list[str]]  # sheet and its heading row
OPENING, CLOSING = "«„“", "»”"


@dataclass
class Row:
    """One line: where it stands, its values by card field and the column of each, what is wrong with it.

    `named_by_us`: the short name was taken from the full one. The last three say what applying the line does («new»,
    «change», «same», «wrong»); `comparing` fills them.
    """

    sheet: str
    number: int
    cells: list[str]
    kind: str = OrganisationKind.SCHOOL.value
    closed: bool = False
    named_by_us: bool = False
    values: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    action: str = "new"
    organisation_id: int | None = None
    changes: dict[str, list[str]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As it waits in the draft."""
        return asdict(self)

    def add_error(self, name: str, problem: str) -> None:
        """«Лист «Школы», строка 12, столбец C: ….» for the column of a card field (the first known one if it has none)."""
        column = letters(self.places.get(name, min(self.places.values(), default=0)))
        words = {"sheet": self.sheet, "row": self.number, "column": column, "problem": problem}
        self.errors.append(
            _("Лист «%(sheet)s», строка %(row)s, столбец %(column)s: %(problem)s.") % words
            if self.sheet
            else _("Строка %(row)s, столбец %(column)s: %(problem)s.") % words
        )


def parse_sheets(sheets: Sequence[dict[str, Any]]) -> tuple[list[Heading], list[Row]]:
    """Headings and lines of every sheet that has a school list, in the order of the file; nothing when none has."""
    headings: list[Heading] = []
    rows: list[Row] = []
    for sheet in sheets:
        found = find_columns(sheet["rows"])
        if found is None:
            continue
        start, columns = found
        headings.append((sheet["name"], sheet["rows"][start]))
        for number, cells in enumerate(sheet["rows"][start + 1 :], start=start + 2):
            row = parse_row(sheet["name"], number, cells, columns)
            if is_entry(row, columns, sheet["rows"][start]):
                rows.append(row)
    return headings, rows


def parse_row(sheet: str, number: int, cells: list[str], columns: Columns) -> Row:
    """Values of a line and what is wrong with each."""
    row = Row(sheet, number, cells, places={name: place for place, name in columns.items()})
    for place, name in columns.items():
        value = " ".join(cells[place].split()) if place < len(cells) else ""
        if value.casefold() in NOTHING:
            continue
        if name == "kind":
            row.kind = kind_of(value)
        elif name == "closed_on":
            row.closed = True
        else:
            row.values[name] = mended(name, value)
    name_school(row)
    for name, value in row.values.items():
        problem = problem_of(name, value)
        if problem:
            row.add_error(name, problem)
    if "name" not in row.values:
        row.add_error("name", _("нет названия школы"))
    return row


def is_entry(row: Row, columns: Columns, heading: Sequence[str]) -> bool:
    """False for an empty line, column numbers, a heading repeated on the next page, a total, and what stands above schools."""
    known = [row.cells[place].strip() for place in columns if place < len(row.cells) and row.cells[place].strip()]
    first = next((search_form(cell) for cell in row.cells if cell.strip()), "")
    numbers = len(known) > 1 and all(cell.isdigit() and len(cell) < 3 for cell in known)
    repeated = bool(known) and known == [heading[place].strip() for place in columns if heading[place].strip()]
    return bool(known) and not numbers and not repeated and not TOTAL.match(first) and row.kind not in ABOVE


def name_school(row: Row) -> None:
    """A list with one column often holds the full names: those become the full name, and a short one is taken from them."""
    name = row.values.get("name", "")
    if len(name) > LIMITS["name"] and "full_name" not in row.values:
        row.values["full_name"] = row.values.pop("name")
        row.places["full_name"] = row.places["name"]
    if "name" not in row.values and "full_name" in row.values:
        row.values["name"] = short_name(row.values["full_name"])
        row.named_by_us = True


def short_name(full: str) -> str:
    """What stands in the outermost quotation marks, else the beginning of the full name."""
    short = quoted(full) or full
    return short if len(short) <= LIMITS["name"] else f"{short[: LIMITS['name'] - 1].rsplit(' ', 1)[0]}…"


def quoted(text: str) -> str:
    """The first part in quotation marks, with the marks nested in it; "" when none is closed."""
    straight = re.search(r'"(.*)""\s*$|"([^"]+)"', text)
    if straight and not any(mark in text for mark in OPENING):
        return f'{straight.group(1)}"' if straight.group(1) else straight.group(2)
    depth, start = 0, -1
    for place, letter in enumerate(text):
        if letter in OPENING:
            start = place + 1 if depth == 0 else start
            depth += 1
        elif letter in CLOSING and depth:
            depth -= 1
            if depth == 0:
                return text[start:place]
    return ""


@cache
def own_kinds() -> dict[str, str]:
    """The kinds as our own export writes them, in every language of the interface."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {search_form(str(kind.label)): kind.value for kind in OrganisationKind}
    return found


def kind_of(value: str) -> str:
    """Kind of organisation; «лицей», «СОШ» and whatever else stands in a list of schools are schools."""
    return own_kinds().get(search_form(value), OrganisationKind.SCHOOL.value)


def mended(name: str, value: str) -> str:
    """A value without what Excel and habit do to it: lost leading zero and spaces of a tax number, a site without its scheme."""
    if name == "tax_number":
        digits = re.sub(r"\D", "", value)
        return digits.zfill(10) if len(digits) == 9 else digits or value
    return f"https://{value}" if name == "website" and "://" not in value else value


def problem_of(name: str, value: str) -> str:
    """What is wrong with a value, in words without a full stop; "" when nothing is."""
    if len(value) > LIMITS[name]:
        return _("слишком длинно: %(length)s знаков, а можно не больше %(limit)s") % {"length": len(value), "limit": LIMITS[name]}
    if name == "tax_number":
        return tax_number_problem(value)
    try:
        if name == "email":
            validate_email(value)
        elif name == "website":
            URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        words = {"value": value[:60]}
        return _("«%(value)s» не похоже на почту") % words if name == "email" else _("«%(value)s» не похоже на адрес сайта") % words
    return ""


def letters(place: int) -> str:
    """The name of a column in Excel: 0 is A, 26 is AA."""
    text, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text
