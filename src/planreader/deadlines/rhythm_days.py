"""The occurrences of a rhythm within the plan's period."""

from datetime import date

from planreader.deadlines.phrase import Phrase, is_period
from planreader.deadlines.resolving import MOST_OCCURRENCES, calendar_order, occurrences_of, span_of, spans_in
from planreader.deadlines.stretches import Stretch
from planreader.model import Recurrence, Span


def rhythm_spans(phrase: Phrase, horizon: Span | None) -> tuple[Span, ...]:
    """Every occurrence, in the order of the calendar; none without a horizon."""
    rhythm = phrase.recurrence
    if rhythm is None or horizon is None or horizon.start is None or horizon.end is None:
        return ()
    periods = periods_of(phrase, rhythm, horizon)
    days = [item for item in phrase.items if not is_period(item, rhythm)]
    if days and rhythm is Recurrence.YEARLY:
        found = [span for item in days for span in yearly(item, horizon, several=len(days) > 1)]
        found = [span for span in found if any(within(span, period) for period in periods)] if periods != [horizon] else found
    elif days:
        found = [span for item in days for span in spans_in(item, horizon)]
    else:
        found = [span for period in periods for span in occurrences_of(rhythm, period, day=phrase.day, after=phrase.day_after)]
    return tuple(sorted(set(found), key=calendar_order)[:MOST_OCCURRENCES])


def periods_of(phrase: Phrase, rhythm: Recurrence, horizon: Span) -> list[Span]:
    """The times in which the rhythm holds; a printed period counts as printed, even outside the horizon."""
    spans = [span for item in phrase.items if is_period(item, rhythm) for span in spans_in(item, horizon)]
    found = [Span(span.start or horizon.start, span.end) for span in spans] or [horizon]
    since = phrase.since and next(iter(spans_in(phrase.since, horizon)), None)
    return [Span(since.start, period.end) for period in found] if since else found


def within(span: Span, period: Span) -> bool:
    """Does the occurrence end in the period?"""
    if span.end is None or period.start is None or period.end is None:
        return False
    return period.start <= span.end <= period.end


def yearly(item: Stretch, horizon: Span, *, several: bool) -> list[Span]:
    """A day or month in every year; with a printed year from that one on («май 2022, далее ежегодно»), even where the plan is
    over by then. Several printed years are just these."""
    if item.year is None or several:
        return spans_in(item, horizon)
    last = horizon.end or date(item.year, 12, 31)
    years = range(item.year, last.year + 2)
    found = [span for year in years if (span := span_of(item.in_year(item.year).moved(year - item.year))) and before(span, last)]
    return found or spans_in(item, horizon)


def before(span: Span, last: date) -> bool:
    """Is it over by then?"""
    return span.end is not None and span.end <= last
