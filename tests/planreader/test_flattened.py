"""Plans whose columns have run together: headers on many lines, a column of results, numbers that are none."""

from pathlib import Path

import pytest

from planreader import read_plan
from planreader.model import Measure, Plan

TITLE = "Дорожная карта внедрения целевой модели наставничества на 2022-2023 учебный год"
HEADER = [
    "№",
    "п/п",
    "Наименование мероприятий",
    "Срок",
    "реализации",
    "Ответственный",
    "исполнитель",
    "Результат. Вид",
    "документа",
]


def plan_of(folder: Path, lines: list[str]) -> Plan:
    """The plan in these lines."""
    file = folder / "plan.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    return read_plan(file)


def cells(measure: Measure) -> tuple[str, str, str, list[str], str | None]:
    """A measure as its cells."""
    return measure.number, measure.text, measure.deadline.text, [party.text for party in measure.parties], measure.result


def test_a_header_of_one_cell_a_line_and_a_column_of_results(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [
        TITLE, *HEADER, "1 2 3 4 5", "1. Нормативное правовое регулирование", "1.1. Издание приказа о внедрении", "целевой модели",
        "до 1 октября", "2022 г.", "Директор", "Приказ", "1.2. Разработка программы в 2022 году",
        "Октябрь 2022 Заместитель директора по УВР,", "куратор", "Программа", "наставничества", "2. Реализация",
        "2.1. Обучение наставников Согласно плану работы РЦН Куратор Журнал учёта",
    ])  # fmt: skip
    assert plan.title == TITLE
    assert [cells(measure) for measure in plan.measures] == [
        ("1.1.", "Издание приказа о внедрении целевой модели", "до 1 октября 2022 г.", ["Директор"], "Приказ"),
        ("1.2.", "Разработка программы в 2022 году", "Октябрь 2022", ["Заместитель директора по УВР", "куратор"],
         "Программа наставничества"),
        ("2.1.", "Обучение наставников", "Согласно плану работы РЦН", ["Куратор"], "Журнал учёта"),
    ]  # fmt: skip


def test_a_wrapped_line_may_begin_with_a_number(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [
        TITLE, "№ Мероприятие Сроки Ответственные", "1. Подготовка", "1.1. Сбор анкет в параллели",
        "2 классов Сентябрь 2022 Куратор",
        "1.2. Отчёт Октябрь 2022 Директор", "2. Итоги", "2.1. Справка Май 2023 Куратор",
    ])  # fmt: skip
    assert [(section.title, [cells(one)[:3] for one in section.measures]) for section in plan.sections] == [
        ("Подготовка", [("1.1.", "Сбор анкет в параллели 2 классов", "Сентябрь 2022"), ("1.2.", "Отчёт", "Октябрь 2022")]),
        ("Итоги", [("2.1.", "Справка", "Май 2023")]),
    ]


def test_words_wrapped_at_a_hyphen_are_whole(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [
        TITLE, "№ Мероприятие Сроки Ответственные", "1. Разработка программно-", "методических материалов Октябрь-",
        "ноябрь 2022 МУ ОО",
    ])  # fmt: skip
    assert [cells(measure) for measure in plan.measures] == [
        ("1.", "Разработка программно-методических материалов", "Октябрь-ноябрь 2022", ["МУ ОО"], None)
    ]


@pytest.mark.parametrize(
    ("words", "warning"),
    [
        ("Сбор анкет Сентябрь 2022 Снежная королева", "Столбцы в файле слились, срок и исполнители определены приблизительно."),
        ("Сбор анкет в любое подходящее время", "Столбцы в файле слились: срок и исполнителей отделить не удалось."),
    ],
)
def test_what_cannot_be_cut_is_told(tmp_path: Path, words: str, warning: str) -> None:
    (measure,) = plan_of(tmp_path, [TITLE, "№ Мероприятие Сроки Ответственные", f"1. {words}"]).measures
    assert measure.warnings[0] == warning
    assert " ".join([measure.text, measure.deadline.text, *(party.text for party in measure.parties)]).split() == words.split()


def test_the_title_below_an_order_that_names_the_plan(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [
        "ПРИКАЗ", "О внедрении модели", "1. Утвердить дорожную карту (приложение 1).", "2. Контроль оставляю за собой.",
        "Приложение 1", TITLE, "№\tМероприятие\tСрок\tОтветственный", "I. Подготовка", "1\tПриказ\tсентябрь 2022\tДиректор",
    ])  # fmt: skip
    assert plan.title == TITLE
    assert [(section.number, section.title, len(section.measures)) for section in plan.sections] == [("I.", "Подготовка", 1)]


def test_cells_of_a_tabbed_text_that_are_wrapped(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [
        TITLE, "№\tМероприятие\tСрок\tОтветственный", "1\tРазработка", "положения\tсентябрь", "2022\tДиректор",
        "2\tСбор анкет\tмай 2023\tКуратор",
    ])  # fmt: skip
    assert [cells(measure)[:4] for measure in plan.measures] == [
        ("1", "Разработка положения", "сентябрь 2022", ["Директор"]), ("2", "Сбор анкет", "май 2023", ["Куратор"]),
    ]  # fmt: skip
