"""An official paper as a value: stamps, title, one long table, signatures. The writers beside it print the same value."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Stamp:
    """«УТВЕРЖДАЮ» and what stands under it, line by line."""

    word: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A heading and its share of the width; the shares of a table are compared with each other."""

    heading: str
    share: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A row over the whole width."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One text per column; a line break begins a new paragraph of the cell. `strong` is for the heading of a group that has
    cells of its own."""

    cells: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class OfficialPaper:
    """`left` and `right` are the stamps over the title, `notes` the lines between title and table, `closing` those after it
    (signatures), `running` the words at the foot of each page. `upright` is for narrow tables; plans lie on their side."""

    title: str
    columns: tuple[PaperColumn, ...]
    rows: tuple[Heading | Line, ...]
    left: tuple[Stamp, ...] = ()
    right: tuple[Stamp, ...] = ()
    notes: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    running: str = ""
    upright: bool = False

    def to_json(self) -> dict[str, Any]:
        """The value for a program of another language; a heading has `text`, a line has `cells`."""
        return asdict(self)
