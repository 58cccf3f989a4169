"""A paper before it is understood: blocks of text and tables in the order in which they were printed."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `width` is how many columns it covers; `continued` marks a cell that a merged cell above covers
    (its text is that cell's)."""

    text: str
    width: int = 1
    continued: bool = False


Row = list[Cell]


@dataclass(slots=True)
class Table:
    """Rows of cells, each row as wide as the table: a cell that covers several columns is followed by empty ones. `notes` are
    doubts about the cells, in words for a person."""

    rows: list[Row]
    notes: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Columns."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(slots=True)
class Paper:
    """`blocks` are lists of text lines and tables; `running` holds all lines of a paper whose columns may have run together,
    for the case that no block is a table of a plan; `paged` says that heads and feet of pages stand among the text."""

    blocks: list[list[str] | Table] = field(default_factory=list)
    running: list[str] = field(default_factory=list)
    paged: bool = False

    @property
    def tables(self) -> list[Table]:
        """Tables in order."""
        return [block for block in self.blocks if isinstance(block, Table)]


def plain_row(texts: list[str]) -> Row:
    """A row of a format without merged cells."""
    return [Cell(text) for text in texts]
