"""What a phrase means before it gets its printed text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planreader.deadlines.resolving import spans_in, with_shared_years
from planreader.deadlines.spans import Stretch
from planreader.model import DeadlineKind, Recurrence, Span

NO_YEAR = "Год не напечатан, и по периоду плана он не определяется."
NO_SUCH_DAY = "Такого дня нет в календаре."
ROUGH = "Срок назван приблизительно, дни взяты по календарю."


@dataclass(frozen=True, slots=True)
class Meaning:
    """Kind and days of a phrase; `notes` are doubts in words for a person."""

    kind: DeadlineKind
    occurrences: tuple[Span, ...] = ()
    recurrence: Recurrence | None = None
    notes: tuple[str, ...] = ()

    def with_note(self, note: str) -> "Meaning":
        """The same with one more doubt."""
        return replace(self, notes=(*self.notes, note))


def meaning_of(stretches: Sequence[Stretch], horizon: Span | None) -> Meaning:
    """One or several printed spans. Without a printed year the horizon decides: one fitting year gives the kind that was
    printed, several give an occurrence in each year."""
    items = with_shared_years(stretches)
    found = [spans_in(item, horizon) for item in items]
    if not all(found):
        lacks_year = any(not spans and item.year is None for item, spans in zip(items, found, strict=True))
        return Meaning(DeadlineKind.UNRECOGNISED, notes=(NO_YEAR if lacks_year else NO_SUCH_DAY,))
    spans = tuple(sorted({span for spans in found for span in spans}, key=lambda span: (span.end, span.start or span.end)))
    meaning = Meaning(kind_of(items, spans), spans, notes=doubts(items, spans))
    yearly_day = len(items) == 1 and len(spans) > 1 and items[0].start is None
    return replace(meaning, kind=DeadlineKind.RECURRING, recurrence=Recurrence.YEARLY) if yearly_day else meaning


def kind_of(items: Sequence[Stretch], spans: Sequence[Span]) -> DeadlineKind:
    """A list for several spans, else what the one span is."""
    if len(spans) > 1:
        return DeadlineKind.LIST
    return DeadlineKind.BY if items[0].start is None else DeadlineKind.RANGE


def doubts(items: Sequence[Stretch], spans: Sequence[Span]) -> tuple[str, ...]:
    """What a person should look at."""
    notes = []
    if any(item.rough for item in items):
        notes.append(ROUGH)
    if all(item.year is None for item in items) and len(spans) == 1 and spans[0].end is not None:
        notes.append(f"Год не напечатан, подходит только {spans[0].end.year}.")
    return tuple(notes)
