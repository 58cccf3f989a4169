"""Productions of rhythms: «ежемесячно», «1 раз в квартал», «до 5 числа месяца, следующего за отчётным»."""

from planreader.deadlines.combinators import alt, drop, like, mark, one_of, opt, seq, skip, word, words
from planreader.deadlines.lexicon import COUNTS, EACH, PARTS, RECURRENCES, SINGLE_WEEKDAYS, UNITS, WEEKDAYS, YEAR_WORDS
from planreader.deadlines.phrase import Phrase
from planreader.deadlines.stretches import ROUGH
from planreader.deadlines.units import comma, day_number, days_of_part, last, ordinal, small
from planreader.model import DeadlineKind, Recurrence

MONTH_UNKNOWN = "Не назван месяц: один раз или каждый месяц?"
NO_SUCH_RHYTHM = "Такой частоты в календаре нет: укажите дни сами."
# How often a thing happens: (times, units, unit) > rhythm. What is missing here has no rhythm of its own.
RHYTHMS = {
    **{(1, 1, unit): Recurrence(unit) for unit in set(UNITS.values())},
    (1, 2, "weekly"): Recurrence.FORTNIGHTLY, (2, 1, "monthly"): Recurrence.FORTNIGHTLY, (4, 1, "monthly"): Recurrence.WEEKLY,
    (1, 3, "monthly"): Recurrence.QUARTERLY, (1, 6, "monthly"): Recurrence.HALF_YEARLY, (1, 12, "monthly"): Recurrence.YEARLY,
    (2, 1, "yearly"): Recurrence.HALF_YEARLY, (4, 1, "yearly"): Recurrence.QUARTERLY, (2, 1, "half_yearly"): Recurrence.QUARTERLY,
    **{(times, 1, "yearly"): Recurrence.MONTHLY for times in (9, 10, 12)},
}  # fmt: skip


def beat(rhythm: Recurrence, *notes: str) -> Phrase:
    """A rhythm and nothing else."""
    return Phrase(DeadlineKind.RECURRING, recurrence=rhythm, notes=notes)


def counted_beat(number: int, every: int | None, unit: str) -> Phrase:
    """«2 раза в год» is once in half a year, «1 раз в 2 недели» is fortnightly."""
    found = RHYTHMS.get((number, every or 1, unit))
    if found is None:
        return Phrase(DeadlineKind.UNRECOGNISED, unmet=True, notes=(NO_SUCH_RHYTHM,))
    return beat(found)


def every_beat(every: int | None, unit: str) -> Phrase:
    """«каждые 2 недели»."""
    return counted_beat(1, every, unit)


def beat_with_day(day: int, rhythm: Recurrence | None) -> Phrase:
    """«до 5 числа …»; a month that is not named is a question."""
    notes = () if rhythm else (MONTH_UNKNOWN,)
    return Phrase(DeadlineKind.RECURRING, recurrence=rhythm or Recurrence.MONTHLY, day=day, notes=notes)


def beat_with_day_after(day: int, rhythm: Recurrence) -> Phrase:
    """«до 5 числа месяца, следующего за отчётным»."""
    return Phrase(DeadlineKind.RECURRING, recurrence=rhythm, day=day, day_after=True)


def beat_with_part(unit: str) -> Phrase:
    """«в конце каждой четверти»: how much of the beat that is, the paper leaves open."""
    return beat(Recurrence(unit), ROUGH)


count = alt(small(1, 60), one_of(COUNTS), seq(ordinal, build=lambda number: number if number > 0 else None))
times = alt(
    seq(opt(count, 1), word("раз раза"), build=int),
    seq(word("дважды"), build=lambda: 2),
    seq(word("трижды"), build=lambda: 3),
)
at_least = alt(seq(opt(word("но")), words("не", "реже менее")), word("минимум"))
school_or_not = opt(word("учебный календарный учебного календарного учебную учебной"))
counted = seq(opt(at_least), times, word("в за"), opt(count), school_or_not, one_of(UNITS), build=counted_beat)
each = seq(opt(word("в")), word(EACH), opt(count), school_or_not, one_of(UNITS), build=every_beat)
named = seq(one_of(RECURRENCES), build=lambda name: beat(Recurrence(name)))
of_the_month = seq(opt(word(EACH)), word("месяца"))
weekday_of_month = seq(
    opt(word("в во")), drop(alt(ordinal, last)), word(SINGLE_WEEKDAYS), of_the_month, build=lambda: beat(Recurrence.MONTHLY, ROUGH)
)
weekday = seq(word("по"), word(WEEKDAYS), build=lambda: beat(Recurrence.WEEKLY))
of_every_year = seq(word(EACH), word(YEAR_WORDS), build=lambda: beat(Recurrence.YEARLY))

until = alt(seq(opt(words("в", "срок")), word("до к по")), words("не", "позднее позже"), word("на"))
day_of_month = seq(opt(until), day_number, like("числ[ауо]м?"), build=int)
monthly, quarterly = (lambda: Recurrence.MONTHLY), (lambda: Recurrence.QUARTERLY)
following_month = seq(
    opt(seq(word("месяца"), opt(comma))),
    words("следующего", "за"),
    opt(word("отчетным истекшим")),
    alt(seq(word("кварталом"), build=quarterly), seq(opt(word("месяцем периодом")), build=monthly)),
    build=lambda found: found,
)
of_month = alt(
    seq(opt(word(f"{EACH} следующего текущего отчетного")), word("месяца месяц"), build=monthly),
    seq(opt(words("последнего", "месяца")), opt(word(EACH)), word("квартала"), build=quarterly),
)
monthly_day = alt(
    seq(day_of_month, following_month, build=beat_with_day_after),
    seq(day_of_month, opt(of_month), build=beat_with_day),
)
part = drop(alt(days_of_part, one_of(PARTS)))
part_of_unit = alt(
    seq(opt(word("в")), part, word(EACH), one_of(UNITS), build=beat_with_part),
    seq(opt(word("в на")), part, one_of({"месяца": "monthly", "четверти": "termly"}), build=beat_with_part),
)
rhythm = alt(counted, monthly_day, named, each, of_every_year, weekday, weekday_of_month, part_of_unit)
and_on = skip(alt(mark("comma", "semi", "dash"), words("с", "последующим"), word("далее затем потом и а но")))
