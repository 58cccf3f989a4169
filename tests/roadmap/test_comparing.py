"""Two states of a plan are compared line by line."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from nastavnik.roadmap.comparing import ChangeKind, Line, compare_lines, compare_words, longest_rising

A, B, C, D = (Line(key, f"Мероприятие {key}", number=f"1.{at}.") for at, key in enumerate("abcd", start=1))


def seen(old: list[Line], new: list[Line]) -> list[tuple[str, str]]:
    """The key of each line and what became of it."""
    return [(change.line.key, change.kind.value) for change in compare_lines(old, new)]


def test_nothing_changed() -> None:
    assert seen([A, B], [A, B]) == [("a", "same"), ("b", "same")]


def test_a_removed_line_stays_where_it_stood() -> None:
    assert seen([A, B, C], [A, C]) == [("a", "same"), ("b", "removed"), ("c", "same")]
    assert seen([A, B], [B]) == [("a", "removed"), ("b", "same")]


def test_an_added_line() -> None:
    assert seen([A, C], [A, B, C]) == [("a", "same"), ("b", "added"), ("c", "same")]


def test_a_changed_line_says_which_parts() -> None:
    later = replace(A, deadline="до 1 декабря", parties=("Куратор",))
    change = compare_lines([A], [later])[0]
    assert (change.kind, change.old, change.new, change.fields) == (ChangeKind.CHANGED, A, later, ("deadline", "parties"))


def test_spaces_are_no_change() -> None:
    assert seen([A], [replace(A, text="  Мероприятие   a ")]) == [("a", "same")]


def test_only_the_line_that_was_carried_away_has_moved() -> None:
    assert seen([A, B, C, D], [D, A, B, C]) == [("d", "moved"), ("a", "same"), ("b", "same"), ("c", "same")]


def test_another_section_is_a_move_and_the_change_is_told_too() -> None:
    change = compare_lines([replace(A, section="1")], [replace(A, section="2", text="Иначе")])[0]
    assert (change.kind, change.moved, change.fields) == (ChangeKind.CHANGED, True, ("text",))


def test_a_line_typed_in_again_is_the_same_line() -> None:
    assert seen([A], [replace(A, key="z", number="7.")]) == [("z", "changed")]
    assert compare_lines([A], [replace(A, key="z", number="7.")])[0].fields == ("number",)


def test_a_heading_is_never_taken_for_a_measure() -> None:
    assert seen([A], [replace(A, heading=True)]) == [("a", "removed"), ("a", "added")]


keys = st.sampled_from(["", *"abcdefgh"])
lines = st.builds(
    Line, keys, st.sampled_from(["Текст", "Другой", "Третий"]), number=st.sampled_from(["1", "2"]), deadline=st.just(""),
    parties=st.just(()), section=st.sampled_from(["", "s"]), heading=st.booleans(),
)  # fmt: skip
plans = st.lists(lines, max_size=12)


@given(plans, plans)
def test_every_line_of_both_sides_is_told_once(old: list[Line], new: list[Line]) -> None:
    changes = compare_lines(old, new)
    assert [change.new for change in changes if change.new] == new
    assert Counter(change.old for change in changes if change.old) == Counter(old)


@given(plans)
def test_a_plan_does_not_differ_from_itself(plan: list[Line]) -> None:
    assert {change.kind for change in compare_lines(plan, plan)} <= {ChangeKind.SAME}


@given(plans, plans)
def test_the_way_back_mirrors_the_way_there(old: list[Line], new: list[Line]) -> None:
    there, back = compare_lines(old, new), compare_lines(new, old)
    count = Counter(change.kind for change in there)
    mirrored = Counter(change.kind for change in back)
    assert (count[ChangeKind.ADDED], count[ChangeKind.REMOVED]) == (mirrored[ChangeKind.REMOVED], mirrored[ChangeKind.ADDED])


@given(st.permutations(range(8)))
def test_the_longest_rising_run_rises_and_is_the_longest(numbers: list[int]) -> None:
    run = longest_rising(numbers)
    places = [numbers.index(number) for number in run]
    best = [1] * len(numbers)
    for at, number in enumerate(numbers):
        best[at] = 1 + max((best[earlier] for earlier in range(at) if numbers[earlier] < number), default=0)
    assert (run, places, len(run)) == (sorted(run), sorted(places), max(best))


words = st.lists(st.sampled_from(["до", "1", "декабря", "марта"]), max_size=8).map(" ".join)


@given(words, words)
def test_words_of_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    pieces = compare_words(old, new)
    before = " ".join(piece.text for piece in pieces if piece.kind != ChangeKind.ADDED)
    after = " ".join(piece.text for piece in pieces if piece.kind != ChangeKind.REMOVED)
    assert (before, after) == (old, new)
