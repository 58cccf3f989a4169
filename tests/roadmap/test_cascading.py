"""Three digests decide what becomes of a line; whatever they are, nothing of the copy's own is written over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.roadmap.cascading import Fate, fate_of

words = st.sampled_from(["a", "b", "c"])


@pytest.mark.parametrize(("base", "mine", "theirs", "known", "fate"), [
    ("a", "a", "a", True, Fate.SAME), ("a", "a", "b", True, Fate.TAKE), ("a", "b", "a", True, Fate.SAME),
    ("a", "b", "c", True, Fate.CONFLICT), ("a", "b", "b", True, Fate.JOINED), ("", None, "a", False, Fate.NEW),
    ("", None, "a", True, Fate.LEFT_OUT), ("a", "a", None, True, Fate.WITHDRAWN), ("a", "b", None, True, Fate.ORPHANED),
])  # fmt: skip
def test_the_fate_of_a_line(base: str, mine: str | None, theirs: str | None, known: bool, fate: Fate) -> None:
    assert fate_of(base=base, mine=mine, theirs=theirs, known=known) is fate


@given(words, words, st.none() | words, st.booleans())
def test_a_changed_line_is_never_written_over_or_dropped(base: str, mine: str, theirs: str | None, known: bool) -> None:
    fate = fate_of(base=base, mine=mine, theirs=theirs, known=known)
    assert mine == base or fate not in (Fate.TAKE, Fate.WITHDRAWN, Fate.NEW)


@given(words, words, words)
def test_the_second_time_nothing_comes(base: str, mine: str, theirs: str) -> None:
    fate = fate_of(base=base, mine=mine, theirs=theirs, known=True)
    after = {Fate.TAKE: (theirs, theirs), Fate.JOINED: (theirs, mine)}.get(fate, (base, mine))
    again = fate_of(base=after[0], mine=after[1], theirs=theirs, known=True)
    assert again is (Fate.CONFLICT if fate is Fate.CONFLICT else Fate.SAME)
