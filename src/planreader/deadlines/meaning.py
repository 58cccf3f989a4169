"""What a phrase means in a plan's period: kind, days, doubts."""

from collections.abc import Sequence
from dataclasses import dataclass

from planreader.deadlines.phrase import Extent, Phrase
from planreader.deadlines.resolving import MOST_OCCURRENCES, calendar_order, is_backwards, spans_in, with_shared_years
from planreader.deadlines.rhythm_days import rhythm_spans
from planreader.deadlines.stretches import Stretch
from planreader.deadlines.units import TERMS_DIFFER
from planreader.model import DeadlineKind, Recurrence, Span

NO_YEAR = "Год не напечатан, и по периоду плана он не определяется."
ONLY_YEAR = "Год не напечатан, подходит только {year}."
EVERY_YEAR = "Год не напечатан: взят каждый год плана."
NEVER = "В период плана не попадает ни одного такого срока."
NO_SUCH_DAY = "Такого дня нет в календаре."
BACKWARDS = "Конец срока раньше начала."
NO_END = "Назван только первый день, срок взят до конца плана."
OPEN_END = "Назван только первый день, конец срока неизвестен."
OF_SCHOOL = (Recurrence.TERMLY, Recurrence.HALF_YEARLY)
DAYS_OF_YEAR = 366


@dataclass(frozen=True, slots=True)
class Meaning:
    """Kind and days of a phrase; `notes` are doubts in words for a person."""

    kind: DeadlineKind
    occurrences: tuple[Span, ...] = ()
    recurrence: Recurrence | None = None
    notes: tuple[str, ...] = ()


def meaning_of(phrase: Phrase, horizon: Span | None) -> Meaning:
    """The days of a phrase in the plan's period."""
    if phrase.recurrence is not None or phrase.unmet:
        return meaning_of_rhythm(phrase, horizon)
    if phrase.since is not None:
        return meaning_of_beginning(phrase, phrase.since, horizon)
    if phrase.extent is not None:
        whole = (horizon,) if horizon else ()
        one_year = phrase.extent is Extent.ONE_YEAR and horizon is not None and days(horizon) <= DAYS_OF_YEAR
        return Meaning(DeadlineKind.RANGE if one_year else DeadlineKind.WHOLE_PERIOD, whole, notes=phrase.notes)
    if phrase.items:
        return meaning_of_dates(phrase, horizon)
    return Meaning(phrase.kind, notes=phrase.notes)


def meaning_of_rhythm(phrase: Phrase, horizon: Span | None) -> Meaning:
    """A rhythm; one that the calendar does not have is only known by its days («3 раза в год: октябрь, январь, май»)."""
    notes = (*phrase.notes, *(note for item in phrase.items for note in item.notes))
    if phrase.unmet and phrase.items:
        dates = meaning_of_dates(phrase, horizon)
        return Meaning(dates.kind, dates.occurrences, notes=tuple(note for note in dates.notes if note not in phrase.notes))
    if phrase.unmet:
        return Meaning(DeadlineKind.UNRECOGNISED, notes=notes)
    found = rhythm_spans(phrase, horizon)
    if horizon and not found:
        notes = (*notes, NEVER)
    if phrase.recurrence in OF_SCHOOL and not phrase.items:
        notes = (*notes, TERMS_DIFFER)
    return Meaning(DeadlineKind.RECURRING, found, phrase.recurrence, tuple(dict.fromkeys(notes)))


def meaning_of_beginning(phrase: Phrase, since: Stretch, horizon: Span | None) -> Meaning:
    """«С сентября 2020»: from there to the end of the plan."""
    first = next(iter(spans_in(since, horizon)), None)
    if first is None or first.start is None or horizon is None or horizon.end is None or first.start > horizon.end:
        return Meaning(DeadlineKind.UNRECOGNISED, notes=(*phrase.notes, OPEN_END))
    return Meaning(DeadlineKind.RANGE, (Span(first.start, horizon.end),), notes=(*phrase.notes, NO_END))


def meaning_of_dates(phrase: Phrase, horizon: Span | None) -> Meaning:
    """One or several printed spans. Without a printed year the horizon decides: one fitting year gives the kind that was
    printed, several give an occurrence in each year."""
    items = with_shared_years(phrase.items)
    found = [spans_in(item, horizon) for item in items]
    if not all(found):
        return Meaning(DeadlineKind.UNRECOGNISED, notes=(*phrase.notes, trouble(items, found)))
    unique = {span for spans in found for span in spans}
    spans = tuple(sorted(unique, key=calendar_order)[:MOST_OCCURRENCES])
    notes = (*phrase.notes, *doubts(items, found))
    if len(items) == 1 and len(spans) > 1:
        return Meaning(DeadlineKind.RECURRING, spans, Recurrence.YEARLY, notes)
    return Meaning(kind_of(spans), spans, notes=notes)


def kind_of(spans: Sequence[Span]) -> DeadlineKind:
    """A list for several spans, else what the one span is."""
    if len(spans) > 1:
        return DeadlineKind.LIST
    return DeadlineKind.BY if spans[0].start is None else DeadlineKind.RANGE


def trouble(items: Sequence[Stretch], found: Sequence[Sequence[Span]]) -> str:
    """Why a span has no days."""
    item = next(item for item, spans in zip(items, found, strict=True) if not spans)
    if item.year is None:
        return NO_YEAR if possible(item) else NO_SUCH_DAY
    return BACKWARDS if is_backwards(item) else NO_SUCH_DAY


def possible(item: Stretch) -> bool:
    """Does a day without a year exist in a leap year?"""
    return bool(spans_in(item.in_year(2024), None)) or bool(spans_in(item.in_year(2025), None))


def doubts(items: Sequence[Stretch], found: Sequence[Sequence[Span]]) -> tuple[str, ...]:
    """What a person should look at."""
    notes = [note for item in items for note in item.notes]
    if all(item.year is None for item in items):
        if any(len(spans) > 1 for spans in found):
            notes.append(EVERY_YEAR)
        elif len(items) == 1 and found[0][0].end is not None:
            notes.append(ONLY_YEAR.format(year=found[0][0].end.year))
    return tuple(dict.fromkeys(notes))


def days(span: Span) -> int:
    """Days between the ends of a span that has both."""
    return (span.end - span.start).days if span.start and span.end else DAYS_OF_YEAR + 1
