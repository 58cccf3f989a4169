"""One cell of the «Сроки» column."""

from planreader.clean import one_line
from planreader.deadlines.meaning import NO_SUCH_DAY, Meaning
from planreader.deadlines.phrases import read_meaning, separate
from planreader.deadlines.tokens import LONGEST_PHRASE, Cursor, tokenise
from planreader.model import Deadline, DeadlineKind, Span

DATED = (DeadlineKind.BY, DeadlineKind.RANGE, DeadlineKind.LIST, DeadlineKind.RECURRING)
NOT_READ = "Срок не распознан. Укажите его сами или оставьте без даты."
PARTLY_READ = "Понята только часть срока, проверьте."
OUTSIDE = "Срок выходит за период плана."
EXTERNAL_DAY = "День назначает другой документ или событие."
LONG_SCHOOL_YEAR = "Учебный год назван длиннее одного года, взят весь период."


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
    cursor = Cursor(tokenise(printed))
    if all(token.kind == "dash" for token in cursor.tokens):
        return Meaning(DeadlineKind.NONE)
    if any(token.kind == "impossible" for token in cursor.tokens):
        return Meaning(DeadlineKind.UNRECOGNISED, notes=(NO_SUCH_DAY,))
    found = read_meaning(cursor, horizon)
    if found is None:
        return Meaning(DeadlineKind.UNRECOGNISED, notes=(NOT_READ,))
    if found.kind in (DeadlineKind.EXTERNAL, DeadlineKind.ON_DEMAND):
        return found
    return with_rest(found, cursor, horizon)


def with_rest(found: Meaning, cursor: Cursor, horizon: Span | None) -> Meaning:
    """What stands behind the phrase: nothing, another phrase, a remark in brackets, or words that nobody understands."""
    separate(cursor)
    while cursor.take("dash", "comma", "semi") or cursor.word({"далее", "затем"}):
        pass
    if cursor.ended:
        return found
    bracketed = cursor.peek() is not None and cursor.tokens[cursor.place].kind == "open" and cursor.tokens[-1].kind == "close"
    if bracketed:
        return found.with_note(PARTLY_READ)
    second = read_meaning(cursor, horizon)
    if second is not None and (cursor.ended or second.kind in (DeadlineKind.EXTERNAL, DeadlineKind.ON_DEMAND)):
        return (found if found.kind in DATED else second).with_note(PARTLY_READ)
    return Meaning(DeadlineKind.UNRECOGNISED, notes=(NOT_READ,))


def lies_outside(deadline: Deadline, horizon: Span | None) -> bool:
    """Does any day of the deadline lie outside the plan's period?"""
    if horizon is None or horizon.start is None or horizon.end is None or deadline.end is None:
        return False
    first = deadline.start or min(span.end for span in deadline.occurrences if span.end)
    return deadline.end > horizon.end or first < horizon.start


def lasts_years(deadline: Deadline) -> bool:
    """Longer than one school year."""
    return deadline.start is not None and deadline.end is not None and (deadline.end - deadline.start).days > 366
