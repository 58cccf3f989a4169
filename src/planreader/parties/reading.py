"""One cell of «Ответственные»."""

import re
from collections.abc import Mapping

from planreader.clean import fold, one_line
from planreader.model import Party, Role, Scope
from planreader.parties.lexicon import ALIAS, NAME, RULES, SCHOOLS, Rule

# «Комитет образования, науки и молодёжной политики» is one office.
OFFICE_GOES_ON = r"(?!\s*(?:науки|культуры|спорта|физической культуры|молод[её]жной политики|опеки|туризма)\b)"
SEPARATOR = re.compile(
    rf"\s*(?:,{OFFICE_GOES_ON}|[;\n]|(?<=\s)(?:совместно с|а также)(?=\s)|(?<=[^\s\d])/(?=[^\s\d])| / )\s*", re.IGNORECASE
)
AND = re.compile(r"\s+и\s+", re.IGNORECASE)
BRACKETS = re.compile(r"\([^()]*\)")
SCHOOL_NAMED = re.compile(rf"\b{SCHOOLS}\b")
LABEL = re.compile(r"^(?:ответственн(?:ый|ые|ая)|(?:со)?исполнител(?:ь|и))\s*[:\-–—]?\s*(?=\S)", re.IGNORECASE)
NOBODY = frozenset({"", "-", "–", "—"})
LONGEST_CELL = 4000


def read_parties(text: str, *, scope: Scope | None = None, aliases: Mapping[str, str] | None = None) -> tuple[Party, ...]:
    """The parties of a cell in their order, the first one leads. Never raises and loses no word: what no rule knows is
    `OTHER` with its text. `scope` is the side of the column («муниципальные» / «ОО») where the paper has one for each;
    `aliases` are short names that the paper defines («далее – Управление образования»)."""
    if len(text) > LONGEST_CELL:
        line = one_line(text)
        return (Party(line, Role.OTHER, Scope.UNKNOWN),)
    parties: list[Party] = []
    waiting_name = ""
    for part in parts_of(text):
        if is_only_name(part) and not waiting_name:
            waiting_name = part
            continue
        if waiting_name and not rule_of(part):
            parties.append(Party(waiting_name, Role.OTHER, scope or Scope.UNKNOWN, waiting_name))
            waiting_name = ""
        parties.append(party_of(f"{waiting_name}, {part}" if waiting_name else part, scope, aliases or {}))
        waiting_name = ""
    if waiting_name:
        parties.append(Party(waiting_name, Role.OTHER, scope or Scope.UNKNOWN, waiting_name))
    return tuple(parties)


def parts_of(text: str) -> list[str]:
    """The cell cut at its separators, outside brackets; «и» cuts only between two known parties."""
    held: list[str] = []

    def hold(match: "re.Match[str]") -> str:
        held.append(match.group())
        return f"\x00{len(held) - 1}\x00"

    lines = [one_line(line) for line in BRACKETS.sub(hold, text).split("\n")]
    found: list[str] = []
    for piece in SEPARATOR.split(join_wrapped(lines)):
        found += split_at_and(piece)
    restored = [re.sub(r"\x00(\d+)\x00", lambda match: held[int(match.group(1))], piece).strip(" .;,") for piece in found]
    return [one_line(piece) + closing_dot(piece) for piece in restored if piece.strip() not in NOBODY]


def closing_dot(piece: str) -> str:
    """Initials keep their last dot, which the cut took for the end of a sentence."""
    return "." if re.search(r"(?:^|\s|\.)[А-ЯЁ]$", piece.strip()) else ""


def join_wrapped(lines: list[str]) -> str:
    """Lines of one cell: a new line separates two parties only where both sides are parties in full."""
    text = ""
    for line in (line for line in lines if line):
        before = rule_of(text.rsplit(",", 1)[-1].strip())
        complete = before and (begins_party(line) or is_another_office(before, line))
        text = f"{text}, {line}" if complete and not text.endswith((",", ";", "-", "/", "–")) else f"{text} {line}".strip()
    return text


def begins_party(line: str) -> bool:
    """A new party begins with a capital and a role word («Куратор»), or as a list in lower case after a full line."""
    first = line.split(" ", 1)[0].strip(",.")
    return bool(rule_of(first)) and first[:1].isupper() and not SCHOOL_NAMED.fullmatch(fold(first))


def is_another_office(before: Rule, line: str) -> bool:
    """«РЦН» above «МУ ОО»: two offices of different levels, not one name on two lines."""
    found = rule_of(line)
    return found is not None and found.firm and before.firm and found.role is not before.role and line[:1].isupper()


def split_at_and(piece: str) -> list[str]:
    """«Руководители ОО и кураторы» are two, «заместители по ВР и УВР» are one."""
    sides = AND.split(piece)
    found = [sides[0]]
    for side in sides[1:]:
        if rule_of(found[-1]) and rule_of(side) and not is_only_name(side):
            found.append(side)
        else:
            found[-1] = f"{found[-1]} и {side}"
    return found


def party_of(text: str, scope: Scope | None, aliases: Mapping[str, str]) -> Party:
    """One party by its wording."""
    match = NAME.search(text)
    name = one_line(match.group()) if match else None
    wording = fold(LABEL.sub("", text))
    known = rule_of(text) or rule_of(aliases.get(fold(text), ""))
    if known is None:
        return Party(text, Role.OTHER, scope or Scope.UNKNOWN, name)
    role, where = in_column(known, scope, wording)
    return Party(text, role, where, name or organisation_name(text, role, aliases))


def in_column(known: Rule, scope: Scope | None, wording: str) -> tuple[Role, Scope]:
    """A side-specific column decides where the words leave it open: «куратор» among the municipal ones is not a school's."""
    if scope is None or known.firm or scope is known.scope:
        return known.role, known.scope
    if scope is Scope.MUNICIPALITY and not SCHOOL_NAMED.search(wording):
        role = {Role.SCHOOL_COORDINATOR: Role.MUNICIPAL_DEPARTMENT, Role.SCHOOL_HEAD: Role.MUNICIPAL_HEAD}.get(
            known.role, known.role
        )
        return role, scope
    return known.role, known.scope


def organisation_name(text: str, role: Role, aliases: Mapping[str, str]) -> str | None:
    """The full name of an office, where the paper gives more than an abbreviation."""
    if role not in (Role.MUNICIPAL_DEPARTMENT, Role.REGION_AUTHORITY, Role.REGIONAL_CENTRE):
        return None
    full = aliases.get(fold(text)) or one_line(BRACKETS.sub("", text))
    return full if len(full.split()) > 2 else None


def rule_of(text: str) -> Rule | None:
    """The first rule whose wording occurs."""
    wording = fold(one_line(text)).replace(".", " ").strip()
    wording = " ".join(wording.split())
    return next((rule for rule in RULES if rule.wording.search(wording)), None)


def is_only_name(text: str) -> bool:
    """A person and nothing else."""
    match = NAME.search(text)
    return match is not None and one_line(text.replace(match.group(), "", 1)).strip(" .,") == ""


def find_aliases(text: str) -> dict[str, str]:
    """Short names that a text defines: folded short name > full name."""
    return {fold(one_line(short)): one_line(full) for full, short in ALIAS.findall(text)}
