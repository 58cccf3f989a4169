"""The language of deadlines: a table of phrases, their disguises, and generated values."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planreader.clean import one_line
from planreader.deadlines import (
    deadline_prefix,
    deadline_warnings,
    read_deadline,
    read_horizon,
    scan_deadlines,
    write_phrase,
)  # fmt: skip
from planreader.model import Deadline, DeadlineKind, Recurrence, Span

YEAR = Span(date(2020, 9, 1), date(2021, 8, 31))
TABLE = [
    tuple(line.split("|")) for line in (Path(__file__).parent / "phrases.txt").read_text(encoding="utf-8").splitlines() if line
]


def summary(deadline: Deadline) -> tuple[str, ...]:
    """The columns of the table."""
    days = [day.isoformat() if day else "" for day in (deadline.start, deadline.end)]
    return (deadline.kind.value, *days, str(len(deadline.occurrences)), deadline.recurrence.value if deadline.recurrence else "")


def test_the_table_is_large_enough() -> None:
    assert len({phrase for phrase, *_ in TABLE}) >= 150


@pytest.mark.parametrize(("phrase", "kind", "start", "end", "number", "rhythm"), TABLE, ids=lambda value: value)
def test_phrase(phrase: str, kind: str, start: str, end: str, number: str, rhythm: str) -> None:
    deadline = read_deadline(phrase, horizon=YEAR)
    assert summary(deadline) == (kind, start, end, number, rhythm)
    assert deadline.text == phrase


DISGUISES = {
    "upper": str.upper,
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "wrapped": lambda text: text.replace(" ", "\n"),
    "double spaces": lambda text: f"  {text.replace(' ', '   ')} ",
    "long dashes": lambda text: text.replace(" - ", " — ").replace(" – ", " — "),
    "tight dashes": lambda text: text.replace(" - ", "-").replace(" – ", "–"),
    "dot at the end": lambda text: f"{text}." if text and text[-1].isalnum() else text,
    "latin letters": lambda text: text.replace("о", "o").replace("а", "a").replace("е", "e") if text.count(" ") else text,
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_every_phrase_in_disguise(disguise: str) -> None:
    wrong = [
        (phrase, summary(read_deadline(DISGUISES[disguise](phrase), horizon=YEAR)))
        for phrase, *expected in TABLE
        if summary(read_deadline(DISGUISES[disguise](phrase), horizon=YEAR)) != tuple(expected)
    ]
    assert wrong == []


DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Days, months, quarters, years, school years."""
    start = draw(DAYS)
    end = draw(st.sampled_from([start, start + timedelta(days=draw(st.integers(1, 700)))]))
    bound = draw(st.sampled_from(["day", "month", "year", "school", "by"]))
    if bound == "by":
        return Span(None, end)
    if bound == "month":
        following = date(end.year + end.month // 12, end.month % 12 + 1, 1)
        return Span(start.replace(day=1), following - timedelta(days=1))
    if bound == "year":
        return Span(date(start.year, 1, 1), date(end.year, 12, 31))
    if bound == "school":
        return Span(date(start.year, 9, 1), date(start.year + draw(st.integers(1, 3)), 8, 31))
    return Span(start, end)


def deadline_of(found: list[Span]) -> Deadline:
    """The value of one or several spans."""
    ordered = tuple(sorted(set(found), key=lambda span: (span.end, span.start or span.end, span.start is not None)))
    kind = DeadlineKind.LIST if len(ordered) > 1 else DeadlineKind.BY if ordered[0].start is None else DeadlineKind.RANGE
    starts = [span.start for span in ordered]
    return Deadline("", kind, min(starts) if all(starts) else None, max(span.end for span in ordered), ordered)


@given(st.lists(spans(), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_value_to_phrase_and_back(found: list[Span], chance: random.Random) -> None:
    deadline = deadline_of(found)
    phrase = write_phrase(deadline)
    again = read_deadline(disguise_by_chance(phrase, chance))
    assert (again.kind, again.start, again.end, again.occurrences) == (
        deadline.kind, deadline.start, deadline.end, deadline.occurrences,
    ), phrase  # fmt: skip


def disguise_by_chance(phrase: str, chance: random.Random) -> str:
    """Another case, other spaces, other dashes, wrapped lines, «г.» behind years."""
    letters = []
    for letter in phrase:
        if letter == " ":
            letters.append(chance.choice([" ", "  ", "\n", "\u00a0"]))
        elif letter == "–":
            letters.append(chance.choice(["-", "–", "—"]))
        else:
            letters.append(letter.upper() if chance.random() < 0.2 else letter)
    text = "".join(letters)
    return text + chance.choice(["", " г.", "г."]) if text[-4:].isdigit() else text


@given(st.sampled_from(list(Recurrence)), st.integers(2015, 2030), st.integers(1, 28))
def test_rhythm_to_phrase_and_back(rhythm: Recurrence, year: int, day: int) -> None:
    horizon = Span(date(year, 9, 1), date(year + 1, 8, 31))
    for phrase in (write_phrase(Deadline("", DeadlineKind.RECURRING, recurrence=rhythm)), f"ежемесячно до {day} числа"):
        deadline = read_deadline(phrase, horizon=horizon)
        again = read_deadline(write_phrase(deadline), horizon=horizon)
        assert (again.kind, again.recurrence, again.occurrences) == (deadline.kind, deadline.recurrence, deadline.occurrences)
        assert all(horizon.start <= span.end <= horizon.end for span in deadline.occurrences)
        assert deadline.occurrences


@given(st.text(alphabet=st.sampled_from("абвгдежзияо 0123456789.,-–/()IVX\n\u00a0годудекабряпосляежемся№«»;"), max_size=80))
def test_nothing_breaks_it_and_no_word_is_lost(text: str) -> None:
    deadline = read_deadline(text, horizon=YEAR)
    assert deadline.text == one_line(text)
    assert isinstance(deadline_warnings(deadline, YEAR), tuple)
    read_horizon(text)
    scan_deadlines(text)


def test_a_story_in_the_cell_is_no_deadline() -> None:
    deadline = read_deadline("до 13.10.2020 " * 20_000)
    assert deadline.kind is DeadlineKind.UNRECOGNISED


@pytest.mark.parametrize(
    ("title", "span"),
    [
        ("Дорожная карта на 2020 год", (date(2020, 1, 1), date(2020, 12, 31))),
        ("План на 2020-2024 годы", (date(2020, 1, 1), date(2024, 12, 31))),
        ("План на 2026/2027 учебный год", (date(2026, 9, 1), date(2027, 8, 31))),
        ("Дорожная карта (сентябрь 2022 г. - май 2024 г.)", (date(2022, 9, 1), date(2024, 5, 31))),
        ("Приложение к приказу от 25.12.2019 № Р-145", None),
        ("популяризация роли наставника с 2021 года", None),
        ("Дорожная карта внедрения модели", None),
    ],
)
def test_the_period_of_a_title(title: str, span: tuple[date, date] | None) -> None:
    found = read_horizon(title)
    assert ((found.start, found.end) if found else None) == span


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Сентябрь 2020 МУ ОО", 2),
        ("Август - сентябрь 2020 МУ ОО", 4),
        ("В соответствии со сроками реализации программ наставничества Руководители ОО, кураторы", 7),
        ("в 2020/2021 учебном году Октябрь 2020 Руководители", 4),
        ("Декабрь 2020, Декабрь 2021, Декабрь 2022 МУ ОО", 6),
        ("Формирование базы", 0),
    ],
)
def test_the_deadline_at_the_beginning_of_words(text: str, number: int) -> None:
    assert deadline_prefix(text.split()) == number


@pytest.mark.parametrize(
    ("phrase", "warnings"),
    [
        ("не позднее 20 числа", ("Не назван месяц: один раз или каждый месяц?",)),
        ("Май – июнь", ("Год не напечатан, подходит только 2021.",)),
        ("В течение 2023", ("Срок выходит за период плана.",)),
        ("31.02.2021", ("Такого дня нет в календаре.",)),
        ("абракадабра", ("Срок не распознан. Укажите его сами или оставьте без даты.",)),
        ("Согласно графику ОО", ("День назначает другой документ или событие.",)),
        ("до 15.10.2020", ()),
    ],
)
def test_doubts_in_words(phrase: str, warnings: tuple[str, ...]) -> None:
    assert deadline_warnings(read_deadline(phrase, horizon=YEAR), YEAR) == warnings


@pytest.mark.parametrize("phrase", ["Май – июнь", "до 1 декабря", "октябрь, апрель"])
def test_without_a_period_a_term_without_a_year_stays_open(phrase: str) -> None:
    assert read_deadline(phrase).kind is DeadlineKind.UNRECOGNISED


def test_over_several_years_a_day_without_a_year_returns_every_year() -> None:
    deadline = read_deadline("до 1 декабря", horizon=Span(date(2020, 1, 1), date(2022, 12, 31)))
    assert (deadline.kind, deadline.recurrence) == (DeadlineKind.RECURRING, Recurrence.YEARLY)
    assert [span.end for span in deadline.occurrences] == [date(year, 12, 1) for year in (2020, 2021, 2022)]
