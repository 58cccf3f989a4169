"""Texts whose cells are centred: the number and the term stand beside the middle line of a measure."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given

from planreader import read_plan
from planreader.model import Plan
from tests.planreader import papers
from tests.planreader.test_generated import Printed, comes_back, few, printed_plans, read_back, widths

TITLE = ["Дорожная карта внедрения целевой модели наставничества", "на 2026/2027 учебный год", ""]
HEADER = [
    "№      Мероприятия                          Сроки              Ответственные",
    "п/п",
]
SECTION = ["1.     Подготовка условий"]
ORDER = [
    "       Издание приказа о внедрении целевой                     Руководители ОО,",
    "1.1.   модели наставничества в каждой        Сентябрь 2026     кураторы по",
    "       образовательной организации                             внедрению ЦМН в ОО",
]
RULES = [
    "       Разработка положения о программе                        Руководители ОО",
    "1.2.   наставничества и дорожной карты        до 13.10.2026",
    "       школы",
]
TRAINING = [
    "       Проведение обучения кураторов",
    "1.3.   и наставников                         Октябрь 2026       РЦН, МУ ОО",
]
READ = [
    (
        "1.1.", "Издание приказа о внедрении целевой модели наставничества в каждой образовательной организации",
        "Сентябрь 2026", ["Руководители ОО", "кураторы по внедрению ЦМН в ОО"],
    ),
    (
        "1.2.", "Разработка положения о программе наставничества и дорожной карты школы", "до 13.10.2026", ["Руководители ОО"],
    ),
    ("1.3.", "Проведение обучения кураторов и наставников", "Октябрь 2026", ["РЦН", "МУ ОО"]),
]  # fmt: skip
WARNING = "Номера стоят посередине строк таблицы"


def plan_of(folder: Path, lines: list[str]) -> Plan:
    """The plan in these lines."""
    file = folder / "plan.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    return read_plan(file)


def cells(plan: Plan) -> list[tuple[str, str, str, list[str]]]:
    """The measures as their cells."""
    return [(one.number, one.text, one.deadline.text, [party.text for party in one.parties]) for one in plan.measures]


@pytest.mark.parametrize("between", [[], [""]], ids=["close", "parted"])
@pytest.mark.parametrize("section", [SECTION, []], ids=["section", "no section"])
def test_lines_above_a_number_belong_to_its_row(tmp_path: Path, between: list[str], section: list[str]) -> None:
    rows = [row for row in (HEADER, section, ORDER, RULES, TRAINING) if row]
    plan = plan_of(tmp_path, [*TITLE, *(line for row in rows for line in [*row, *between])])
    assert cells(plan) == READ
    assert [one.title for one in plan.sections] == (["Подготовка условий"] if section else [""])
    assert plan.warnings == ()


def test_a_heading_over_the_whole_width_parts_centred_rows(tmp_path: Path) -> None:
    heading = "Раздел 1. Подготовка условий для внедрения целевой модели наставничества в школах района"
    plan = plan_of(tmp_path, [*TITLE, *HEADER, heading, *ORDER, *RULES, *TRAINING])
    assert [(one.title, len(one.measures)) for one in plan.sections] == [(heading, 3)]
    assert cells(plan) == READ


def test_rows_that_nothing_tells_apart_are_told(tmp_path: Path) -> None:
    """Without the middle line of the first row as many lines above as below no longer say where it ends."""
    unclear = [*ORDER, "       Приказы школ", "       Списки наставников"]
    plan = plan_of(tmp_path, [*TITLE, *HEADER, *SECTION, *unclear, *RULES, *TRAINING])
    (warning,) = [one for one in plan.warnings if one.startswith(WARNING)]
    assert warning.endswith("мероприятий 1, 1.1, 1.2, 1.3.")


def test_numbers_in_the_first_line_of_their_row_raise_no_doubt(tmp_path: Path) -> None:
    rows = [
        "1.     Информационная поддержка системы",
        "       наставничества:",
        "1.1.   на уровне муниципалитета: статьи      постоянно          МУ ОО",
        "       в газете",
        "1.2.   на уровне школы: раздел сайта         Сентябрь 2026      Руководители ОО,",
        "                                                                кураторы",
        "                                                                Директор",
        "1.3.   встречи с родителями                  Октябрь 2026       Куратор",
    ]
    plan = plan_of(tmp_path, [*TITLE, *HEADER, *rows])
    assert [row[:2] for row in cells(plan)] == [
        ("1.1.", "на уровне муниципалитета: статьи в газете"), ("1.2.", "на уровне школы: раздел сайта"),
        ("1.3.", "встречи с родителями"),
    ]  # fmt: skip
    assert not any(one.startswith(WARNING) for one in plan.warnings)


@given(printed_plans())
@few
def test_generated_rows_with_blank_lines_between_come_back(printed: Printed) -> None:
    def make(path: Path, rows: papers.Rows) -> Path:
        return papers.spaced(path, rows, letters=widths(printed), middle=True, parted=True)

    comes_back(printed, make, "plan.txt")


@given(printed_plans())
@few
def test_generated_close_rows_come_back_or_are_told(printed: Printed) -> None:
    """Nothing but the measure is wrapped: where only a term is, the wording of the measures does not show it."""
    letters = [34 if column in ("number", "text") else 60 for column in printed.order]
    with tempfile.TemporaryDirectory() as folder:
        plan = read_plan(papers.spaced(Path(folder) / "plan.txt", printed.rows(), letters=letters, middle=True))
    told = any(one.startswith(WARNING) for one in plan.warnings)
    assert told or read_back(plan, printed.order) == printed.rows()[1:]
