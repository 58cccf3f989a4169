"""Geometry of the timeline: what is on screen, where it stands, that nothing covers anything."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nastavnik.roadmap.layout import (
    LANE_WIDTH,
    MONTH,
    QUARTER,
    YEAR,
    LaneLayout,
    Window,
    arrow_between,
    label_reach,
    lay_out,
    months_in,
    neighbours_of,
    reach_of,
    ticks_of,
    upper_ticks,
    whole_of,
    window_of,
    with_labels,
)
from planreader.model import Deadline, DeadlineKind, Recurrence, Span

PLAN = Window(date(2026, 9, 1), date(2027, 8, 31))
DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
ZOOMS = st.sampled_from([YEAR, QUARTER, MONTH])
LETTERS = 10


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """«до …» or days from and to."""
    end = draw(DAYS)
    start = draw(st.none() | st.integers(0, 400).map(lambda days: end - timedelta(days=days)))
    return Span(start, end)


@st.composite
def deadlines(draw: st.DrawFn) -> Deadline:
    """A deadline with days of any kind."""
    kind = draw(st.sampled_from([DeadlineKind.BY, DeadlineKind.RANGE, DeadlineKind.LIST, DeadlineKind.RECURRING]))
    found = draw(st.lists(spans(), min_size=1, max_size=1 if kind in (DeadlineKind.BY, DeadlineKind.RANGE) else 30))
    found.sort(key=lambda span: span.end or date.max)
    rhythm = Recurrence.MONTHLY if kind is DeadlineKind.RECURRING else None
    return Deadline("", kind, found[0].start, found[-1].end, tuple(found), rhythm)


def by(day: date) -> Deadline:
    """«до …»."""
    return Deadline("", DeadlineKind.BY, None, day, (Span(None, day),))


@given(DAYS, DAYS, ZOOMS, st.none() | DAYS, DAYS)
def test_the_window_is_whole_months_of_the_plan(first: date, last: date, zoom: str, at: date | None, today: date) -> None:
    assume(first <= last)
    whole = whole_of(Span(first, last), [])
    window = window_of(whole, zoom, at, today)
    following = window.end + timedelta(days=1)
    assert (window.start.day, following.day) == (1, 1)
    assert whole.start <= window.start <= window.end <= whole.end
    if at is None and zoom != QUARTER:
        assert window.holds(min(max(today, whole.start), whole.end))


@given(DAYS, DAYS, ZOOMS)
def test_stepping_on_shows_every_month_and_ends(first: date, last: date, zoom: str) -> None:
    assume(first <= last)
    whole = whole_of(Span(first, last), [])
    window, seen = window_of(whole, zoom, whole.start, first), 0
    assert (window.start, neighbours_of(window, whole)[0]) == (whole.start, None)
    while True:
        seen += 1
        following = neighbours_of(window, whole)[1]
        if following is None:
            break
        assert window.start < following <= window.end + timedelta(days=1)
        window = window_of(whole, zoom, following, first)
    assert (window.end, seen <= months_in(whole)) == (whole.end, True)


@given(deadlines(), ZOOMS, DAYS)
def test_signs_stand_in_order_inside_the_lane(deadline: Deadline, zoom: str, at: date) -> None:
    window = window_of(PLAN, zoom, at, at)
    marks = lay_out(deadline, window).marks
    assert all(0 <= mark.x <= 100 and 0 <= mark.x + mark.width <= 100.01 for mark in marks)
    assert [mark.x for mark in marks] == sorted(mark.x for mark in marks)
    single = [mark for mark in marks if mark.kind == "diamond"]
    assert [mark.end for mark in single] == sorted(mark.end for mark in single if mark.end)


@given(deadlines(), ZOOMS, DAYS)
def test_no_date_is_lost(deadline: Deadline, zoom: str, at: date) -> None:
    window = window_of(PLAN, zoom, at, at)
    layout = lay_out(deadline, window)
    off = [span for span in deadline.occurrences if span.end < window.start or (span.start or span.end) > window.end]
    assert len(layout.marks) + len(off) == len(deadline.occurrences)
    assert bool(off) is bool(layout.earlier or layout.later)


@given(st.lists(DAYS, min_size=1, max_size=30, unique=True), DAYS)
def test_labels_cover_neither_signs_nor_each_other_nor_the_edge(days: list[date], at: date) -> None:
    spans = tuple(Span(None, day) for day in sorted(days))
    deadline = Deadline("", DeadlineKind.LIST, None, spans[-1].end, spans)
    marks = lay_out(deadline, window_of(PLAN, YEAR, at, at)).marks
    placed = with_labels(marks, [LETTERS] * len(marks), PLAN.middle(date(2026, 11, 25)))
    labels = [label_reach(mark, mark.label, LETTERS) for mark in placed if mark.label]
    assert all(left >= 0 and right <= 100 for left, right in labels)
    taken = sorted([*labels, *map(reach_of, placed)])
    between = [
        (first, second) for place, first in enumerate(taken) for second in taken[place + 1 :] if {first, second} & set(labels)
    ]
    assert all(second[0] >= first[1] for first, second in between)


def test_a_lone_label_stands_on_the_right_and_at_the_end_on_the_left() -> None:
    sides = [with_labels(lay_out(by(day), PLAN).marks, [LETTERS])[0].label for day in (date(2026, 12, 15), date(2027, 8, 20))]
    assert sides == ["end", "start"]


def test_a_label_keeps_off_todays_line_where_it_can() -> None:
    now = PLAN.middle(date(2026, 11, 25))
    sides = [with_labels(lay_out(by(day), PLAN).marks, [LETTERS], now)[0].label for day in (date(2026, 11, 17), date(2026, 9, 28))]
    assert sides == ["start", "end"]


@given(st.dates(PLAN.start, PLAN.end), ZOOMS)
def test_today_stands_between_its_own_ticks(today: date, zoom: str) -> None:
    window = window_of(PLAN, zoom, None, today)
    before = [tick for tick in ticks_of(window, zoom) if tick.day <= today]
    after = [tick for tick in ticks_of(window, zoom) if tick.day > today]
    assert all(tick.x <= window.middle(today) for tick in before)
    assert all(tick.x >= window.middle(today) for tick in after)
    assert window.left(today) < window.middle(today) < window.right(today)


@given(DAYS, ZOOMS, DAYS)
def test_words_of_the_scale_do_not_run_into_todays(today: date, zoom: str, at: date) -> None:
    window = window_of(PLAN, zoom, at, today)
    ticks, width = upper_ticks(window, zoom, today), 100 * (46 if zoom == YEAR else 94) / LANE_WIDTH
    assert all(later.x - earlier.x >= width for earlier, later in itertools.pairwise(ticks))
    if window.holds(today):
        half = 100 * 26 / LANE_WIDTH
        now = window.middle(today)
        assert all(now - half >= tick.x + width or now + half <= tick.x for tick in ticks)


@pytest.mark.parametrize(
    ("kind", "drawn"),
    [(DeadlineKind.EXTERNAL, 0), (DeadlineKind.UNRECOGNISED, 0), (DeadlineKind.ON_DEMAND, 0), (DeadlineKind.NONE, 0),
     (DeadlineKind.WHOLE_PERIOD, 1)],
)  # fmt: skip
def test_what_has_no_days_of_its_own(kind: DeadlineKind, drawn: int) -> None:
    layout = lay_out(Deadline("слова", kind, PLAN.start, PLAN.end), PLAN)
    assert [mark.kind for mark in layout.marks] == ["hatch"] * drawn
    assert drawn or layout == LaneLayout()


def test_arrows_go_from_the_end_to_the_beginning() -> None:
    arrow = arrow_between(PLAN, date(2026, 9, 30), date(2026, 10, 1), (1, 3, 4), broken=False)
    assert arrow is not None
    assert (arrow.x1, arrow.x2, arrow.y1, arrow.y2) == (PLAN.left(date(2026, 10, 1)), PLAN.left(date(2026, 10, 1)), 37.5, 87.5)
    assert arrow_between(PLAN, date(2025, 1, 1), date(2025, 2, 1), (1, 3, 4), broken=False) is None
