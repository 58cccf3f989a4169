"""Productions of dated terms: limits («до 13.10.2020»), spans, and lists of both."""

from dataclasses import replace

from planreader.deadlines.combinators import alt, chain, known, like, many, mark, opt, said, seq, skip, word, words
from planreader.deadlines.lexicon import END_WORDS, SCHOOL_WORDS, YEAR_WORDS
from planreader.deadlines.phrase import PARTLY_READ, Extent, Phrase
from planreader.deadlines.spans import since, spans, stretch
from planreader.deadlines.stretches import ROUGH, Stretch
from planreader.deadlines.units import SCHOOL_YEAR, dash, months, unit
from planreader.model import DeadlineKind

Items = tuple[Stretch, ...]


def is_day(one: Stretch) -> Stretch | None:
    """A span of one day."""
    return one if one.start == one.end else None


def before(one: Stretch) -> Stretch | None:
    """The day before a span begins; a whole year counts to its end («до 2024 года»)."""
    if one.start is None or one.start == one.end:
        return None
    if one.whole_years:
        return one.as_limit().noted(ROUGH)
    return Stretch(None, replace(one.start, day=one.start.day - 1 or -1), (ROUGH,))


def within(one: Stretch) -> Stretch:
    """The last day of a span."""
    return one.as_limit() if one.start == one.end else one.as_limit().noted(ROUGH)


def over_to_limit(first: Stretch, last: Stretch) -> Stretch | None:
    """«октябрь 2020 – не позднее 15 ноября 2020»."""
    return replace(first, end=last.end) if first.start else None


def listed(items: Items, more: tuple[bool, bool, Stretch | Items]) -> Items | None:
    """One more term of a list. Without a mark between them only terms of one shape are a list: «в 2020/2021 учебном году»
    and «Октябрь 2020» are two cells that ran together. A bare day behind a limit is a limit as well."""
    remarked, separated, added = more
    if isinstance(added, Stretch):
        added = (added.as_limit() if items[-1].start is None else added,)
    if not separated and added[0].shape != items[-1].shape:
        return None
    if remarked:
        items = tuple(one.noted(PARTLY_READ) for one in items)
    return items + added


def running(led: bool, whole: bool, named: bool) -> Phrase | None:
    """«в течение года», «учебный год»; «год» alone says nothing."""
    return Phrase(DeadlineKind.RANGE, extent=Extent.ONE_YEAR) if led or whole or named else None


# «до» a month means before it begins, «не позднее» means before it is over.
exclusive = alt(seq(opt(word("в")), opt(word("срок сроки")), opt(dash), word("до")), seq(opt(words("в", "срок")), word("к ко")))
inclusive = alt(seq(opt(words("в", "срок")), words("не", "позднее позже"), opt(word("чем")), opt(word("до"))), word("по"))
single_day = seq(unit, build=is_day)
open_year = alt(
    seq(opt(word("текущего нового этого каждого")), word(SCHOOL_WORDS), word(YEAR_WORDS), build=lambda: SCHOOL_YEAR),
    seq(opt(word("текущего календарного этого каждого")), word(YEAR_WORDS), build=lambda: months(1, 12)),
)
at_end = seq(word(END_WORDS), alt(stretch, open_year), build=Stretch.as_limit)
at_start = seq(word("начала"), alt(stretch, open_year), build=before)
limit = alt(
    seq(exclusive, alt(seq(single_day, build=Stretch.as_limit), at_end, at_start, seq(unit, build=before)), build=lambda one: one),
    seq(inclusive, alt(at_end, seq(unit, build=within)), build=lambda one: one),
)
included = skip(alt(word("включительно"), seq(mark("open"), word("включительно"), mark("close"))))
remark = seq(mark("open"), many(like("[а-я]+"), least=1, most=8), mark("close"))
item = alt(
    seq(limit, included, build=lambda one: (one,)),
    seq(stretch, dash, limit, included, build=lambda first, last: (one,) if (one := over_to_limit(first, last)) else None),
    seq(spans, included, build=lambda found: found),
)
separator = many(alt(mark("comma", "semi", "slash"), word("и а также")), least=1, most=3)
following = seq(said(remark), said(separator), alt(seq(single_day, included, build=lambda one: one), item))

dated = known(seq(chain(item, following, listed), build=lambda items: Phrase(DeadlineKind.RANGE, items)))
starting = seq(since, build=lambda one: Phrase(DeadlineKind.RANGE, since=one) if one.start else None)
running_year = seq(
    said(alt(words("в на", "течение течении теч протяжении"), word("за на в весь"))),
    said(word("весь всего")),
    opt(word("текущего текущий каждого данного нового")),
    said(word(f"{SCHOOL_WORDS} календарного календарный")),
    word("год года г"),
    build=running,
)
