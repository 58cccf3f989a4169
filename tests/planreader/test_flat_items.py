"""Plans whose columns have run together: numbers that are out of order, and numbers beside the middle of their row."""

from pathlib import Path

import pytest

from planreader import read_plan
from planreader.model import Plan

TITLE = "Дорожная карта внедрения целевой модели наставничества на 2026/2027 учебный год"
HEADER = "№ Мероприятия Сроки Ответственные"
MIXED = "Номер стоял посередине строки таблицы, слова её столбцов могли перемешаться: проверьте текст, срок и исполнителей."
INSIDE = "Внутри текста стоит номер {number}: возможно, с него начинается другое мероприятие."
ALONE = [
    ["1. Подготовка условий"],
    ["Издание приказа о внедрении целевой", "1.1. Сентябрь 2026 Руководители ОО", "модели наставничества в школе"],
    ["Разработка положения о программе", "1.2. до 13.10.2026 Куратор", "наставничества"],
    ["Обучение наставников", "1.3. по программам РЦН Октябрь 2026 РЦН, МУ ОО"],
]


def plan_of(folder: Path, lines: list[str]) -> Plan:
    """The plan in these lines."""
    file = folder / "plan.txt"
    file.write_text("\n".join([TITLE, HEADER, *lines]), encoding="utf-8")
    return read_plan(file)


def cells(plan: Plan) -> list[tuple[str, str, str, list[str]]]:
    """The measures as their cells."""
    return [(one.number, one.text, one.deadline.text, [party.text for party in one.parties]) for one in plan.measures]


@pytest.mark.parametrize("between", [[], [""]], ids=["close", "parted"])
@pytest.mark.parametrize("rows", [ALONE, ALONE[1:]], ids=["section", "no section"])
def test_a_number_beside_the_middle_of_its_row(tmp_path: Path, between: list[str], rows: list[list[str]]) -> None:
    plan = plan_of(tmp_path, [line for row in rows for line in [*between, *row]])
    assert plan.sections[0].title == ("Подготовка условий" if rows is ALONE else "")
    assert cells(plan) == [
        ("1.1.", "Издание приказа о внедрении целевой модели наставничества в школе", "Сентябрь 2026", ["Руководители ОО"]),
        ("1.2.", "Разработка положения о программе наставничества", "до 13.10.2026", ["Куратор"]),
        ("1.3.", "Обучение наставников по программам РЦН", "Октябрь 2026", ["РЦН", "МУ ОО"]),
    ]
    assert plan.warnings == ()
    assert [one.warnings for one in plan.measures] == [(), (), ()]


def test_words_of_columns_among_each_other_are_told(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [
        "1. Подготовка условий",
        "Издание приказа о внедрении целевой Руководители ОО,",
        "1.1. модели наставничества в каждой Сентябрь 2026 кураторы по",
        "образовательной организации внедрению ЦМН в ОО",
        "1.2. Отчёт Октябрь 2026 Куратор",
    ])  # fmt: skip
    first, second = plan.measures
    assert first.text.startswith("Издание приказа о внедрении целевой")
    assert (MIXED in first.warnings, second.warnings) == (True, ())
    assert plan.sections[0].title == "Подготовка условий"


def test_rows_that_nothing_tells_apart_are_told(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [
        "1. Подготовка условий", "Издание приказа о внедрении", "1.1. модели Сентябрь 2026 Руководители ОО",
        "Списки школ", "Списки пар", "Сбор анкет", "1.2. наставляемых Октябрь 2026 Куратор",
    ])  # fmt: skip
    (warning,) = plan.warnings
    assert warning.startswith("Номера стоят посередине строк таблицы, где начинается каждая строка, понять не удалось.")
    assert warning.endswith("мероприятий 1, 1.1, 1.2.")


def test_a_wrapped_line_with_a_capital_ends_its_own_row(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [
        "1. Подготовка условий", "1.1. Издание приказа о внедрении", "Целевой модели Сентябрь 2026 Куратор",
        "1.2. подготовка положения до 13.10.2026 Куратор",
    ])  # fmt: skip
    assert [row[1] for row in cells(plan)] == ["Издание приказа о внедрении Целевой модели", "подготовка положения"]
    assert not any(MIXED in one.warnings for one in plan.measures)


@pytest.mark.parametrize(
    ("numbers", "warnings"),
    [
        (("6.1.", "6.2."), ((), ())),
        (("6.1.", "6.1."), ((), ("Номер 6.1 стоит ещё раз.",))),
        (("6.5.", "6.6."), (("Перед номером 6.5 пропущен номер.",), ())),
        (("6.1.", "6.9."), ((), ("Перед номером 6.9 пропущен номер.",))),
        (("6.2.", "6.1."), (("Перед номером 6.2 пропущен номер.", INSIDE.format(number="6.1")),)),
    ],
)  # fmt: skip
def test_numbers_out_of_order_are_told_and_none_is_swallowed(
    tmp_path: Path, numbers: tuple[str, str], warnings: tuple[tuple[str, ...], ...]
) -> None:
    lines = ["6. Обучение", f"{numbers[0]} Назначение кураторов Сентябрь 2026 Директор", f"{numbers[1]} Отчёт Май 2027 Куратор"]
    plan = plan_of(tmp_path, lines)
    assert plan.sections[0].title == "Обучение"
    assert tuple(tuple(sorted(one.warnings, reverse=True)) for one in plan.measures) == tuple(
        tuple(sorted(one, reverse=True)) for one in warnings
    )


def test_roman_sections(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [
        "I. Нормативное обеспечение", "1. Приказ о внедрении Сентябрь 2026 Директор", "II. Мониторинг и отчёты",
        "2. Опрос школ ежеквартально МУ ОО", "III. Итоги", "1. Справка Май 2027 Куратор",
    ])  # fmt: skip
    assert [(section.number, section.title, [one.text for one in section.measures]) for section in plan.sections] == [
        ("I.", "Нормативное обеспечение", ["Приказ о внедрении"]), ("II.", "Мониторинг и отчёты", ["Опрос школ"]),
        ("III.", "Итоги", ["Справка"]),
    ]  # fmt: skip


def test_the_term_of_a_section_is_its_own_and_its_measures_inherit_it(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, ["1. Подготовка условий Июнь - август 2027", "1.1. Назначение кураторов Руководители ОО"])
    (section,) = plan.sections
    assert section.deadline is not None
    assert (section.title, section.deadline.text) == ("Подготовка условий", "Июнь - август 2027")
    (measure,) = section.measures
    assert (measure.text, measure.deadline.text, measure.deadline.inherited) == (
        "Назначение кураторов", "Июнь - август 2027", True,
    )  # fmt: skip
    assert [party.text for party in measure.parties] == ["Руководители ОО"]


def test_text_before_the_first_number_is_told(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, ["Общие положения", "1.1. Приказ о внедрении Сентябрь 2026 Директор"])
    assert plan.warnings == ("Текст перед первым номером плана не прочитан: «Общие положения».",)
