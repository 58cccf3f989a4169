"""Pure geometry of the timeline: which days are on screen, and where a deadline stands on its lane.

All places are percents of the lane's width, so that the page draws them as SVG attributes at any width.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planreader.model import Deadline, DeadlineKind, Span

YEAR, QUARTER, MONTH = "year", "quarter", "month"
MONTHS_OF = {QUARTER: 3, MONTH: 1}
MOST_MONTHS = 15  # a plan of up to so many months is shown whole
LANE_WIDTH = 560  # pixels for which labels are placed; a wider lane only gives them more room
LETTER, GAP, HALF_SIGN = 6.6, 5, 9  # pixels: of a label's letter, between sign and label, half of a diamond
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """The days on screen, both ends included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.end - self.start).days + 1

    def left(self, day: date) -> float:
        """Where a day begins; a day outside stands at the edge."""
        return round(100 * min(max((day - self.start).days, 0), self.days) / self.days, 2)

    def right(self, day: date) -> float:
        """Where a day ends."""
        return self.left(day + DAY)

    def middle(self, day: date) -> float:
        """The middle of a day."""
        return round((self.left(day) + self.right(day)) / 2, 2)

    def holds(self, day: date) -> bool:
        """Is it on screen?"""
        return self.start <= day <= self.end


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def months_on(day: date, months: int) -> date:
    """The first day of the month so many months on."""
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def whole_of(plan: Span, days: Sequence[date]) -> Window:
    """Whole months of a plan's period and of everything that stands outside of it."""
    known = [day for day in (plan.start, plan.end, *days) if day is not None]
    return Window(month_of(min(known)), months_on(max(known), 1) - DAY)


def months_in(window: Window) -> int:
    """How many months a window of whole months has."""
    return (window.end.year - window.start.year) * 12 + window.end.month - window.start.month + 1


def width_of(whole: Window, zoom: str) -> int:
    """Months on one screen."""
    if zoom in MONTHS_OF:
        return min(MONTHS_OF[zoom], months_in(whole))
    return months_in(whole) if months_in(whole) <= MOST_MONTHS else 12


def window_of(whole: Window, zoom: str, at: date | None, today: date) -> Window:
    """The months on screen: those from `at`, else the ones with today in them; never beyond the plan."""
    width = width_of(whole, zoom)
    last = months_on(whole.end, 1 - width)
    shown = min(max(today, whole.start), whole.end)
    if at is None and zoom == QUARTER:
        begin = months_on(shown, -((shown.month - 1) % 3))
    elif at is None and zoom != MONTH:
        passed = months_in(Window(whole.start, shown)) - 1
        begin = months_on(whole.start, passed - passed % width)
    else:
        begin = month_of(at or shown)
    begin = min(max(begin, whole.start), last)
    return Window(begin, months_on(begin, width) - DAY)


def neighbours_of(window: Window, whole: Window) -> tuple[date | None, date | None]:
    """First months of the screen before and after, None at the ends of the plan."""
    width = months_in(window)
    before = max(months_on(window.start, -width), whole.start) if window.start > whole.start else None
    after = min(months_on(window.start, width), months_on(whole.end, 1 - width)) if window.end < whole.end else None
    return before, after


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign on a lane. `kind` is bar, diamond, ring or hatch; `x` the left edge of a bar, the middle of a sign; `index` its
    occurrence. `cut_left`, `cut_right`: it goes on beyond the screen. `label`: on which side its words stand, "" nowhere."""

    kind: str
    index: int
    x: float
    width: float
    start: date | None
    end: date | None
    cut_left: bool = False
    cut_right: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class LaneLayout:
    """Signs from left to right, and the nearest days that are off the screen on either side."""

    marks: tuple[Mark, ...] = ()
    earlier: date | None = None
    later: date | None = None


def spans_of(deadline: Deadline) -> tuple[Span, ...]:
    """The spans of a deadline that has days, in order."""
    if deadline.kind in (DeadlineKind.EXTERNAL, DeadlineKind.UNRECOGNISED, DeadlineKind.ON_DEMAND, DeadlineKind.NONE):
        return ()
    if deadline.kind is DeadlineKind.WHOLE_PERIOD or not deadline.occurrences:
        return (Span(deadline.start, deadline.end),) if deadline.end else ()
    return tuple(span for span in deadline.occurrences if span.end)


def lay_out(deadline: Deadline, window: Window) -> LaneLayout:
    """The signs of a deadline within the window."""
    marks, earlier, later = [], [], []
    for index, span in enumerate(spans_of(deadline)):
        end = span.end or window.end
        start = span.start or end
        if end < window.start:
            earlier.append(end)
        elif start > window.end:
            later.append(start)
        else:
            marks.append(mark_of(deadline.kind, index, Span(span.start, end), window))
    return LaneLayout(
        tuple(sorted(marks, key=lambda one: (one.x, one.index))), max(earlier, default=None), min(later, default=None)
    )


def mark_of(kind: DeadlineKind, index: int, span: Span, window: Window) -> Mark:
    """One span as a sign: a rhythm is rings, a single day a diamond, days from and to a bar."""
    start, end = span.start, span.end or window.end
    if kind is DeadlineKind.RECURRING:
        return Mark("ring", index, window.middle(min(end, window.end)), 0, start, end, cut_right=end > window.end)
    if start is None or start == end:
        return Mark("diamond", index, window.middle(end), 0, start, end)
    left, right = window.left(start), window.right(end)
    shape = "hatch" if kind is DeadlineKind.WHOLE_PERIOD else "bar"
    return Mark(shape, index, left, round(right - left, 2), start, end, start < window.start, end > window.end)


def percent(pixels: float) -> float:
    """Pixels of the narrowest lane as percents."""
    return 100 * pixels / LANE_WIDTH


def reach_of(mark: Mark) -> tuple[float, float]:
    """From where to where a sign takes room."""
    if mark.width:
        return mark.x, mark.x + mark.width
    return mark.x - percent(HALF_SIGN), mark.x + percent(HALF_SIGN)


def label_reach(mark: Mark, side: str, letters: int) -> tuple[float, float]:
    """From where to where its label would stand."""
    left, right = reach_of(mark)
    width = percent(letters * LETTER)
    return (
        (right + percent(GAP), right + percent(GAP) + width)
        if side == "end"
        else (left - percent(GAP) - width, left - percent(GAP))
    )


def with_labels(marks: Sequence[Mark], letters: Sequence[int], now: float | None = None) -> tuple[Mark, ...]:
    """Give each diamond its label on the right, else on the left, where it meets neither the edge nor another sign or label;
    off today's line if that can be."""
    taken = [reach_of(mark) for mark in marks]
    line = [] if now is None else [(now, now + percent(2))]
    placed = []
    for mark, length in zip(marks, letters, strict=True):
        side = (free_side(mark, length, taken + line) or free_side(mark, length, taken)) if length else ""
        if side:
            taken.append(label_reach(mark, side, length))
        placed.append(replace(mark, label=side))
    return tuple(placed)


def free_side(mark: Mark, letters: int, taken: Sequence[tuple[float, float]]) -> str:
    """Where a label finds room, "" nowhere."""
    return next((side for side in ("end", "start") if is_free(label_reach(mark, side, letters), taken)), "")


def is_free(reach: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    """Inside the lane and clear of everything that stands there."""
    return reach[0] >= 0 and reach[1] <= 100 and all(reach[1] <= left or reach[0] >= right for left, right in taken)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale at the beginning of a day. `major`: a year among months, a month among weeks and days."""

    day: date
    x: float
    major: bool
    labelled: bool = True


def ticks_of(window: Window, zoom: str) -> list[Tick]:
    """Months of a year, Mondays of a quarter, days of a month."""
    days = [window.start + DAY * place for place in range(window.days)]
    if zoom == MONTH:
        return [Tick(day, window.left(day), day.day == 1) for day in days]
    if zoom == QUARTER:
        return [Tick(day, window.left(day), day.day == 1, day.day != 1 or day.weekday() == 0)
                for day in days if day.weekday() == 0 or day.day == 1]  # fmt: skip
    return [Tick(day, window.left(day), day.month == 1) for day in days if day.day == 1]


def upper_ticks(window: Window, zoom: str, today: date) -> list[Tick]:
    """What the upper line of the scale names: years, or months with their year; not where today's own label stands."""
    days = [window.start + DAY * place for place in range(window.days)]
    if zoom == YEAR:
        heads = [day for day in days if day == window.start or (day.month, day.day) == (1, 1)]
    else:
        heads = [day for day in days if day == window.start or day.day == 1]
    now = window.middle(today) if window.holds(today) else None
    room = percent(46) if zoom == YEAR else percent(94)
    free = [day for day in heads if now is None or not -percent(26) < now - window.left(day) < room + percent(26)]
    kept: list[date] = []
    for day in free:
        if not kept or window.left(day) - window.left(kept[-1]) >= room:
            kept.append(day)
    return [Tick(day, window.left(day), True) for day in kept]


def day_offs(window: Window, zoom: str) -> list[float]:
    """Left edges of Saturdays and Sundays, where days are wide enough to be seen."""
    if zoom != MONTH:
        return []
    days = [window.start + DAY * place for place in range(window.days)]
    return [window.left(day) for day in days if day.weekday() > 4]


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the end of one measure to the beginning of another: down or up at `x1`, then across to `x2`, which is the middle of a
    diamond (`to_sign`) or the edge of a bar."""

    x1: float
    y1: float
    x2: float
    y2: float
    broken: bool
    to_sign: bool = False


def arrow_between(
    window: Window, ends: date, begins: date, rows: tuple[int, int, int], *, broken: bool, to_sign: bool = False
) -> Arrow | None:
    """An arrow between two lanes, None when both ends are beyond the same edge; `rows` are both lanes and how many there are."""
    if max(ends, begins) < window.start or min(ends, begins) > window.end:
        return None
    first, second, count = rows
    y1, y2 = (round(100 * (row + 0.5) / count, 3) for row in (first, second))
    return Arrow(window.right(ends), y1, window.middle(begins) if to_sign else window.left(begins), y2, broken, to_sign)
