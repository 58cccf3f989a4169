"""The layouts in which plans come, in every format."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planreader import read_plan
from planreader.model import DeadlineKind, Plan
from tests.planreader import papers

PLAIN = [
    ["№ п/п", "Мероприятия", "Сроки", "Ответственные"],
    ["1.", "Подготовка условий", "", ""],
    ["1.1.", "Назначение кураторов", "Сентябрь 2026", "Руководители ОО"],
    ["1.2.", "Разработка положения о наставничестве", "до 13.10.2026", "Руководители ОО, кураторы"],
    ["2.", "Контроль", "", ""],
    ["2.1.", "Контроль реализации мероприятий", "Декабрь 2026, май 2027", "Отдел образования"],
]
SHORT = [
    ("1.", "Подготовка условий", "", [
        ("1.1.", "Назначение кураторов", "range", "2026-09-30", ["school_head"]),
        ("1.2.", "Разработка положения о наставничестве", "by", "2026-10-13", ["school_head", "school_coordinator"]),
    ]),
    ("2.", "Контроль", "", [("2.1.", "Контроль реализации мероприятий", "list", "2027-05-31", ["municipal_department"])]),
]  # fmt: skip
FORMATS: dict[str, Callable[..., Path]] = {
    "plan.docx": papers.word, "plan.xlsx": papers.excel, "plan.txt": papers.tabbed, "flat.txt": papers.flattened,
    "plan.pdf": papers.pdf,
}  # fmt: skip


def short(plan: Plan) -> list[tuple[str, str, str, list[tuple[str, str, str, str, list[str]]]]]:
    """What the tests compare."""
    return [
        (
            section.number, section.title, section.deadline.text if section.deadline else "",
            [
                (
                    one.number, one.text, one.deadline.kind.value, str(one.deadline.end or ""),
                    [party.role.value for party in one.parties],
                )
                for one in section.measures
            ],
        )
        for section in plan.sections
    ]  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_the_plain_layout_in_every_format(tmp_path: Path, name: str) -> None:
    plan = read_plan(FORMATS[name](tmp_path / name, PLAIN))
    assert short(plan) == SHORT
    assert plan.title == "Дорожная карта внедрения целевой модели наставничества на 2026/2027 учебный год"
    assert plan.horizon is not None
    assert (plan.horizon.start, plan.horizon.end) == (date(2026, 9, 1), date(2027, 8, 31))
    assert plan.approval is not None
    assert (plan.approval.post, plan.approval.name, plan.approval.date) == (
        "Начальник отдела образования Лугового района", "И. О. Полянская", date(2026, 9, 5),
    )  # fmt: skip
    assert plan.warnings == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    rows = [[text.replace("№", "N") for text in row] for row in PLAIN] if encoding == "koi8-r" else PLAIN
    intro = ["Дорожная карта на 2026/2027 учебный год"]
    assert short(read_plan(papers.tabbed(tmp_path / "plan.txt", rows, intro=intro, encoding=encoding))) == SHORT


@pytest.mark.parametrize("delimiter", [";", ","])
def test_csv(tmp_path: Path, delimiter: str) -> None:
    file = tmp_path / "plan.csv"
    lines = [delimiter.join(f'"{text}"' for text in row) for row in PLAIN]
    file.write_text("\n".join(lines), encoding="cp1251")
    assert short(read_plan(file)) == SHORT


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (0, 1, 3, 2), (0, 3, 2, 1), (2, 0, 1, 3)])
@pytest.mark.parametrize(
    "headings",
    [
        ["№", "Наименование мероприятий", "Срок реализации", "Ответственный исполнитель"],
        ["NN п/п", "Мероприятие", "Сроки исполнения", "Исполнитель/соисполнители"],
        ["№ п/п", "Содержание деятельности", "Дата проведения", "Ответственные"],
        ["№", "Пошаговые мероприятия", "Срок", "Кто отвечает"],
    ],
)
def test_columns_in_any_order_and_wording(tmp_path: Path, order: tuple[int, ...], headings: list[str]) -> None:
    rows = [[row[place] for place in order] for row in [headings, *PLAIN[1:]]]
    assert short(read_plan(papers.word(tmp_path / "plan.docx", rows))) == SHORT


def test_result_column_numbers_of_columns_and_repeated_header(tmp_path: Path) -> None:
    header = ["№ п/п", "Наименование мероприятий", "Срок реализации", "Ответственный исполнитель", "Результат. Вид документа"]
    rows = [header, ["1", "2", "3", "4", "5"]]
    for place, row in enumerate(PLAIN[1:]):
        rows.append([*row, "Приказ" if row[2] else ""])
        if place == 2:
            rows.append(header)
    plan = read_plan(papers.word(tmp_path / "plan.docx", rows))
    assert short(plan) == SHORT
    assert [measure.result for measure in plan.measures] == ["Приказ"] * 3


def test_two_responsible_columns_under_one_heading(tmp_path: Path) -> None:
    rows = [
        ["№ п/п", "Мероприятия", "Сроки исполнения", "Ответственные", ""],
        ["", "", "", "муниципальные", "ОО"],
        ["1.", "Подготовка условий", "Июнь-август 2027", "", ""],
        ["1.1.", "Разработка карты", "", "Управление образования", ""],
        ["1.2.", "Назначение кураторов", "Сентябрь 2026", "Куратор", "Руководитель ОО, куратор"],
        ["2.", "Итоги", "Декабрь 2026", "", ""],
        ["2.1.", "Публикация итогов", "–", "", ""],
    ]
    merges = [(0, 3, 0, 4), (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2)]
    for file in (papers.word(tmp_path / "a.docx", rows, merges=merges), papers.excel(tmp_path / "a.xlsx", rows, merges=merges),
                 papers.tabbed(tmp_path / "a.txt", rows)):  # fmt: skip
        plan = read_plan(file)
        first, second, third = plan.measures
        assert [(party.role.value, party.scope.value) for party in second.parties] == [
            ("municipal_department", "municipality"), ("school_head", "each_school"), ("school_coordinator", "each_school"),
        ]  # fmt: skip
        assert (first.deadline.inherited, first.deadline.end) == (True, date(2027, 8, 31))
        assert (third.deadline.kind, third.deadline.inherited) == (DeadlineKind.NONE, False)
        assert third.warnings == ("Не указан ответственный.", "Срок не указан.")


def test_quarters_as_columns(tmp_path: Path) -> None:
    rows = [
        ["№", "Пошаговые мероприятия", "Контрольные показатели", "Сроки", "", "", "", "Ответственный"],
        ["", "", "", "I квартал", "II квартал", "III квартал", "IV квартал", ""],
        ["1", "Опрос школ", "12 анкет", "+", "", "+", "", "МУ ОО"],
        ["2", "Отчёт", "1 отчёт", "", "", "", "х", "МУ ОО"],
    ]
    plan = read_plan(papers.word(tmp_path / "plan.docx", rows, intro=["План на 2026 год"], merges=[(0, 3, 0, 6)]))
    first, second = plan.measures
    assert [(span.start, span.end) for span in first.deadline.occurrences] == [
        (date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 7, 1), date(2026, 9, 30)),
    ]  # fmt: skip
    assert (second.deadline.start, second.deadline.end, second.result) == (date(2026, 10, 1), date(2026, 12, 31), "1 отчёт")


def test_start_and_end_columns(tmp_path: Path) -> None:
    rows = [
        ["№", "Мероприятие", "Контрольный показатель", "Ответственный исполнитель", "Плановое начало", "Плановое окончание"],
        ["1", "Опрос школ", "анкеты", "МУ ОО", "20.03.2026", "30.12.2026"],
        ["2", "Отчёт", "", "МУ ОО", "", "15.01.2027"],
    ]
    first, second = read_plan(papers.excel(tmp_path / "plan.xlsx", rows)).measures
    assert (first.deadline.start, first.deadline.end) == (date(2026, 3, 20), date(2026, 12, 30))
    assert (second.deadline.kind, second.deadline.end) == (DeadlineKind.BY, date(2027, 1, 15))


def test_plans_by_stages(tmp_path: Path) -> None:
    rows = [
        [
            "№",
            "Наименование этапа",
            "Содержание деятельности и примерный план мероприятий",
            "Сроки",
            "Ответственный",
            "Ожидаемый результат",
        ],
        ["1.", "Подготовка условий", "Издание приказа", "Сентябрь 2026", "Директор ОО", "Приказ"],
        ["", "", "Разработка положения", "Октябрь 2026", "Куратор Рощина Е. А.", "Положение"],
        ["2.", "Формирование банка наставляемых", "Сбор запросов", "Ноябрь 2026", "Куратор", "Банк"],
    ]
    for merges in ([], [(1, 0, 2, 0), (1, 1, 2, 1)]):
        plan = read_plan(papers.word(tmp_path / "plan.docx", rows, merges=merges))
        assert [(section.number, section.title, [one.text for one in section.measures]) for section in plan.sections] == [
            ("1.", "Подготовка условий", ["Издание приказа", "Разработка положения"]),
            ("2.", "Формирование банка наставляемых", ["Сбор запросов"]),
        ]
        assert plan.measures[1].parties[0].name == "Рощина Е. А."


def test_roman_sections_over_the_whole_width_and_continuous_numbers(tmp_path: Path) -> None:
    rows = [
        ["№ п/п", "Наименование мероприятия", "Сроки", "Ответственный"],
        ["I. Нормативное обеспечение", "", "", ""],
        ["1.", "Приказ о внедрении", "Сентябрь 2026", "Руководители ОО"],
        ["II. Мониторинг", "", "", ""],
        ["2.", "Мониторинг программ", "ежеквартально", "МУ ОО"],
    ]
    plan = read_plan(papers.word(tmp_path / "plan.docx", rows, merges=[(1, 0, 1, 3), (3, 0, 3, 3)]))
    assert [(section.number, section.title, [one.number for one in section.measures]) for section in plan.sections] == [
        ("I.", "Нормативное обеспечение", ["1."]), ("II.", "Мониторинг", ["2."]),
    ]  # fmt: skip
    assert len(plan.measures[1].deadline.occurrences) == 4


def test_oddities_are_told_in_words(tmp_path: Path) -> None:
    rows = [
        PLAIN[0],
        ["1.", "Подготовка", "", ""],
        ["1.1", "Формирование базы данных о наставниках", "Сентябрь 2026", "Куратор"],
        ["1.4.", "Приказ", "Октябрь 2029", "Снежная королева"],
        ["1.4.", "Формирование базы наставников в 2026/2027 учебном году", "когда-нибудь", "Куратор"],
    ]
    plan = read_plan(papers.word(tmp_path / "plan.docx", rows))
    assert [measure.warnings for measure in plan.measures] == [
        (),
        ("Срок выходит за период плана.", "Исполнитель «Снежная королева» не распознан.", "Перед номером 1.4 пропущен номер."),
        (
            "Срок не распознан. Укажите его сами или оставьте без даты.", "Номер 1.4 стоит ещё раз.",
            "Похожее мероприятие уже есть под номером 1.1.",
        ),
    ]  # fmt: skip
    assert plan.warnings == ("Номера записаны по-разному, с точкой и без неё (1.1).",)


@pytest.mark.parametrize(
    ("base", "pairs", "warnings"),
    [
        ("Декабрь 2026", "Октябрь 2026", ("Пары формируются раньше, чем готова база (номер 1.1).",)),
        ("до 01.10.2026", "Октябрь 2026", ()), ("постоянно", "Октябрь 2026", ()), ("Октябрь 2026", "Октябрь 2026", ()),
    ],
)  # fmt: skip
def test_pairs_before_the_base_is_ready(tmp_path: Path, base: str, pairs: str, warnings: tuple[str, ...]) -> None:
    rows = [
        PLAIN[0], ["1.", "Базы", "", ""], ["1.1.", "Формирование базы данных о наставниках", base, "Куратор"],
        ["2.", "Пары", "", ""], ["2.1.", "Формирование наставнических пар и групп", pairs, "Куратор"],
    ]  # fmt: skip
    assert read_plan(papers.word(tmp_path / "plan.docx", rows)).measures[1].warnings == warnings


def test_a_signature_block_is_no_part_of_the_stamp(tmp_path: Path) -> None:
    intro = [
        "СОГЛАСОВАНО", "Протокол педагогического совета № 3", "УТВЕРЖДЕНО", "приказом отдела образования",
        "от 05.09.2026 № 42-ОД", "Документ подписан электронной подписью", "Сертификат: 00АА11", "Действителен с 01.02.2026",
        "Дорожная карта внедрения целевой модели наставничества", "на 2026/2027 учебный год",
    ]  # fmt: skip
    approval = read_plan(papers.word(tmp_path / "plan.docx", PLAIN, intro=intro)).approval
    assert approval is not None
    assert (approval.post, approval.name, approval.date) == ("приказом отдела образования", "", date(2026, 9, 5))


def test_a_row_that_a_page_break_cut(tmp_path: Path) -> None:
    rows = [
        PLAIN[0],
        ["1.1.", "Разработка положения о программе", "до 13.10.2026", "Руководители"],
        ["", "наставничества в школе", "", "ОО"],
        ["1.2.", "Приказ", "Октябрь 2026", "Директор"],
    ]
    first, second = read_plan(papers.word(tmp_path / "plan.docx", rows)).measures
    assert (first.text, [party.text for party in first.parties], second.text) == (
        "Разработка положения о программе наставничества в школе", ["Руководители ОО"], "Приказ",
    )  # fmt: skip


def test_several_tables_go_on_with_the_first_ones_columns(tmp_path: Path) -> None:
    from docx import Document

    file = papers.word(tmp_path / "plan.docx", PLAIN)
    document = Document(str(file))
    table = document.add_table(rows=1, cols=4)
    for place, text in enumerate(["2.2.", "Отчёт о контроле", "Январь 2027", "Отдел образования"]):
        table.cell(0, place).text = text
    document.save(str(file))
    assert [measure.number for measure in read_plan(file).measures] == ["1.1.", "1.2.", "2.1.", "2.2."]


def test_flattened_text_with_another_order_of_columns(tmp_path: Path) -> None:
    rows = [[row[0], row[1], row[3], row[2]] for row in PLAIN]
    assert short(read_plan(papers.flattened(tmp_path / "plan.txt", rows))) == SHORT
