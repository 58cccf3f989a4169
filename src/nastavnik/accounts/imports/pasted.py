"""Pasted lines compared with places and people: the same code for preview and application."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.enums import Role
from nastavnik.accounts.imports.lines import Line, read_lines
from nastavnik.accounts.models import Appointment, Invitation
from nastavnik.accounts.rights import ROLES_OF_KIND
from nastavnik.accounts.rules import roles_to_give
from nastavnik.core.text import search_form
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.organisations.rules import name_key

MOST_LINES = 300
NUMBER = re.compile(r"\d+")
SORTS = (("лице", "лицей"), ("гимнази", "гимназия"), ("сош", "школа"), ("оош", "школа"), ("нош", "школа"), ("школ", "школа"))
COORDINATORS = {
    OrganisationKind.REGION: Role.REGIONAL_COORDINATOR, OrganisationKind.MUNICIPALITY: Role.MUNICIPAL_COORDINATOR,
}  # fmt: skip
# What cannot be written to the database in one column.
LONGEST_NAME = 80


@dataclass(slots=True)
class Row:
    """A line with its place and what would happen: `new` is invited, `known` is there already, `wrong` has a message."""

    line: Line
    role: str = ""
    place: Organisation | None = None
    state: str = "new"
    message: str = ""

    @property
    def role_label(self) -> str:
        """The role in words."""
        return str(Role(self.role).label) if self.role else ""


class Places:
    """The open organisations of a branch, found by what people call them."""

    def __init__(self, user: Any) -> None:
        rows = Organisation.objects.visible_to(user).active(timezone.localdate()).order_by("sort_key", "pk")
        self.rows = list(rows)
        self.by_name: dict[str, list[Organisation]] = {}
        for place in self.rows:
            for key in {name_key(place.name), name_key(place.full_name), name_key(place.slug)} - {""}:
                self.by_name.setdefault(key, []).append(place)

    def find(self, words: str) -> tuple[Organisation | None, str]:
        """The organisation that words mean, or why it is not clear."""
        found = self.by_name.get(name_key(words)) or self.numbered(words) or self.containing(words)
        if len(found) == 1:
            return found[0], ""
        if found:
            return None, _("Подходит несколько организаций: %(names)s. Напишите название полностью.") % {
                "names": ", ".join(place.name for place in found[:3])
            }
        return None, _("Организации «%(words)s» у вас нет. Проверьте название.") % {"words": words[:60]}

    def numbered(self, words: str) -> list[Organisation]:
        """«МБОУ СОШ №3» and «3 школа» mean the school whose name has that number, of the same sort."""
        numbers, sort = set(NUMBER.findall(words)), sort_of(words)
        return [
            place for place in self.rows
            if numbers and set(NUMBER.findall(place.name)) == numbers and (not sort or sort == sort_of(place.name))
        ]  # fmt: skip

    def containing(self, words: str) -> list[Organisation]:
        """Every word occurs in the name."""
        wanted = search_form(words).split()
        return [place for place in self.rows if wanted and all(word in place.search_text for word in wanted)]


def sort_of(words: str) -> str:
    """School, lyceum, grammar school; "" when the words do not say."""
    folded = words.casefold()
    return next((sort for sign, sort in SORTS if sign in folded), "")


def read_pasted(user: Any, text: str, default: Organisation | None) -> list[Row]:
    """Every line with what it would do. As many queries for one line as for three hundred."""
    places = Places(user)
    rows = [row_of(user, line, places, default) for line in read_lines(text)]
    if len(rows) > MOST_LINES:
        for row in rows[MOST_LINES:]:
            refuse(row, _("За один раз не больше %(most)s строк. Вставьте остальные потом.") % {"most": MOST_LINES})
    mark_known([row for row in rows if row.state == "new"])
    return rows


def row_of(user: Any, line: Line, places: Places, default: Organisation | None) -> Row:
    """A line with its place and role, or the first thing that is wrong with it."""
    row = Row(line)
    row.place, trouble = places.find(line.place) if line.place else (default, _("Не понята организация. Допишите школу."))
    row.role = role_here(line.role, row.place)
    for message in troubles(user, row, "" if row.place else trouble):
        refuse(row, message)
        break
    return row


def troubles(user: Any, row: Row, place_trouble: str) -> Iterable[str]:
    """What keeps a line from being written, the most telling first."""
    line = row.line
    if not line.given_name:
        yield _("Не поняты фамилия и имя. Напишите их двумя словами с большой буквы.")
    if max((len(part) for part in (line.surname, line.given_name, line.patronymic)), default=0) > LONGEST_NAME:
        yield _("Имя слишком длинное.")
    if place_trouble:
        yield place_trouble
    if not row.role:
        yield _("Не понята должность. Напишите, например, «куратор» или «директор».")
    elif row.place is not None and row.role not in roles_to_give(user, row.place):
        yield _("На должность «%(role)s» в организации «%(place)s» вы приглашать не можете.") % {
            "role": row.role_label, "place": row.place.name
        }  # fmt: skip
    if line.email or "@" in line.text:
        try:
            validate_email(line.email)
        except ValidationError:
            yield _("Адрес почты написан с ошибкой.")


def role_here(role: str, place: Organisation | None) -> str:
    """«Куратор» is another role in a municipality than in a school."""
    if place is not None and role == Role.SCHOOL_COORDINATOR and role not in ROLES_OF_KIND[place.kind]:
        return COORDINATORS.get(OrganisationKind(place.kind), Role(role))
    return role


def refuse(row: Row, message: str) -> None:
    """The line stays in the box."""
    row.state, row.message = "wrong", message


def mark_known(rows: list[Row]) -> None:
    """Lines that repeat an earlier line, an open invitation or an appointment change nothing. Two queries."""
    ids = {row.place.pk for row in rows if row.place}
    seen: dict[tuple[int, str], list[Seen]] = defaultdict(list)
    for one in Invitation.objects.open().filter(organisation_id__in=ids):
        seen[one.organisation_id, one.role].append(Seen(one.email, one.full_name, _("Уже приглашён(а).")))
    held = Appointment.objects.in_force(timezone.localdate()).filter(organisation_id__in=ids).select_related("user")
    for one in held:
        seen[one.organisation_id, one.role].append(Seen(one.user.email, one.user.full_name, _("Уже работает на этой должности.")))
    for row in rows:
        assert row.place is not None  # noqa: S101 -- tells the type checker what `troubles` has made sure of
        mine = Seen(row.line.email, " ".join(row.line.names), _("Такая строка уже есть выше."))
        earlier = seen[row.place.pk, row.role]
        known = next((one for one in earlier if one.is_same(mine)), None)
        if known is not None:
            row.state, row.message = "known", known.words
        earlier.append(mine)


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody who is there already, and how to say so."""

    email: str
    name: str
    words: str

    def is_same(self, other: "Seen") -> bool:
        """By mail where both have one, else by name."""
        if self.email and other.email:
            return self.email.casefold() == other.email.casefold()
        return self.name.casefold() == other.name.casefold()
