"""One pasted line in whatever order and with whatever separators: who, mail, role, place. Pure text in, plain values out."""

import re
from dataclasses import dataclass, field

from nastavnik.accounts.enums import Role
from nastavnik.core.text import search_form

MAIL = re.compile(r"[<(]?(?:mailto:)?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)[>)]?", re.IGNORECASE)
NAME_WORD = re.compile(r"[А-ЯЁA-Z][А-ЯЁа-яёA-Za-z]*(?:[-'’][А-ЯЁA-Zа-яёa-z]+)*\Z")
PATRONYMIC = re.compile(r"(?:вич|вна|ична|инична|ьич|мич|оглы|кызы)\Z", re.IGNORECASE)
HEADINGS = {
    "фио", "ф и о", "ф. и. о.", "ф.и.о.", "фамилия имя отчество", "фамилия, имя, отчество", "сотрудник", "кто", "почта", "e mail",
    "email", "эл. почта", "электронная почта", "роль", "должность", "школа", "организация", "оо", "№", "№ п/п", "фамилия", "имя",
    "отчество",
}  # fmt: skip
# The first that fits wins: a deputy head is not a head, the coordinator of a municipality not one of a school.
ROLE_WORDS = (
    (re.compile(r"\bзам[\w.]*(?:\s*\b(?:директор|руководител|заведующ)\w*)?(?:\s+по\s+\w+)?|\bзавуч\w*"), Role.DEPUTY_HEAD),
    (re.compile(r"\bмуниципальн\w+\s+(?:куратор|координатор)\w*"), Role.MUNICIPAL_COORDINATOR),
    (re.compile(r"\bрегиональн\w+\s+(?:куратор|координатор)\w*"), Role.REGIONAL_COORDINATOR),
    (re.compile(r"\b(?:начальник|руководител)\w*\s+(?:управлени|отдел|департамент)\w*(?:\s+образовани\w*)?|\bначальник\w*"),
     Role.MUNICIPAL_HEAD),
    (re.compile(r"\b(?:представител\w*(?:\s+партн[ёе]р\w*)?|партн[ёе]р\w*)"), Role.PARTNER_REPRESENTATIVE),
    (re.compile(r"\b(?:директор|заведующ)\w*|\bруководител\w*(?:\s+(?:школы|оо))?"), Role.SCHOOL_HEAD),
    (re.compile(r"\b(?:куратор|координатор)\w*(?:\s+(?:школы|оо|наставничества))?"), Role.SCHOOL_COORDINATOR),
    (re.compile(r"\bнаставни[кц]\w*"), Role.MENTOR),
    (re.compile(r"\bадмин\w*"), Role.ADMINISTRATOR),
)  # fmt: skip


@dataclass(slots=True)
class Line:
    """What was found in one line; what was not is empty."""

    number: int
    text: str
    names: tuple[str, ...] = ()
    email: str = ""
    role: str = ""
    place: str = ""
    rest: list[str] = field(default_factory=list)

    @property
    def surname(self) -> str:
        """First of the names as kept."""
        return self.names[0] if self.names else ""

    @property
    def given_name(self) -> str:
        """Second of the names as kept."""
        return self.names[1] if len(self.names) > 1 else ""

    @property
    def patronymic(self) -> str:
        """All further names."""
        return " ".join(self.names[2:])


def read_lines(text: str) -> list[Line]:
    """All lines that say something; a line of headings says nothing. Numbers count from 1 as in the box."""
    numbered = ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1))
    return [read_line(number, line) for number, line in numbered if line and not is_heading(line)]


def is_heading(line: str) -> bool:
    """Only words that stand over columns."""
    cells = [search_form(cell) for cell in cells_of(line)]
    return bool(cells) and all(cell in HEADINGS for cell in cells)


def cells_of(line: str) -> list[str]:
    """By the strongest separator that occurs: tab, semicolon, bar, comma."""
    mark = next((mark for mark in "\t;|," if mark in line), "\t")
    return [cell.strip(' "«»\u00a0') for cell in line.split(mark) if cell.strip(' "«»\u00a0')]


def read_line(number: int, text: str) -> Line:
    """Mail first, since it cannot be mistaken; then each cell is a name, a role, a place, or a role with its place."""
    line = Line(number, text)
    mail = MAIL.search(text)
    if mail:
        line.email = mail.group(1).casefold()
        text = text[: mail.start()] + ("\t" if "\t" in text else " ") + text[mail.end() :]
    cells = cells_of(text)
    for cell in split_lone_cell(cells[0]) if len(cells) == 1 else cells:
        read_cell(line, cell)
    line.place = line.place or " ".join(line.rest)
    return line


def split_lone_cell(cell: str) -> list[str]:
    """«Орлова Анна Петровна куратор школа 1»: the names that begin the line, then the rest."""
    words = cell.split()
    many = 0
    while many < min(4, len(words)) and NAME_WORD.match(words[many]) and not role_in(words[many]):
        many += 1
    return [part for part in (" ".join(words[:many]), " ".join(words[many:])) if part] if many > 1 else [cell]


def read_cell(line: Line, cell: str) -> None:
    """Take what a cell says."""
    cell = re.sub(r"^\d{1,3}[.)]?\s+(?=\D)", "", cell)
    words = cell.split()
    if not line.names and 2 <= len(words) <= 4 and all(NAME_WORD.match(word) for word in words) and not role_in(cell):
        line.names = names_in_order(words)
        return
    found = None if line.role else role_in(cell)
    if found is None:
        if not cell.isdecimal() and "@" not in cell:
            line.rest.append(cell)
        return
    line.role, rest = found
    if rest:
        line.place = rest


def role_in(cell: str) -> tuple[str, str] | None:
    """The role that a cell names, and what else it says."""
    folded = cell.casefold()
    for pattern, role in ROLE_WORDS:
        match = pattern.search(folded)
        if match:
            return role, (cell[: match.start()] + " " + cell[match.end() :]).strip(" ,.()-–\u00a0")
    return None


def names_in_order(words: list[str]) -> tuple[str, ...]:
    """Surname first; «Анна Петровна Орлова» is turned round. Capitals become ordinary letters."""
    words = [word.title() if word.isupper() and len(word) > 1 else word for word in words]
    if len(words) == 3 and PATRONYMIC.search(words[1]) and not PATRONYMIC.search(words[2]):
        words = [words[2], words[0], words[1]]
    return tuple(words)
