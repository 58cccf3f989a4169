"""Tables whose columns only the places of the words show, and rows that the end of a page cuts."""

from pathlib import Path

import pytest

from planreader import read_plan
from planreader.model import Plan
from tests.planreader import papers

LETTERS = (8, 30, 18, 22)
HEADER = ["№ п/п", "Мероприятия", "Сроки", "Ответственные"]
SECTIONS = ["Нормативное обеспечение", "Внедрение", "Мониторинг"]
MEASURES = [
    ("Определение ответственных лиц из числа специалистов отдела образования", "Сентябрь 2026", "Отдел образования"),
    ("Формирование перечня организаций, внедряющих целевую модель", "Август - сентябрь 2026", "Отдел образования"),
    ("Разработка положения о программе наставничества", "до 13.10.2026", "Руководители ОО, кураторы по внедрению ЦМН в ОО"),
    ("Обучение наставников", "Согласно графику ОО", "Руководители ОО"),
    ("Выбор форм наставничества", "В течение всего периода реализации ЦМН", "Руководители ОО, зам. директоров по ВР"),
]


def rows_of_a_plan(measures: int) -> list[list[str]]:
    """A header, three sections and that many measures in each."""
    rows = [HEADER]
    for section, title in enumerate(SECTIONS, start=1):
        rows.append([f"{section}.", title, "", ""])
        for place in range(measures):
            text, term, party = MEASURES[place % len(MEASURES)]
            rows.append([f"{section}.{place + 1}.", f"{text} {section}.{place}", term, party])
    return rows


def printed(plan: Plan) -> list[list[str]]:
    """The plan as rows again."""
    rows = [HEADER]
    for section in plan.sections:
        rows.append([section.number, section.title, "", ""])
        rows += [
            [one.number, one.text, one.deadline.text, ", ".join(party.text for party in one.parties)] for one in section.measures
        ]
    return rows


@pytest.mark.parametrize("middle", [False, True])
@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize("lines_per_page", [200, 47, 31])
def test_a_pdf_over_pages_gives_its_rows_back(tmp_path: Path, *, ruled: bool, middle: bool, lines_per_page: int) -> None:
    rows = rows_of_a_plan(5)
    file = papers.paged_pdf(
        tmp_path / "plan.pdf", rows, letters=LETTERS, ruled=ruled, middle=middle and (ruled or lines_per_page == 200),
        lines_per_page=lines_per_page,
    )  # fmt: skip
    assert printed(read_plan(file)) == rows


def test_a_text_with_columns_of_spaces(tmp_path: Path) -> None:
    rows = rows_of_a_plan(7)
    plan = read_plan(papers.spaced(tmp_path / "plan.txt", rows, letters=LETTERS))
    assert printed(plan) == rows
    assert plan.title == "Дорожная карта внедрения целевой модели наставничества на 2026/2027 учебный год"


def test_the_header_is_printed_on_every_page(tmp_path: Path) -> None:
    rows = rows_of_a_plan(3)
    repeated = [*rows[:5], HEADER, *rows[5:9], HEADER, *rows[9:]]
    for file in (
        papers.spaced(tmp_path / "plan.txt", repeated, letters=LETTERS),
        papers.paged_pdf(tmp_path / "ruled.pdf", repeated, letters=LETTERS),
    ):
        assert printed(read_plan(file)) == rows


def test_too_many_pages(tmp_path: Path) -> None:
    from planreader import PlanRefused

    file = papers.write_pdf(tmp_path / "long.pdf", ["BT /F1 6 Tf 20 20 Td <0410> Tj ET"] * 151)
    with pytest.raises(PlanRefused) as refused:
        read_plan(file)
    assert str(refused.value) == "В PDF больше 150 страниц. Оставьте только страницы с планом и загрузите снова."
