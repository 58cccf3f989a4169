"""Days are carried to a later year: months stay months, the order stays, nothing becomes earlier, words and days agree."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.roadmap.shifting import days_of, later_day, later_deadline, later_span, later_words
from planreader.deadlines import read_deadline
from planreader.model import DeadlineKind, Span

YEAR = Span(date(2026, 9, 1), date(2027, 8, 31))
NEXT = Span(date(2027, 9, 1), date(2028, 8, 31))


def carried(words: str) -> str:
    """The words of a deadline of 2026/27 a year later."""
    return later_deadline(read_deadline(words, horizon=YEAR), 1, horizon=YEAR).text


@pytest.mark.parametrize(("words", "later"), [
    ("до 13.10.2026", "до 13.10.2027"), ("Сентябрь 2026", "Сентябрь 2027"), ("сентябрь – октябрь 2026", "сентябрь – октябрь 2027"),
    ("декабрь 2026 – январь 2027", "декабрь 2027 – январь 2028"), ("I квартал 2027", "I квартал 2028"),
    ("декабрь 2026, май 2027", "декабрь 2027, май 2028"), ("ежеквартально", "ежеквартально"), ("Ежемесячно", "Ежемесячно"),
    ("В течение 2026/2027 учебного года", "В течение 2027/2028 учебного года"),
    ("В течение всего периода реализации", "В течение всего периода реализации"),
    ("Согласно графику ОО", "Согласно графику ОО"), ("по мере необходимости", "по мере необходимости"), ("", ""),
    ("октябрь", "октябрь"), ("до 13.10.26", "до 13.10.2027"),
])  # fmt: skip
def test_what_is_printed_a_year_later(words: str, later: str) -> None:
    assert carried(words) == later


def test_the_words_that_nobody_understands_stay() -> None:
    assert carried("после дождичка в 2026") == "после дождичка в 2026"


def test_29_february_and_whole_months() -> None:
    assert (later_day(date(2028, 2, 29), 1), later_day(date(2027, 2, 28), 1)) == (date(2029, 2, 28), date(2028, 2, 28))
    assert later_span(Span(date(2027, 2, 1), date(2027, 2, 28)), 1) == Span(date(2028, 2, 1), date(2028, 2, 29))
    assert later_span(Span(date(2028, 2, 1), date(2028, 2, 29)), 1) == Span(date(2029, 2, 1), date(2029, 2, 28))
    assert later_span(Span(None, date(2027, 2, 28)), 1) == Span(None, date(2028, 2, 28))


def test_the_year_of_an_order_in_a_title_stays() -> None:
    title = "Карта на 2026/27 учебный год по распоряжению от 25.12.2019"
    assert later_words(title, 1, [2026, 2027]) == "Карта на 2027/28 учебный год по распоряжению от 25.12.2019"


days = st.dates(date(2026, 9, 1), date(2030, 8, 31))


@given(days, days, st.integers(1, 3))
def test_the_order_of_days_stays_and_nothing_becomes_earlier(first: date, second: date, years: int) -> None:
    assert (later_day(first, years) <= later_day(second, years)) or first > second
    assert timedelta(364) <= later_day(first, 1) - first <= timedelta(366)


@given(days, st.integers(0, 500), st.integers(1, 3))
def test_a_span_stays_a_span(start: date, length: int, years: int) -> None:
    span = Span(start, start + timedelta(length))
    later = later_span(span, years)
    assert later.start is not None
    assert later.end is not None
    assert (later.start <= later.end, later.end > (span.end or start), later.end.month) == (True, True, (span.end or start).month)


MONTHS = ("январь", "февраль", "март", "май", "сентябрь", "октябрь", "декабрь")
phrases = st.one_of(
    st.dates(YEAR.start, YEAR.end).map(lambda day: f"до {day:%d.%m.%Y}"),
    st.dates(date(2028, 2, 20), date(2028, 3, 5)).map(lambda day: f"до {day:%d.%m.%Y}"),
    st.builds("{} {}".format, st.sampled_from(MONTHS), st.integers(2026, 2028)),
    st.builds("{} {}, {} {}".format, st.sampled_from(MONTHS), st.just(2026), st.sampled_from(MONTHS), st.just(2027)),
    st.builds("{} квартал {}".format, st.sampled_from(["I", "II", "III", "IV"]), st.integers(2026, 2028)),
    st.sampled_from(
        ["ежемесячно", "ежеквартально", "еженедельно", "1 раз в полугодие", "ежемесячно до 5 числа", "ежегодно, октябрь"]
    ),
    st.sampled_from(
        ["в течение года", "весь период", "постоянно", "по плану школы", "по запросу", "октябрь – ноябрь", "до 1 декабря"]
    ),
    st.tuples(st.dates(YEAR.start, YEAR.end), st.integers(1, 120)).map(
        lambda pair: f"{pair[0]:%d.%m.%Y} – {pair[0] + timedelta(pair[1]):%d.%m.%Y}"
    ),
)


@given(phrases)
def test_words_and_days_agree_and_the_kind_stays(words: str) -> None:
    old = read_deadline(words, horizon=YEAR)
    new = later_deadline(old, 1, horizon=YEAR)
    again = read_deadline(new.text, horizon=NEXT)
    assert (new.kind, new.recurrence) == (old.kind, old.recurrence)
    if old.kind is not DeadlineKind.UNRECOGNISED:
        assert days_of(again) == days_of(new)


@given(phrases)
def test_no_occurrence_becomes_earlier_and_their_order_stays(words: str) -> None:
    old = read_deadline(words, horizon=YEAR)
    new = later_deadline(old, 1, horizon=YEAR)
    before, after = ([span.end for span in one.occurrences if span.end] for one in (old, new))
    assert all(later > earlier for later, earlier in zip(after, before, strict=False))
    assert (sorted(after) == after) or (sorted(before) != before)
