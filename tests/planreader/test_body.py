"""Several tables, the text around them, and columns that are none of a plan's."""

from pathlib import Path

from docx import Document

from planreader import read_plan
from tests.planreader import papers

HEADER = ["№", "Мероприятие", "Срок", "Ответственный"]
ORDER = ["1", "Издание приказа", "сентябрь 2026", "Директор"]
RULES = ["2", "Разработка положения", "октябрь 2026", "Директор"]
COURSES = ["1", "Курсы наставников", "ноябрь 2026", "Куратор"]


def document_of(folder: Path, blocks: list[str | list[list[str]]]) -> Path:
    """Paragraphs and tables in order."""
    document = Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(rows=len(block), cols=len(block[0]))
        for row, texts in enumerate(block):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
    document.save(str(folder / "plan.docx"))
    return folder / "plan.docx"


def test_headings_between_tables_are_sections(tmp_path: Path) -> None:
    blocks = [
        "Дорожная карта", "на 2026/2027 учебный год", "1. Нормативное обеспечение", [HEADER, ORDER, RULES],
        "2. Обучение", [HEADER, COURSES, ["2", "Семинар", "май 2027", "Куратор"]],
        "Информирование родителей", [HEADER, ["1", "Собрания", "май 2027", "Классные руководители"]],
    ]  # fmt: skip
    plan = read_plan(document_of(tmp_path, blocks))
    assert plan.title == "Дорожная карта на 2026/2027 учебный год"
    assert [(section.number, section.title, [one.text for one in section.measures]) for section in plan.sections] == [
        ("1.", "Нормативное обеспечение", ["Издание приказа", "Разработка положения"]),
        ("2.", "Обучение", ["Курсы наставников", "Семинар"]),
        ("", "Информирование родителей", ["Собрания"]),
    ]
    assert [one.warnings for one in plan.measures] == [()] * 5


def test_what_is_not_read_is_told(tmp_path: Path) -> None:
    indicators = [["Показатель", "Значение"], ["Доля обучающихся", "70 %"]]
    blocks = ["План на 2026/2027 учебный год", [HEADER, ORDER], indicators, "Исполнитель: Сорокина П. П."]
    assert read_plan(document_of(tmp_path, blocks)).warnings == (
        "Таблица «Показатель Значение Доля обучающихся 70 %» не похожа на план и не прочитана.",
        "Текст вне таблицы плана не прочитан: «Исполнитель: Сорокина П. П.».",
    )


def test_a_column_that_nobody_knows_keeps_its_words(tmp_path: Path) -> None:
    rows = [[*HEADER, "Финансирование"], [*ORDER, "не требуется"]]
    plan = read_plan(papers.word(tmp_path / "plan.docx", rows, intro=["План на 2026/2027 учебный год"]))
    assert [one.result for one in plan.measures] == ["не требуется"]
    assert plan.warnings == ("Столбец «Финансирование» не распознан, его текст стоит в результате.",)


def test_rows_under_one_merged_measure_are_one_measure(tmp_path: Path) -> None:
    rows = [HEADER, ["1", "Мониторинг", "декабрь 2026", "Куратор"], ["", "", "май 2027", "Отдел образования"], RULES]
    for make, name in ((papers.word, "a.docx"), (papers.excel, "a.xlsx")):
        first, second = read_plan(make(tmp_path / name, rows, merges=[(1, 0, 2, 0), (1, 1, 2, 1)])).measures
        assert (first.text, str(first.deadline.end), len(first.deadline.occurrences)) == ("Мониторинг", "2027-05-31", 2)
        assert [party.text for party in first.parties] == ["Куратор", "Отдел образования"]
        assert (second.number, second.text) == ("2", "Разработка положения")


def test_sections_numbered_like_their_measures(tmp_path: Path) -> None:
    rows = [HEADER, ["1", "Подготовка", "", ""], ORDER, RULES, ["2", "Обучение", "", ""], COURSES]
    plan = read_plan(papers.word(tmp_path / "plan.docx", rows))
    assert [(section.title, len(section.measures)) for section in plan.sections] == [("Подготовка", 2), ("Обучение", 1)]


def test_three_levels_of_numbers(tmp_path: Path) -> None:
    rows = [
        HEADER, ["1.", "Подготовка", "", ""], ["1.1.", "Документы", "", ""], ["1.1.1.", *ORDER[1:]], ["1.1.2.", *RULES[1:]],
        ["1.2.", *COURSES[1:]],
    ]  # fmt: skip
    plan = read_plan(papers.word(tmp_path / "plan.docx", rows))
    assert [(section.number, [one.number for one in section.measures]) for section in plan.sections] == [
        ("1.", []), ("1.1.", ["1.1.1.", "1.1.2.", "1.2."]),
    ]  # fmt: skip


def test_a_number_that_excel_took_for_a_date(tmp_path: Path) -> None:
    rows = [HEADER, ["01.02.2026", *ORDER[1:]]]
    (measure,) = read_plan(papers.excel(tmp_path / "plan.xlsx", rows)).measures
    assert (measure.number, measure.warnings) == (
        "1.2", ("Excel принял номер за дату «01.02.2026», взят номер 1.2.", "Перед номером 1.2 пропущен номер."),
    )  # fmt: skip


def test_a_word_wrapped_at_its_hyphen_is_whole(tmp_path: Path) -> None:
    rows = [HEADER, ["1", "Разработка программно-\nметодических материалов", "сентябрь-\nоктябрь 2026", "Педагог-\nпсихолог"]]
    (measure,) = read_plan(papers.word(tmp_path / "plan.docx", rows)).measures
    assert (measure.text, measure.deadline.text, [party.text for party in measure.parties]) == (
        "Разработка программно-методических материалов", "сентябрь-октябрь 2026", ["Педагог-психолог"],
    )  # fmt: skip
