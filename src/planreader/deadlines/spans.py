"""Productions of spans: «август - сентябрь 2020», «с 1 по 20 октября», «декабрь 2020, 2021, 2022», «2020 г. (октябрь)»."""

from datetime import date

from planreader.deadlines.combinators import alt, known, like, many, mark, one_of, opt, seq, skip, word, words
from planreader.deadlines.lexicon import BEFORE_SPAN, PARTS, QUARTER_WORDS
from planreader.deadlines.stretches import Moment, Stretch, Years, join, with_years, years_between
from planreader.deadlines.units import (
    any_school_years,
    bare_year,
    comma,
    dash,
    day_number,
    day_of,
    marked_school_years,
    month,
    ordinal,
    quarters,
    school_mark,
    school_part,
    school_year_of,
    school_years,
    second_year,
    unit,
    year_behind,
    year_mark,
    yearless,
)

MOST_SHARING = 12  # spans that wait for one month or year
Spans = tuple[Stretch, ...]


def all_years(first: int, last: int) -> Years | None:
    """«2020-2024»."""
    years = years_between(first, last)
    return Years(years) if years else None


def listed_years(first: int, rest: tuple[int, ...]) -> Years | None:
    """«2020, 2021, 2022», in this order."""
    years = (first, *rest)
    return Years(years) if sorted(set(years)) == list(years) else None


def days_in_month(first: int, rest: tuple[int, ...], number: int, year: int | None) -> Spans:
    """«1, 15 октября 2020»."""
    return tuple(day_of(Moment(day, number, year)) for day in (first, *rest))


def each_quarter(first: int, rest: tuple[int, ...], year: int | None) -> Spans | None:
    """«I, III кварталы 2021»."""
    found = [one for number in (first, *rest) if number > 0 and (one := quarters((number, number)))]
    return tuple(one.in_year(year) if year else one for one in found) if len(found) == len(rest) + 1 else None


def listed_school_years(pairs: tuple[tuple[int, int], ...], last: Years) -> Spans:
    """«2020-2021, 2021-2022 уч. г.»: the mark behind the last one holds for all."""
    return tuple(school_year_of(one) for one in (*(school_years(*pair) for pair in pairs), last) if one)


lone_day = seq(day_number, build=lambda number: day_of(Moment(number, None, None)))
stretch = known(
    alt(
        unit,
        seq(alt(unit, lone_day), dash, unit, build=join),
        seq(opt(word("начиная")), word("с со"), alt(unit, lone_day), opt(comma), alt(dash, word("по до")), unit, build=join),
    )
)

# Several spans that share what stands only once.
also = alt(seq(comma, opt(word("и"))), word("и"))
also_year = seq(also, bare_year, year_mark, build=int)
year_range = seq(bare_year, year_mark, dash, bare_year, year_mark, build=all_years)
year_list = seq(bare_year, year_mark, many(also_year, least=1), build=listed_years)
open_span = alt(yearless, seq(yearless, dash, yearless, build=join))
open_spans = seq(
    open_span, many(seq(also, open_span, build=lambda one: one), most=MOST_SHARING), build=lambda first, rest: (first, *rest)
)
also_day = seq(also, day_number, build=int)
also_ordinal = seq(also, ordinal, build=int)
school_pair = seq(bare_year, dash, second_year, alt(comma, word("и")), build=lambda first, second: (first, second))
several = alt(
    seq(open_spans, opt(comma), opt(word("в на")), alt(any_school_years, year_range, year_list), build=with_years),
    seq(day_number, many(also_day, least=1, most=MOST_SHARING), month, opt(year_behind), build=days_in_month),
    seq(ordinal, many(also_ordinal, least=1, most=3), word(QUARTER_WORDS), opt(year_behind), build=each_quarter),
    seq(
        one_of(PARTS), words("и"), opt(word("в")), one_of(PARTS), school_mark,
        build=lambda one, other: (school_part(one), school_part(other)),
    ),
    seq(
        bare_year, like("г|год|году|года"), alt(comma, mark("open")), opt(word("в")), open_spans, opt(mark("close")),
        build=lambda number, items: with_years(items, Years((number,))),
    ),
    seq(many(school_pair, least=1), marked_school_years, build=listed_school_years),
)  # fmt: skip
introduction = skip(word(BEFORE_SPAN))
spans = known(seq(introduction, alt(several, seq(stretch, build=lambda one: (one,))), build=lambda found: found))
since = seq(introduction, alt(seq(opt(word("начиная")), word("с со")), words("не", "ранее раньше")), unit, build=lambda one: one)


def first_day(found: Stretch) -> date | None:
    """The day of a span of one day, None for other spans and for days that do not exist."""
    moment = found.end
    if found.start != moment or moment.year is None or moment.month is None:
        return None
    try:
        return date(moment.year, moment.month, moment.day)
    except ValueError:
        return None
