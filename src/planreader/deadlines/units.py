"""Productions of one unit of time: a day, a month, a part of it, a quarter, a half-year, a season, a year."""

from planreader.deadlines.combinators import Production, alt, kind, known, mark, one_of, opt, seq, skip, token, word
from planreader.deadlines.lexicon import (
    DAYS_OF_PART,
    DECADE_WORDS,
    HALF_OF_MONTH,
    HALF_WORDS,
    MONTHS_OF_PART,
    MONTHS_OF_SCHOOL_PART,
    PARTS,
    QUARTER_WORDS,
    SCANNED_ROMAN,
    SCHOOL_WORDS,
    SEASONS,
    TERM_WORDS,
    WEEK_WORDS,
    YEAR_WORDS,
)
from planreader.deadlines.stretches import ROUGH, Moment, Stretch, Years, years_between
from planreader.deadlines.tokens import Token

TERMS_DIFFER = "Дни четвертей и полугодий у школ разные, проверьте сроки."
SCHOOL_YEAR = Stretch(Moment(1, 9, None), Moment(31, 8, None))
# School terms differ from school to school; these are the usual ones, to be corrected by a person.
TERMS = (((1, 9), (31, 10)), ((1, 11), (31, 12)), ((1, 1), (31, 3)), ((1, 4), (31, 5)))
HALVES = (((1, 9), (31, 12)), ((1, 1), (31, 5)))
LAST_WEEK = (25, 0)
Bounds = tuple[int, int]


def small(least: int, most: int) -> Production:
    """A number of this size in figures."""
    return token(
        lambda one: one.value if one.kind == "number" and isinstance(one.value, int) and least <= one.value <= most else None,
        ["number"],
    )


def ordinal_of(one: Token) -> int | None:
    """«I», «2», «2-й», «второй»."""
    return one.value if one.kind in ("roman", "number", "ordinal") and isinstance(one.value, int) and one.value < 6 else None


def numbers(first: int, last: int | None) -> Bounds | None:
    """A number, or two in their order."""
    return (first, last or first) if first > 0 and (last is None or last > first) else None


def between(first: Bounds, last: Bounds, *notes: str) -> Stretch:
    """From one (day, month) to another in a year that is still open."""
    return Stretch(Moment(*first, None), Moment(*last, None), notes)


def months(first: int, last: int, *notes: str) -> Stretch:
    """Whole months."""
    return between((1, first), (0, last), *notes)


def day_of(moment: Moment) -> Stretch:
    """A span of one day."""
    return Stretch(moment, moment)


def day_and_month(pair: Bounds) -> Moment | None:
    """«01.12»."""
    return Moment(pair[0], pair[1], None) if 1 <= pair[0] <= 31 and 1 <= pair[1] <= 12 else None


def part_of_month(bounds: Bounds, month: int) -> Stretch:
    """Some days of a month that the paper only hints at."""
    return between((bounds[0], month), (bounds[1], month), ROUGH)


def decades(bounds: Bounds) -> Bounds:
    """Days of the decades of a month; the third runs to its end."""
    return bounds[0] * 10 - 9, 0 if bounds[1] >= 3 else bounds[1] * 10


def weeks(bounds: Bounds) -> Bounds:
    """Days of the weeks of a month; the fourth and fifth run to its end."""
    return bounds[0] * 7 - 6, 0 if bounds[1] >= 4 else bounds[1] * 7


def quarters(bounds: Bounds) -> Stretch | None:
    """Quarters of the calendar year."""
    return months(bounds[0] * 3 - 2, bounds[1] * 3) if bounds[1] <= 4 else None


def school_halves(bounds: Bounds) -> Stretch | None:
    """Half-years of the school year."""
    return between(HALVES[bounds[0] - 1][0], HALVES[bounds[1] - 1][1]) if bounds[1] <= 2 else None


def school_terms(bounds: Bounds) -> Stretch | None:
    """Terms of the school year."""
    return between(TERMS[bounds[0] - 1][0], TERMS[bounds[1] - 1][1], TERMS_DIFFER) if bounds[1] <= 4 else None


def calendar_halves(bounds: Bounds, year: int) -> Stretch | None:
    """A half-year with a calendar year behind it is the calendar's, not the school's."""
    return months(bounds[0] * 6 - 5, bounds[1] * 6).in_year(year) if bounds[1] <= 2 else None


def calendar_part(part: str) -> Stretch:
    """«начало года»."""
    return months(*MONTHS_OF_PART[part], ROUGH)


def school_part(part: str) -> Stretch:
    """«начало учебного года»."""
    return months(*MONTHS_OF_SCHOOL_PART[part], ROUGH)


def in_calendar_year(stretch: Stretch, year: int) -> Stretch:
    """«декабрь 2020»; a winter belongs to the year in which it begins."""
    return stretch.in_year(year + stretch.wraps)


def calendar_year(year: int) -> Stretch:
    """«2021 год»."""
    return Stretch(Moment(1, 1, year), Moment(31, 12, year), whole_years=True)


def school_years(first: int, second: int) -> Years | None:
    """The years in which school years begin and end; «2020/21» is short for 2020/2021."""
    years = years_between(first, second if second > 99 else first // 100 * 100 + second)
    return Years(years, school=True) if years else None


def school_year_of(years: Years) -> Stretch:
    """1 September of the first year to 31 August of the last."""
    return Stretch(Moment(1, 9, years.years[0]), Moment(31, 8, years.years[-1]), whole_years=True)


comma, dash, slash = mark("comma"), mark("dash"), mark("slash")
year_mark = skip(word(YEAR_WORDS))
school_mark = seq(word(SCHOOL_WORDS + " у"), skip(alt(word(YEAR_WORDS), slash)))
bare_year = kind("year")
year = seq(bare_year, year_mark, build=int)
year_behind = seq(opt(comma), year, build=int)
# «… текущего года» says no more about the year than the plan's period does.
running_year = seq(word("текущего этого"), opt(word(SCHOOL_WORDS)), word(YEAR_WORDS))

ordinal = token(ordinal_of, ["roman", "number", "ordinal"])
ordinals = seq(ordinal, opt(seq(dash, ordinal, build=int)), build=numbers)
day_number = small(1, 31)
month = seq(kind("month"), opt(word("месяц месяца месяце мес")), build=int)
full_date = seq(kind("date"), year_mark, build=lambda day: Moment(day.day, day.month, day.year))
short_date = seq(kind("daymonth"), build=day_and_month)
worded_date = seq(day_number, month, build=lambda day, number: Moment(day, number, None))
month_in_figures = seq(kind("monthyear"), year_mark, build=lambda pair: months(pair[0], pair[0]).in_year(pair[1]))
last = token(lambda one: one.value if one.kind == "ordinal" and one.value == -1 else None, ["ordinal"])
days_of_part = alt(
    seq(one_of(PARTS), build=DAYS_OF_PART.get),
    seq(ordinals, word(DECADE_WORDS), build=decades),
    seq(ordinals, word(WEEK_WORDS), build=weeks),
    seq(last, word(WEEK_WORDS), build=lambda _: LAST_WEEK),
    seq(ordinal, word(HALF_OF_MONTH), build={1: (1, 15), 2: (16, 0)}.get),
)
quarter_number = alt(ordinals, seq(one_of(SCANNED_ROMAN), build=lambda number: (number, number)))

# A unit whose year is not printed next to it.
yearless = known(
    alt(
        seq(alt(short_date, worded_date), build=day_of),
        seq(month, build=lambda number: months(number, number)),
        seq(days_of_part, month, build=part_of_month),
        seq(quarter_number, word(QUARTER_WORDS), build=quarters),
        seq(ordinals, word(HALF_WORDS), build=school_halves),
        seq(ordinals, word(TERM_WORDS), build=school_terms),
        seq(one_of(SEASONS), build=lambda ends: months(*ends, ROUGH)),
        seq(one_of(PARTS), opt(word("нового текущего")), school_mark, build=school_part),
        seq(one_of(PARTS), word(YEAR_WORDS), build=calendar_part),
    )
)
second_year = alt(bare_year, small(0, 99))
marked_school_years = seq(bare_year, year_mark, alt(dash, slash), second_year, year_mark, school_mark, build=school_years)
slashed_school_years = seq(bare_year, slash, second_year, year_mark, build=school_years)
any_school_years = alt(marked_school_years, slashed_school_years)
unit = known(
    alt(
        seq(full_date, build=day_of),
        month_in_figures,
        seq(ordinals, word(HALF_WORDS), year_behind, build=calendar_halves),
        seq(yearless, year_behind, build=in_calendar_year),
        seq(yearless, running_year, build=lambda stretch: stretch),
        yearless,
        seq(any_school_years, build=school_year_of),
        seq(year, build=calendar_year),
        seq(one_of(PARTS), year, build=lambda part, number: calendar_part(part).in_year(number)),
    )
)
