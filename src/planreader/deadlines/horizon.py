"""The period that a title states: «на 2020 год», «сентябрь 2022 г. - май 2024 г.»."""

from planreader.clean import one_line
from planreader.deadlines.combinators import longest
from planreader.deadlines.resolving import span_of
from planreader.deadlines.spans import spans
from planreader.deadlines.tokens import LONGEST_PHRASE, tokenise
from planreader.model import Span

# A year behind these words is the number of a paper or the beginning of something, not the period of the plan.
NOT_A_PERIOD = frozenset(
    "от с со до к по после № приказ приказом приказа распоряжение письмо протокол закон утверждено начиная".split()
)
LEAST_DAYS = 27


def read_horizon(text: str) -> Span | None:
    """The longest stated period of whole months or years; None when the title states none."""
    tokens = tokenise(one_line(text)[:LONGEST_PHRASE])
    stated: list[Span] = []
    place = 0
    while place < len(tokens):
        found = longest(spans, tokens, place)
        if found is None:
            place += 1
            continue
        before = tokens[place - 1].text if place else ""
        if before not in NOT_A_PERIOD:
            stated += [span for one in found[0] if one.year and (span := span_of(one)) and span.start]
        place = max(found[1], place + 1)
    return max((span for span in stated if length(span) >= LEAST_DAYS), key=length, default=None)


def length(span: Span) -> int:
    """Days of a span with both ends."""
    assert span.start is not None
    assert span.end is not None
    return (span.end - span.start).days
