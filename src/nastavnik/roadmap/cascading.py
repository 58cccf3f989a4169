"""What becomes of one line of a copy when the model is sent again. Pure; three digests decide (`rules.line_digest`)."""

from enum import StrEnum


class Fate(StrEnum):
    """`SAME`: nothing to do. `TAKE`: the copy has not touched the line, so the model's words come. `CONFLICT`: both sides
    have changed it. `JOINED`: both have come to the same words. `NEW`: the copy has never had the line. `LEFT_OUT`: it had
    the line and took it out. `WITHDRAWN`: the model gave the line up, the copy has not touched it; `ORPHANED`: it has."""

    SAME = "same"
    TAKE = "take"
    CONFLICT = "conflict"
    JOINED = "joined"
    NEW = "new"
    LEFT_OUT = "left_out"
    WITHDRAWN = "withdrawn"
    ORPHANED = "orphaned"


def fate_of(*, base: str, mine: str | None, theirs: str | None, known: bool) -> Fate:
    """`base` is the model's line as the copy last took it over, `mine` the copy's line (None: it has none), `theirs` the
    model's line now (None: given up), `known`: an earlier edition of the copy held the line."""
    if mine is None:
        return Fate.LEFT_OUT if known else Fate.NEW
    if theirs is None:
        return Fate.WITHDRAWN if mine == base else Fate.ORPHANED
    if mine == theirs:
        return Fate.SAME if base == theirs else Fate.JOINED
    if theirs == base:
        return Fate.SAME
    return Fate.TAKE if mine == base else Fate.CONFLICT
