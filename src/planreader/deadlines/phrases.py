"""The production of a whole cell: phrases that limit each other, with what may stand around them."""

from planreader.deadlines.combinators import alt, chain, greedy, known, longest, mark, opt, said, seq, skip, word, words
from planreader.deadlines.lexicon import BEFORE_PHRASE, ROUGHLY
from planreader.deadlines.outside import outside
from planreader.deadlines.phrase import Phrase, joined
from planreader.deadlines.rhythms import and_on, rhythm
from planreader.deadlines.stretches import ROUGH
from planreader.deadlines.terms import dated, running_year, starting
from planreader.deadlines.tokens import Tokens
from planreader.deadlines.units import dash
from planreader.model import DeadlineKind

MOST_JOINED = 4
BY_OTHERS = (DeadlineKind.EXTERNAL, DeadlineKind.ON_DEMAND)


def followed(first: Phrase, more: tuple[bool, Phrase]) -> Phrase | None:
    """One more phrase of the cell. A day right behind «по итогам мониторинга» is the next cell's: they need a comma."""
    separated, second = more
    return None if first.kind in BY_OTHERS and second.dated and not separated else joined(first, second)


simple = known(greedy(alt(dated, rhythm, running_year, starting, outside)))
bracketed = seq(mark("open"), opt(word("в")), simple, mark("close"), build=lambda one: one)
further = seq(said(mark("comma", "semi", "dash")), and_on, opt(word("в")), alt(simple, bracketed))
joint = chain(simple, further, followed, most=MOST_JOINED)
heading = alt(
    seq(word("срок сроки дата"), skip(word(BEFORE_PHRASE))),
    words("период", "исполнения реализации выполнения проведения"),
)
phrase = known(
    alt(
        joint,
        seq(
            opt(seq(heading, opt(dash))), said(word(ROUGHLY)), joint,
            build=lambda rough, found: found.noted(ROUGH) if rough else found,
        ),
    )
)  # fmt: skip


def read_phrase(tokens: Tokens, place: int = 0) -> tuple[Phrase, int] | None:
    """The longest phrase at a place and the place behind it, None where none begins."""
    return longest(phrase, tokens, place)
