"""Which row of a table holds the headings, and which card field each column is."""

import re
from collections.abc import Sequence
from functools import cache

from django.conf import settings
from django.utils import translation

from nastavnik.core.text import search_form
from nastavnik.organisations.rules import CARD_COLUMNS

HEADER_WITHIN = 15
LONGEST_HEADING = 90
IGNORED = ""
# Field and the wordings of its heading; the first that fits counts, so the narrower ones stand first.
HEADINGS: tuple[tuple[str, str], ...] = (
    (IGNORED, r"муниципалитет|муниципальн\w* (?:образован|район|округ)|\b(?:район|округ|учредитель)\b"),
    (IGNORED, r"куратор|наставник|заместител|\bзам\b|ответственн|контактное лицо|количеств|\bчисло\b|что исправить"),
    ("closed_on", r"^закрыт|дата (?:закрыт|ликвид)"),
    ("head_name_genitive", r"(?:фио|директор|руководител).*родительн"),
    ("head_name_dative", r"(?:фио|директор|руководител).*дательн"),
    ("full_name_genitive", r"родительн"),
    ("full_name_dative", r"дательн"),
    ("full_name_prepositional", r"предложн"),
    ("head_post", r"должност"),
    ("head_name", r"\bфио\b|\bф\.? ?и\.? ?о\b|фамилия"),
    ("phone", r"телефон|\bтел\b|контакты|\bмоб"),
    ("email", r"e ?mail|электронн|эл\.? ?почт|^почта"),
    ("website", r"сайт|\burl\b|\bweb"),
    ("head_name", r"директор|руководител|заведующ|начальник"),
    ("address", r"адрес|местонахожд|место нахожд"),
    ("tax_number", r"\bинн\b"),
    ("kind", r"^(?:вид|тип)\b"),
    ("name", r"^(?:краткое|сокращ)|(?:наимен|назв)\w*.*(?:кратк|сокращ)"),
    ("full_name", r"(?:полн|официальн|юридическ)\w*.*(?:наимен|назв)|(?:наимен|назв)\w*.*(?:полн|по уставу)"),
    ("name", r"^(?:наименование|название|школ[аы]|оо|оу|организация|учреждение|образовательн\w* (?:организац|учрежд))"),
    ("name", r"(?:наимен|назв)\w* (?:школ|оо\b|оу\b|организ|учрежд|образоват|общеобр)"),
)
# Marks of a value: nobody writes them into a heading.
VALUE = re.compile(r"@|//|№ ?\d|\d{3,}")

Columns = dict[int, str]


def find_columns(rows: Sequence[Sequence[str]]) -> tuple[int, Columns] | None:
    """The row of the headings among the first rows and the field of each known column (column > field), or None.

    The row that names the most fields wins, so a title above the table is passed over. A table must name its schools;
    one column is enough when nothing else stands in its row.
    """
    best: tuple[int, Columns] | None = None
    for place, cells in enumerate(rows[:HEADER_WITHIN]):
        columns = columns_of(cells)
        names_schools = {"name", "full_name"} & set(columns.values())
        alone = sum(bool(cell.strip()) for cell in cells) == 1
        if names_schools and (len(columns) > 1 or alone) and (best is None or len(columns) > len(best[1])):
            best = place, columns
    return best


def columns_of(cells: Sequence[str]) -> Columns:
    """Column > field; of two columns with one field the first counts."""
    columns: Columns = {}
    for place, cell in enumerate(cells):
        name = field_of(cell)
        if name != IGNORED and name not in columns.values():
            columns[place] = name
    return columns


def field_of(heading: str) -> str:
    """The card field that a heading names, "" for none."""
    words = search_form(heading)
    if not words or len(words) > LONGEST_HEADING or VALUE.search(heading):
        return IGNORED
    own = own_headings().get(words)
    return own or next((name for name, wording in HEADINGS if re.search(wording, words)), IGNORED)


@cache
def own_headings() -> dict[str, str]:
    """The headings of our own export in every language of the interface."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {search_form(str(heading)): name for name, heading, _width in CARD_COLUMNS}
    return found
