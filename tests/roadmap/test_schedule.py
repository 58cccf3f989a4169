"""Rules of moving and of the order of measures."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.roadmap.schedule import (
    Term,
    all_after,
    collides,
    is_movable,
    median_day,
    moved_to,
    moving_spans,
    path_between,
    shifted,
)  # fmt: skip
from planreader.deadlines import read_deadline
from planreader.model import Deadline, DeadlineKind, Span

YEAR = Span(date(2026, 9, 1), date(2027, 8, 31))
PHRASES = ("до 20.12.2026", "октябрь 2026", "с 12.10.2026 по 03.11.2026", "декабрь 2026, май 2027", "ежемесячно до 20 числа",
           "до 15.10.2026, до 20.05.2027")  # fmt: skip
GRAPHS = st.dictionaries(st.integers(0, 8), st.lists(st.integers(0, 8), max_size=4), max_size=9)


@given(st.sampled_from(PHRASES), st.integers(-60, 60))
def test_a_shift_moves_every_day_and_back_again(phrase: str, days: int) -> None:
    deadline, step = read_deadline(phrase, horizon=YEAR), timedelta(days=days)
    later = shifted(deadline, days, horizon=YEAR)
    assert (later.kind, len(later.occurrences)) == (deadline.kind, len(deadline.occurrences))
    assert [span.end for span in later.occurrences] == [span.end + step for span in deadline.occurrences if span.end]
    assert shifted(later, -days, horizon=YEAR).occurrences == deadline.occurrences


@given(st.sampled_from(PHRASES[:4]), st.integers(-60, 60))
def test_the_new_words_say_the_new_days(phrase: str, days: int) -> None:
    later = shifted(read_deadline(phrase, horizon=YEAR), days, horizon=None)
    assert read_deadline(later.text, horizon=None).occurrences == later.occurrences


def test_one_date_of_a_list_moves_alone_and_a_rhythm_as_a_whole() -> None:
    listed, rhythm = read_deadline(PHRASES[5], horizon=YEAR), read_deadline(PHRASES[4], horizon=YEAR)
    moved = moved_to(listed, 1, Span(None, date(2027, 5, 27)), horizon=YEAR)
    assert [span.end for span in moved.occurrences] == [date(2026, 10, 15), date(2027, 5, 27)]
    again = moved_to(rhythm, 2, Span(None, moving_spans(rhythm)[2].end + timedelta(days=2)), horizon=YEAR)
    assert again.occurrences == shifted(rhythm, 2, horizon=YEAR).occurrences


@pytest.mark.parametrize(
    ("kind", "expected"), [(DeadlineKind.EXTERNAL, False), (DeadlineKind.NONE, False), (DeadlineKind.BY, True)]
)
def test_only_days_of_its_own_can_be_moved(kind: DeadlineKind, expected: bool) -> None:
    day = date(2026, 12, 1) if expected else None
    assert is_movable(Deadline("слова", kind, None, day)) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Term(None, date(2026, 10, 31)), Term(date(2026, 10, 1), date(2026, 11, 30)), True),
        (Term(None, date(2026, 10, 31)), Term(date(2026, 10, 31), date(2026, 11, 30)), False),
        (Term(None, date(2026, 10, 31)), Term(None, date(2026, 10, 30)), True),
        (Term(None, None), Term(None, date(2026, 10, 30)), False),
        (Term(None, date(2026, 10, 31)), Term(None, None), False),
    ],
)
def test_what_collides(first: Term, second: Term, expected: bool) -> None:
    assert collides(first, second) is expected


@given(GRAPHS, st.integers(0, 8), st.integers(0, 8))
def test_a_path_walks_real_bonds_and_is_found_when_there_is_one(order: dict[int, list[int]], start: int, goal: int) -> None:
    path = path_between(order, start, goal)
    assert all(second in order.get(first, ()) for first, second in itertools.pairwise(path))
    assert bool(path) is (start == goal or goal in all_after(order, start))


@given(GRAPHS, st.integers(0, 8))
def test_everything_after_is_named_once(order: dict[int, list[int]], start: int) -> None:
    found = all_after(order, start)
    assert len(found) == len(set(found))
    assert start not in found


@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), min_size=1, max_size=40))
def test_half_had_done_it_by_the_median(days: list[date]) -> None:
    counts = [(day, days.count(day)) for day in set(days)]
    assert median_day(counts) == sorted(days)[(len(days) - 1) // 2]
