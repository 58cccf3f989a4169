"""Two states of a plan, line by line: what was added, removed, changed, moved. Pure; knows neither rows nor pages.

A line is followed by its key, whatever else has changed in it; a line whose key the other side does not know is followed by
its content, so that a line that was taken out and typed in again is the same line. Headings are compared among headings.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

FIELDS = ("number", "text", "deadline", "parties", "result")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: a measure, or with `heading` the title of a section. `section` names the section that it stands in
    (a key or a title: whatever stays the same when only words change); empty when that does not matter."""

    key: str
    text: str
    number: str = ""
    deadline: str = ""
    parties: tuple[str, ...] = ()
    result: str = ""
    section: str = ""
    heading: bool = False


class ChangeKind(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class LineChange:
    """What became of one line. `fields` are the parts whose words differ; `moved` says that it stands elsewhere now, also
    when it was changed as well. An added line has no `old`, a removed one no `new`."""

    kind: ChangeKind
    old: Line | None
    new: Line | None
    fields: tuple[str, ...] = ()
    moved: bool = False

    @property
    def line(self) -> Line:
        """The line as it stands now, or as it stood last."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 -- a change has at least one side
        return found


def compare_lines(old: Sequence[Line], new: Sequence[Line]) -> list[LineChange]:
    """Every line of both sides once: in the order of `new`, a removed line behind the one that stood before it."""
    partners = match(old, new)
    moved = moved_lines(old, new, partners)
    origin = {after: before for before, after in partners.items()}
    changes = [pair(old[origin[at]], line, at in moved) if at in origin else added(line) for at, line in enumerate(new)]
    gone: dict[int, list[LineChange]] = defaultdict(list)
    behind = -1
    for at, line in enumerate(old):
        if at not in partners:
            gone[behind].append(LineChange(ChangeKind.REMOVED, line, None))
        elif partners[at] not in moved:
            behind = partners[at]
    return [*gone[-1], *(one for at, change in enumerate(changes) for one in (change, *gone[at]))]


def pair(old: Line, new: Line, moved: bool) -> LineChange:
    """The change of a line that both sides have."""
    fields = tuple(name for name in FIELDS if words_of(getattr(old, name)) != words_of(getattr(new, name)))
    kind = ChangeKind.CHANGED if fields else ChangeKind.MOVED if moved else ChangeKind.SAME
    return LineChange(kind, old, new, fields, moved)


def added(line: Line) -> LineChange:
    """A line that only the new side has."""
    return LineChange(ChangeKind.ADDED, None, line)


def words_of(value: Any) -> Any:
    """A value without what nobody sees: spaces at the ends and double ones."""
    return " ".join(value.split()) if isinstance(value, str) else tuple(words_of(one) for one in value)


def match(old: Sequence[Line], new: Sequence[Line]) -> dict[int, int]:
    """Places of old lines with the places of the same lines in `new`: by key, and what is left by content."""
    partners = match_by(old, new, lambda line: (line.heading, line.key) if line.key else None, {})
    return match_by(old, new, content_of, partners)


def content_of(line: Line) -> Hashable:
    """All that is printed of a line but its number."""
    return (line.heading, *(words_of(getattr(line, name)) for name in FIELDS[1:]))


def match_by(
    old: Sequence[Line], new: Sequence[Line], mark: Callable[[Line], Hashable], partners: dict[int, int]
) -> dict[int, int]:
    """`partners` and the pairs of lines with the same mark; several with one mark in their order, None matches nothing."""
    taken = set(partners.values())
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for at, line in reversed(list(enumerate(new))):
        if at not in taken:
            waiting[mark(line)].append(at)
    found = dict(partners)
    for at, line in enumerate(old):
        value = mark(line)
        if at not in found and value is not None and waiting[value]:
            found[at] = waiting[value].pop()
    return found


def moved_lines(old: Sequence[Line], new: Sequence[Line], partners: dict[int, int]) -> set[int]:
    """Places in `new` of lines that stand in another section, or out of the order that most of them have kept."""
    moved = {after for before, after in partners.items() if old[before].section != new[after].section}
    for heading in (True, False):
        kept = [(before, partners[before]) for before in sorted(partners) if old[before].heading is heading]
        steady = [after for _before, after in kept if after not in moved]
        moved |= set(steady) - set(longest_rising(steady))
    return moved


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The longest run of rising numbers that can be picked in their order (patience sorting)."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(places[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        places[length : length + 1] = [at]
    found: list[int] = []
    at = places[-1] if places else -1
    while at >= 0:
        found.append(numbers[at])
        at = before[at]
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words that both texts have (`same`), or only the old (`removed`) or the new one (`added`)."""

    kind: ChangeKind
    text: str


def compare_words(old: str, new: str) -> list[Piece]:
    """Two texts word by word, in reading order, what was removed before what came instead."""
    before, after = old.split(), new.split()
    pieces = []
    for tag, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(ChangeKind.SAME, " ".join(before[first:last])))
            continue
        if first < last:
            pieces.append(Piece(ChangeKind.REMOVED, " ".join(before[first:last])))
        if start < end:
            pieces.append(Piece(ChangeKind.ADDED, " ".join(after[start:end])))
    return pieces
