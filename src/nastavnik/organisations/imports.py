"""The school list of a municipality from a table: read > recognise columns > parse > check > preview > apply. Preview and
application use the same rows; a second import of the same file changes nothing."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from nastavnik.core.text import search_form
from nastavnik.organisations.models import Organisation

HEADER_WITHIN = 15
# Field > wordings of its heading, the more exact ones first.
HEADINGS: tuple[tuple[str, str], ...] = (
    ("full_name_genitive", r"родительн"),
    ("full_name_dative", r"дательн"),
    ("full_name", r"полн\w* (?:наимен|назв)|(?:наимен|назв)\w*.* по уставу|юридическ\w* назв"),
    (
        "name",
        r"краткое|сокращ|^(?:наименование|название|школа|оо|оу|организация|учреждение)|(?:наимен|назв)\w* (?:школы|оо|оу|организ|учрежд)",
    ),
    ("head_name", r"директор|руководител|заведующ|фио"),
    ("website", r"сайт|url|web"),
    ("email", r"почт|mail|e-?mail"),
    ("address", r"адрес|местонахожд|место нахожд"),
    ("phone", r"телефон|тел\b|контакт"),
    ("tax_number", r"инн"),
)
LIMITS = {name: Organisation._meta.get_field(name).max_length for name, _wording in HEADINGS}
WEIGHTS = {10: ((2, 4, 10, 3, 5, 9, 4, 6, 8),), 12: ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))}


@dataclass
class Row:
    """One line of the table: where it stands, its values by field, what is wrong, and what applying it does
    («new», «same», «change», «wrong»)."""

    sheet: str
    number: int
    cells: list[str]
    values: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    action: str = "new"
    organisation_id: int | None = None
    changes: dict[str, list[str]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As it waits in the draft."""
        return asdict(self)


def parse_sheets(sheets: Sequence[dict[str, Any]], municipality: Organisation) -> tuple[list[str], list[Row]]:
    """Headings and rows of every sheet that has a school list; no rows when none has."""
    headings: list[str] = []
    rows: list[Row] = []
    for sheet in sheets:
        found = find_columns(sheet["rows"])
        if found is None:
            continue
        start, columns = found
        headings = headings or sheet["rows"][start]
        rows += [
            parse_row(sheet["name"], number, cells, columns)
            for number, cells in enumerate(sheet["rows"][start + 1 :], start=start + 2)
            if is_filled(cells, columns)
        ]
    compare(rows, municipality)
    return headings, rows


def find_columns(rows: Sequence[Sequence[str]]) -> tuple[int, dict[int, str]] | None:
    """The row of the headings and the field of each column; a list must at least name its schools."""
    for place, cells in enumerate(rows[:HEADER_WITHIN]):
        columns = columns_of(cells)
        fields = set(columns.values())
        if fields & {"name", "full_name"} and (len(fields) > 1 or sum(bool(cell.strip()) for cell in cells) == 1):
            return place, columns
    return None


def columns_of(cells: Sequence[str]) -> dict[int, str]:
    """Column > field; the first column of a field counts."""
    columns: dict[int, str] = {}
    for place, cell in enumerate(cells):
        words = search_form(cell)
        name = next((name for name, wording in HEADINGS if words and len(words) < 90 and re.search(wording, words)), None)
        if name and name not in columns.values():
            columns[place] = name
    return columns


def is_filled(cells: Sequence[str], columns: dict[int, str]) -> bool:
    """A row with anything in a known column; rows of column numbers and totals are left out."""
    known = [cells[place].strip() for place in columns if place < len(cells)]
    numbers = [cell for cell in known if cell]
    return (
        bool(numbers)
        and not (len(numbers) > 1 and all(cell.isdigit() and len(cell) < 3 for cell in numbers))
        and not any(search_form(cell).startswith(("итого", "всего")) for cell in cells)
    )


def parse_row(sheet: str, number: int, cells: list[str], columns: dict[int, str]) -> Row:
    """Values and their errors; every error names sheet, row and column."""
    row = Row(sheet, number, cells)
    for place, name in columns.items():
        value = " ".join(cells[place].split()) if place < len(cells) else ""
        value = digits(value) if name == "tax_number" else with_scheme(value) if name == "website" else value
        if value:
            row.values[name] = value
            problem = problem_of(name, value)
            if problem:
                row.errors.append(at(row, place, problem))
    if "name" not in row.values and "full_name" in row.values:
        row.values["name"] = short_name(row.values["full_name"])
    if "name" not in row.values:
        row.errors.append(at(row, next(iter(columns)), _("нет названия школы")))
    return row


def at(row: Row, place: int, problem: str) -> str:
    """«Лист «Школы», строка 12, столбец C: …»."""
    where = _("Лист «%(sheet)s», строка") % {"sheet": row.sheet} if row.sheet else _("Строка")
    return _("%(where)s %(row)s, столбец %(column)s: %(problem)s.") % {
        "where": where, "row": row.number, "column": letters(place), "problem": problem,
    }  # fmt: skip


def letters(place: int) -> str:
    """0 is A, 26 is AA."""
    text, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


def digits(value: str) -> str:
    """A tax number that Excel shortened or that has spaces."""
    clean = re.sub(r"\D", "", value)
    return clean.zfill(10) if len(clean) == 9 else clean or value


def with_scheme(value: str) -> str:
    """Sites are often typed without their scheme."""
    return value if not value or "://" in value else f"https://{value}"


def short_name(full: str) -> str:
    """What stands in quotation marks, else the beginning of the full name."""
    quoted = re.search(r"[«\"]([^»\"]{3,})[»\"]", full)
    return (quoted.group(1) if quoted else full)[:120]


def problem_of(name: str, value: str) -> str:
    """What is wrong with a value, "" when nothing is."""
    if len(value) > (LIMITS[name] or 300):
        return _("слишком длинно, не больше %(limit)s знаков") % {"limit": LIMITS[name]}
    try:
        if name == "email":
            validate_email(value)
        elif name == "website":
            URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        return _("«%(value)s» не похоже на адрес") % {"value": value[:60]}
    if name == "tax_number" and not is_tax_number(value):
        return _("ИНН «%(value)s» неверен: проверьте цифры") % {"value": value[:20]}
    return ""


def is_tax_number(value: str) -> bool:
    """The control digits of a Russian tax number (10 digits for organisations, 12 for persons)."""
    if not value.isdigit() or len(value) not in WEIGHTS:
        return False
    number = [int(digit) for digit in value]
    return all(
        sum(weight * digit for weight, digit in zip(weights, number, strict=False)) % 11 % 10 == number[len(weights)]
        for weights in WEIGHTS[len(value)]
    )


def compare(rows: Sequence[Row], municipality: Organisation) -> None:
    """Recognise schools that are there already (by tax number, else by name) and rows that repeat each other."""
    known = list(Organisation.objects.schools().filter(municipality=municipality, closed_on=None))
    by_number = {school.tax_number: school for school in known if school.tax_number}
    by_name = {search_form(school.name): school for school in known}
    seen: dict[str, int] = {}
    for row in rows:
        key = row.values.get("tax_number") or search_form(row.values.get("name", ""))
        if key and key in seen:
            row.errors.append(at(row, 0, _("эта школа уже есть в строке %(row)s") % {"row": seen[key]}))
        seen.setdefault(key, row.number)
        school = by_number.get(row.values.get("tax_number", "-")) or by_name.get(search_form(row.values.get("name", "")))
        decide(row, school)


def decide(row: Row, school: Organisation | None) -> None:
    """What applying the row does."""
    if row.errors:
        row.action = "wrong"
    elif school is not None:
        row.organisation_id = school.pk
        row.changes = {
            name: [str(getattr(school, name)), value] for name, value in row.values.items() if str(getattr(school, name)) != value
        }
        row.action = "change" if row.changes else "same"
