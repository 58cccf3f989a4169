"""The difference of two states of a plan, prepared for a page: sections, changed lines old beside new, the rest folded."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from nastavnik.roadmap.comparing import ChangeKind, Line, LineChange, Piece, compare_lines, compare_words

FIELD_WORDS: dict[str, Any] = {
    "number": _("номер"), "text": _("мероприятие"), "deadline": _("срок"), "parties": _("исполнители"), "result": _("результат"),
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One part of a line on both sides, as pieces of words; the side without the line has none."""

    label: Any
    old: list[Piece]
    new: list[Piece]


@dataclass(frozen=True)
class ShownChange:
    """A line that differs: its kind, whether it stands elsewhere, and its parts."""

    change: LineChange
    parts: list[Part]


@dataclass(frozen=True)
class Stretch:
    """Lines in a row: either one that differs, or several that are the same and stay folded."""

    shown: ShownChange | None
    same: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Block:
    """A section: its heading as it stands (or stood), how it differs, and its lines."""

    heading: Line | None
    shown: ShownChange | None
    stretches: list[Stretch]

    @property
    def differs(self) -> bool:
        """Is there anything to see in it?"""
        return self.shown is not None or any(one.shown for one in self.stretches)

    @property
    def same(self) -> list[Line]:
        """Its lines that are the same."""
        return [line for stretch in self.stretches for line in stretch.same]


@dataclass(frozen=True)
class Difference:
    """All blocks, and how many lines were added, removed, changed, moved."""

    blocks: list[Block]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """Lines that differ."""
        return sum(self.counts.values())


def difference_of(old: list[Line], new: list[Line]) -> Difference:
    """The difference of two states, ready for a page."""
    changes, blocks = compare_lines(old, new), list[Block]()
    for change in changes:
        if change.line.heading or not blocks:
            heading = change.line if change.line.heading else None
            blocks.append(Block(heading, shown_of(change) if heading else None, []))
        if not change.line.heading:
            append(blocks[-1].stretches, change)
    counts = Counter(change.kind.value for change in changes if change.kind is not ChangeKind.SAME)
    return Difference(blocks, dict(counts))


def append(stretches: list[Stretch], change: LineChange) -> None:
    """Put a line at the end: same lines in a row share a fold."""
    if change.kind is not ChangeKind.SAME:
        stretches.append(Stretch(shown_of(change)))
    elif stretches and stretches[-1].shown is None:
        stretches[-1].same.append(change.line)
    else:
        stretches.append(Stretch(None, [change.line]))


def shown_of(change: LineChange) -> ShownChange | None:
    """The parts that differ, with the text always among them; None for a line that is the same."""
    if change.kind is ChangeKind.SAME:
        return None
    whole = change.old is None or change.new is None
    names = [name for name in FIELD_WORDS if name in change.fields or name == "text" or whole]
    parts = [part_of(name, change) for name in names]
    return ShownChange(change, [part for part in parts if part.old or part.new])


def part_of(name: str, change: LineChange) -> Part:
    """One part of a line on both sides: what went stands only on the old one, what came only on the new one."""
    before, after = words(change.old, name), words(change.new, name)
    pieces = compare_words(before, after)
    return Part(
        FIELD_WORDS[name],
        [piece for piece in pieces if piece.kind is not ChangeKind.ADDED],
        [piece for piece in pieces if piece.kind is not ChangeKind.REMOVED],
    )


def words(line: Line | None, name: str) -> str:
    """A part of a line as one text; several parties are parted by «;»."""
    value = getattr(line, name) if line else ""
    return "; ".join(value) if isinstance(value, tuple) else value
