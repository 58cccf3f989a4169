"""Deadlines in plans of several years, without a known period, and rhythms written back as phrases."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planreader.clean import fold, one_line
from planreader.deadlines import (
    Found,
    deadline_prefix,
    deadline_warnings,
    find_day,
    occurrences_of,
    read_deadline,
    read_horizon,
    scan_deadlines,
    write_phrase,
)
from planreader.model import Deadline, DeadlineKind, Recurrence, Span

FIVE_YEARS = Span(date(2020, 1, 1), date(2024, 12, 31))
SCHOOL_YEAR = Span(date(2026, 9, 1), date(2027, 8, 31))


@pytest.mark.parametrize(
    ("phrase", "kind", "rhythm", "ends"),
    [
        ("ежегодно, октябрь", "recurring", "yearly", [f"{year}-10-31" for year in range(2020, 2025)]),
        ("Сентябрь каждого года", "recurring", "yearly", [f"{year}-09-30" for year in range(2020, 2025)]),
        ("ежегодно (до 1 ноября)", "recurring", "yearly", [f"{year}-11-01" for year in range(2020, 2025)]),
        ("май 2022, далее ежегодно", "recurring", "yearly", ["2022-05-31", "2023-05-31", "2024-05-31"]),
        ("до 1 октября 2023, далее - ежегодно до 1 октября", "recurring", "yearly", ["2023-10-01", "2024-10-01"]),
        ("ежегодно до 2022 года", "recurring", "yearly", ["2020-12-31", "2021-12-31", "2022-12-31"]),
        ("май, ежегодно, до 2022 года", "recurring", "yearly", ["2020-05-31", "2021-05-31", "2022-05-31"]),
        ("ежегодно с 2023 года", "recurring", "yearly", ["2023-12-31", "2024-12-31"]),
        ("ежегодно, начиная с 2023 года, в октябре", "recurring", "yearly", ["2023-10-31", "2024-10-31"]),
        ("ежегодно 2021-2022", "recurring", "yearly", ["2021-12-31", "2022-12-31"]),
        ("ежегодно в октябре 2021-2022", "recurring", "yearly", ["2021-10-31", "2022-10-31"]),
        ("декабрь 2020, 2022", "list", "", ["2020-12-31", "2022-12-31"]),
        ("февраль 2020-2022 гг.", "list", "", ["2020-02-29", "2021-02-28", "2022-02-28"]),
        ("сентябрь-май 2021-2023 учебных годов", "list", "", ["2022-05-31", "2023-05-31"]),
        ("Сентябрь", "recurring", "yearly", [f"{year}-09-30" for year in range(2020, 2025)]),
        ("29.02", "recurring", "yearly", ["2020-02-29", "2024-02-29"]),
        ("с октября 2021 года", "range", "", ["2024-12-31"]),
        ("в течение года", "whole_period", "", ["2024-12-31"]),
        ("ежеквартально в 2021 году", "recurring", "quarterly", ["2021-03-31", "2021-06-30", "2021-09-30", "2021-12-31"]),
        ("ежемесячно с марта по апрель 2022", "recurring", "monthly", ["2022-03-31", "2022-04-30"]),
        ("29 февраля 2022", "unrecognised", "", []),
    ],
)  # fmt: skip
def test_in_a_plan_of_five_years(phrase: str, kind: str, rhythm: str, ends: list[str]) -> None:
    deadline = read_deadline(phrase, horizon=FIVE_YEARS)
    found = [span.end.isoformat() for span in deadline.occurrences if span.end]
    assert (deadline.kind.value, deadline.recurrence.value if deadline.recurrence else "", found) == (kind, rhythm, ends)


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("ежегодно, октябрь", "recurring"), ("ежемесячно", "recurring"), ("Сентябрь", "unrecognised"),
        ("октябрь, апрель", "unrecognised"),
        ("с сентября 2021 года", "unrecognised"), ("I квартал", "unrecognised"), ("в течение года", "whole_period"),
        ("постоянно", "whole_period"), ("3 раза в год (октябрь, январь, май)", "unrecognised"),
    ],
)  # fmt: skip
def test_without_a_period_nothing_gets_days_by_guess(phrase: str, kind: str) -> None:
    deadline = read_deadline(phrase)
    assert (deadline.kind.value, deadline.start, deadline.end, deadline.occurrences) == (kind, None, None, ())


@pytest.mark.parametrize(
    ("phrase", "start", "end"),
    [
        ("октябрь", date(2026, 10, 1), date(2026, 10, 31)), ("май", date(2027, 5, 1), date(2027, 5, 31)),
        ("декабрь-январь", date(2026, 12, 1), date(2027, 1, 31)), ("до 15 марта", None, date(2027, 3, 15)),
        ("в течение учебного года", date(2026, 9, 1), date(2027, 8, 31)), ("III четверть", date(2027, 1, 1), date(2027, 3, 31)),
    ],
)  # fmt: skip
def test_a_school_year_has_every_month_once(phrase: str, start: date | None, end: date) -> None:
    deadline = read_deadline(phrase, horizon=SCHOOL_YEAR)
    assert (deadline.start, deadline.end) == (start, end)


@pytest.mark.parametrize(
    ("phrase", "warning"),
    [
        ("Сентябрь", "Год не напечатан: взят каждый год плана."),
        ("с октября 2021 года", "Назван только первый день, срок взят до конца плана."),
        ("3 раза в год", "Такой частоты в календаре нет: укажите дни сами."),
        ("май 2021 - апрель 2021", "Конец срока раньше начала."),
        ("ноябрь – февраль 2021", "Год напечатан только у конца срока, начало отнесено к предыдущему году."),
        ("31 ноября", "Такого дня нет в календаре."),
        ("до октября 2021", "Срок назван приблизительно, дни взяты по календарю."),
        ("октябрь 2021 (проект)", "Понята только часть срока, проверьте."),
    ],
)
def test_doubts_of_plans_of_several_years(phrase: str, warning: str) -> None:
    assert deadline_warnings(read_deadline(phrase, horizon=FIVE_YEARS), FIVE_YEARS) == (warning,)


def test_a_deadline_without_occurrences_is_weighed_by_its_end() -> None:
    by_hand = Deadline("", DeadlineKind.BY, None, date(2026, 1, 15))
    assert deadline_warnings(by_hand, FIVE_YEARS) == ("Срок выходит за период плана.",)


YEARLY = ["до {day:02d}.{month:02d}", "({day} {word})", "с 01.{month:02d} по {day:02d}.{month:02d}"]
RHYTHMS = [
    "ежемесячно", "ежемесячно до {day} числа", "до {day} числа месяца, следующего за отчетным", "ежеквартально", "еженедельно",
    "1 раз в четверть", "1 раз в полугодие", "1 раз в 2 недели", "ежегодно", "ежеквартально до {day} числа",
    "ежемесячно с октября по май", "2 раза в год (октябрь, май)", "октябрь {year}, далее ежегодно",
    *(f"ежегодно {days}" for days in YEARLY),
]  # fmt: skip


@given(st.sampled_from(RHYTHMS), st.integers(2015, 2030), st.integers(1, 4), st.integers(2, 28), st.integers(1, 12))
def test_rhythm_with_its_days_to_phrase_and_back(pattern: str, year: int, years: int, day: int, month: int) -> None:
    horizon = Span(date(year, 9, 1), date(year + years, 8, 31))
    phrase = pattern.format(day=day, month=month, word="октября", year=year)
    deadline = read_deadline(phrase, horizon=horizon)
    again = read_deadline(write_phrase(deadline, horizon=horizon), horizon=horizon)
    assert (again.kind, again.recurrence, again.start, again.end, again.occurrences) == (
        DeadlineKind.RECURRING, deadline.recurrence, deadline.start, deadline.end, deadline.occurrences,
    )  # fmt: skip
    assert 1 <= len(deadline.occurrences) <= 400


def test_the_shortest_phrase_that_holds_in_the_plan_is_written() -> None:
    written = [
        write_phrase(read_deadline(phrase, horizon=FIVE_YEARS), horizon=FIVE_YEARS)
        for phrase in ("октябрь, ежегодно", "ежегодно до 1 декабря", "май 2022, далее ежегодно", "1 раз в месяц")
    ]
    assert written == ["ежегодно, октябрь", "ежегодно до 01.12", "май 2022, далее ежегодно", "ежемесячно"]


def test_occurrences_are_bounded() -> None:
    century = Span(date(2000, 9, 1), date(2099, 8, 31))
    assert len(occurrences_of(Recurrence.WEEKLY, century)) == 400


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Назначение кураторов Сентябрь 2020 МУ ОО", ["Сентябрь 2020"]),
        ("Разработка положений в срок до 13.10.2020 Руководители ОО , кураторы", ["в срок до 13.10.2020"]),
        ("1.10 Формирование базы Октябрь - ноябрь 2020, май 2021 МУ ОО", ["Октябрь - ноябрь 2020, май 2021"]),
        ("Сбор данных В течение всего периода реализации ЦМН Руководители ОО", ["В течение всего периода реализации ЦМН"]),
        ("Согласно графику ОО Руководители, затем ежемесячно до 5 числа отчёт", ["Согласно графику ОО", "ежемесячно до 5 числа"]),
        ("в 2020/2021 учебном году Октябрь 2020", ["в 2020/2021 учебном году", "Октябрь 2020"]),
        ("Выбор форм и программ наставничества", []),
    ],
)  # fmt: skip
def test_deadlines_in_running_text(text: str, found: list[str]) -> None:
    stretches = scan_deadlines(text)
    assert [stretch.text for stretch in stretches] == found
    assert stretches == [Found(one.start, one.end, text[one.start : one.end]) for one in stretches]


@given(
    st.lists(
        st.sampled_from("до в течение ежегодно сентябрь 2020 , и - 13.10.2020 МУ ОО 1 раз числа ( ) по с I квартал".split()),
        max_size=30,
    )
)
def test_stretches_are_in_order_and_whole_words(words: list[str]) -> None:
    text = " ".join(words)
    edges = [edge for one in scan_deadlines(text) for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(text[one.start : one.end].split() == one.text.split() for one in scan_deadlines(text))
    assert 0 <= deadline_prefix(words) <= len(words)


@pytest.mark.parametrize(
    ("title", "span"),
    [
        ("План на сентябрь 2026 – май 2027", (date(2026, 9, 1), date(2027, 5, 31))),
        ("Дорожная карта на 2023-2024 учебный год (утверждена 25 августа 2023 г.)", (date(2023, 9, 1), date(2024, 8, 31))),
        ("Приказ № 42 от 01.09.2022. План на 2022/2023", (date(2022, 9, 1), date(2023, 8, 31))),
        ("Программа развития до 2030 года", None),
    ],
)
def test_the_period_in_a_title(title: str, span: tuple[date, date] | None) -> None:
    found = read_horizon(title)
    assert ((found.start, found.end) if found else None) == span


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Приказ от 01.04.2022 № 7", date(2022, 4, 1)), ("«05» сентября 2020 г.", date(2020, 9, 5)), ("протокол № 1", None),
        ("31.02.2020", None), ("сентябрь 2020", None),
    ],
)  # fmt: skip
def test_the_day_in_a_line(line: str, day: date | None) -> None:
    assert find_day(line) == day


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("программно-\nметодических", "программно-методических"), ("настав\u00ad\nничества", "наставничества"),
        ("Октябрь-\nноябрь", "Октябрь-ноябрь"), ("и\u0306", "й"), ("**План** \u00a0 на\tгод", "План на год"),
        ("август -\n сентябрь", "август - сентябрь"),
    ],
)  # fmt: skip
def test_text_on_one_line(text: str, clean: str) -> None:
    assert one_line(text) == clean


@given(st.text(max_size=60))
def test_folding_keeps_places_and_cleaning_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert one_line(one_line(text)) == one_line(text)
