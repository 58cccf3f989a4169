"""One cell of the «Сроки» column."""

from planreader.clean import one_line
from planreader.deadlines.meaning import NO_SUCH_DAY, Meaning, days, meaning_of
from planreader.deadlines.phrase import PARTLY_READ, Extent, Phrase
from planreader.deadlines.phrases import read_phrase
from planreader.deadlines.tokens import LONGEST_PHRASE, Token, tokenise
from planreader.model import Deadline, DeadlineKind, Span

DATED = (DeadlineKind.BY, DeadlineKind.RANGE, DeadlineKind.LIST, DeadlineKind.RECURRING)
NOT_READ = "Срок не распознан. Укажите его сами или оставьте без даты."
OUTSIDE = "Срок выходит за период плана."
EXTERNAL_DAY = "День назначает другой документ или событие."
LONG_SCHOOL_YEAR = "Учебный год назван длиннее одного года, взят весь период."
DAYS_OF_SCHOOL_YEAR = 366
PUNCTUATION = ("dash", "comma", "semi", "quote", "other")
CALENDAR = ("date", "iso", "monthyear", "daymonth", "year", "month")
TIME_OF_DAY = ("number", "daymonth", "dash")
HOUR_WORDS = frozenset("ч час часа часов мин минут утра до в к".split())


def read_deadline(text: str, *, horizon: Span | None = None) -> Deadline:
    """What a printed term means. Never raises: what no production fits is `UNRECOGNISED`, an empty cell or a dash `NONE`.

    `horizon` is the period of the plan; years that the paper leaves out and rhythms are resolved in it.
    """
    printed = one_line(text)
    meaning = understand(printed, horizon)
    starts = [span.start for span in meaning.occurrences]
    ends = [span.end for span in meaning.occurrences if span.end]
    return Deadline(
        text=printed,
        kind=meaning.kind,
        start=min(start for start in starts if start) if starts and all(starts) else None,
        end=max(ends) if ends else None,
        occurrences=meaning.occurrences,
        recurrence=meaning.recurrence,
    )


def deadline_warnings(deadline: Deadline, horizon: Span | None) -> tuple[str, ...]:
    """Doubts about a deadline in words for a person: Russian sentences, empty when there are none."""
    if deadline.kind is DeadlineKind.NONE:
        return ()
    notes = list(understand(deadline.text, horizon).notes) if deadline.text else []
    if deadline.kind is DeadlineKind.UNRECOGNISED and not notes:
        notes.append(NOT_READ)
    if deadline.kind is DeadlineKind.EXTERNAL:
        notes.append(EXTERNAL_DAY)
    if deadline.kind in DATED and lies_outside(deadline, horizon):
        notes.append(OUTSIDE)
    if "учебн" in deadline.text.casefold() and deadline.kind is DeadlineKind.RANGE and lasts_years(deadline):
        notes.append(LONG_SCHOOL_YEAR)
    return tuple(dict.fromkeys(notes))


def understand(printed: str, horizon: Span | None) -> Meaning:
    """The meaning of a one-line phrase."""
    if len(printed) > LONGEST_PHRASE:
        return Meaning(DeadlineKind.UNRECOGNISED, notes=(NOT_READ,))
    tokens = tokenise(printed)
    if all(token.kind == "dash" for token in tokens):
        return Meaning(DeadlineKind.NONE)
    if any(token.kind == "impossible" for token in tokens):
        return Meaning(DeadlineKind.UNRECOGNISED, notes=(NO_SUCH_DAY,))
    found = read_phrase(tokens)
    if found is None:
        return Meaning(DeadlineKind.UNRECOGNISED, notes=(NOT_READ,))
    phrase, end = found
    whole = with_rest(phrase, tokens[end:])
    return meaning_of(whole, horizon) if whole else Meaning(DeadlineKind.UNRECOGNISED, notes=(NOT_READ,))


def with_rest(phrase: Phrase, rest: list[Token]) -> Phrase | None:
    """The phrase with what no production took: marks, a time of day, a remark in brackets, the name of a programme or an
    event. None when the rest may change the days."""
    kinds = [token.kind for token in rest]
    if all(kind in PUNCTUATION for kind in kinds):
        return phrase
    if phrase.dated and phrase.items[-1].end.day > 0 and is_time_of_day(rest):
        return phrase
    if any(kind in CALENDAR for kind in kinds):
        return None
    if phrase.loose:
        return phrase.noted(PARTLY_READ) if phrase.extent is Extent.PERIOD else phrase
    return phrase.noted(PARTLY_READ) if kinds[0] == "open" and kinds[-1] == "close" else None


def is_time_of_day(rest: list[Token]) -> bool:
    """«17:00», «до 12 часов»."""
    known = all(token.kind in TIME_OF_DAY or token.text in HOUR_WORDS for token in rest)
    return known and (len(rest) > 1 or rest[0].kind == "daymonth")


def lies_outside(deadline: Deadline, horizon: Span | None) -> bool:
    """Does any day of the deadline lie outside the plan's period?"""
    if horizon is None or horizon.start is None or horizon.end is None or deadline.end is None:
        return False
    ends = [span.end for span in deadline.occurrences if span.end] or [deadline.end]
    return deadline.end > horizon.end or (deadline.start or min(ends)) < horizon.start


def lasts_years(deadline: Deadline) -> bool:
    """Longer than one school year."""
    return deadline.start is not None and days(Span(deadline.start, deadline.end)) > DAYS_OF_SCHOOL_YEAR
