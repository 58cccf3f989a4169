"""The period that a title states: «на 2020 год», «сентябрь 2022 г. - май 2024 г.»."""

from planreader.clean import one_line
from planreader.deadlines.resolving import span_of
from planreader.deadlines.spans import read_span
from planreader.deadlines.tokens import Cursor, tokenise
from planreader.model import Span

# A year behind these words is the number of a paper or the beginning of something, not the period of the plan.
NOT_A_PERIOD = frozenset(
    {"от", "с", "приказ", "приказом", "приказа", "№", "распоряжение", "письмо", "протокол", "закон", "утверждено"}
)


def read_horizon(text: str) -> Span | None:
    """The longest stated period of whole months or years; None when the title states none."""
    tokens = tokenise(one_line(text)[:2000])
    best: Span | None = None
    place = 0
    while place < len(tokens):
        cursor = Cursor(tokens)
        cursor.place = place
        stretch = read_span(cursor)
        before = tokens[place - 1].text if place else ""
        span = span_of(stretch) if stretch and stretch.year and before not in NOT_A_PERIOD else None
        if (
            span
            and span.start
            and span.end
            and (span.end - span.start).days >= 27
            and (best is None or length(span) > length(best))
        ):
            best = span
        place = max(cursor.place, place + 1)
    return best


def length(span: Span) -> int:
    """Days of a span with both ends."""
    assert span.start is not None
    assert span.end is not None
    return (span.end - span.start).days
