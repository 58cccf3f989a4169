"""The school list from a table."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from nastavnik.organisations.imports import HEADINGS, columns_of, is_tax_number, letters
from nastavnik.organisations.models import Organisation, SchoolListDraft
from tests.worlds import World, untouched

ROWS = [
    ["Список школ округа", "", "", ""],
    ["№ п/п", "Краткое наименование", "ФИО директора", "ИНН"],
    ["1", "Лесная школа", "Белова Анна Ильинична", "7707083893"],
    ["2", "Школа № 1", "Кравцов Пётр Андреевич", ""],
    ["3", "Речная школа", "", "123"],
    ["4", "Лесная школа", "", "7707083893"],
    ["Итого", "4", "", ""],
]


def workbook(rows: list[list[str]]) -> SimpleUploadedFile:
    """Rows as an uploaded Excel file."""
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Школы")
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(place, column, text)
    return SimpleUploadedFile("Школы.xlsx", target.getvalue())


def upload(browser: Any, file: SimpleUploadedFile) -> Any:
    """Send a list."""
    return browser.post(reverse("organisations:upload_school_list"), {"file": file})


def accept(browser: Any, draft: SchoolListDraft) -> Any:
    """Accept a draft."""
    return browser.post(reverse("organisations:accept_school_list", args=[draft.pk]), follow=True)


def test_the_preview_says_what_would_happen_and_changes_nothing(world: World, as_: Callable[[str], Any]) -> None:
    before, browser = untouched(Organisation.objects), as_("municipal")
    page = browser.get(upload(browser, workbook(ROWS)).url)
    groups = {action: [row["values"]["name"] for row in rows] for action, rows in page.context["groups"].items()}
    assert groups == {"new": ["Лесная школа"], "change": ["Школа № 1"], "same": [], "wrong": ["Речная школа", "Лесная школа"]}
    assert [row["errors"] for row in page.context["groups"]["wrong"]] == [
        ["Лист «Школы», строка 5, столбец D: ИНН «123» неверен: проверьте цифры."],
        ["Лист «Школы», строка 6, столбец A: эта школа уже есть в строке 3."],
    ]
    assert untouched(Organisation.objects) == before


def test_accepting_twice_does_it_once_and_the_same_file_again_changes_nothing(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    upload(browser, workbook(ROWS))
    draft = SchoolListDraft.objects.get()
    first, second = accept(browser, draft), accept(browser, draft)
    assert [str(message) for message in first.context["messages"]] == ["Список загружен: новых школ 1, изменено 1."]
    assert [str(message) for message in second.context["messages"]] == ["Этот список уже загружен."]
    assert world.place("school-1").head_name == "Кравцов Пётр Андреевич"
    assert Organisation.objects.get(name="Лесная школа").assignments.count() == 4
    after = untouched(Organisation.objects)
    page = browser.get(upload(browser, workbook(ROWS)).url)
    assert ([row["values"]["name"] for row in page.context["groups"]["same"]], page.context["useful"]) == (
        ["Лесная школа", "Школа № 1"],
        0,
    )
    assert untouched(Organisation.objects) == after


def test_refused_rows_come_back_in_the_layout_of_the_file(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    upload(browser, workbook(ROWS))
    response = browser.get(reverse("organisations:wrong_rows", args=[SchoolListDraft.objects.get().pk]))
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content))).get_sheet_by_index(0).to_python()
    assert rows[0] == ["№ п/п", "Краткое наименование", "ФИО директора", "ИНН", "Что исправить"]
    assert [row[1] for row in rows[1:]] == ["Речная школа", "Лесная школа"]


def test_the_export_read_again_changes_nothing(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    response = browser.get(reverse("organisations:organisation_export") + "?kind=school")
    file = SimpleUploadedFile("Организации.xlsx", b"".join(response.streaming_content))
    page = browser.get(upload(browser, file).url)
    assert {action: len(rows) for action, rows in page.context["groups"].items()} == {"wrong": 0, "change": 0, "new": 0, "same": 3}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251", "utf-16"])
def test_csv_in_the_encodings_of_schools(world: World, as_: Callable[[str], Any], encoding: str) -> None:
    text = "Название школы;Адрес\r\nЛесная школа;с. Лесное\r\nРечная школа;с. Речное\r\n"
    browser = as_("municipal")
    page = browser.get(upload(browser, SimpleUploadedFile("Школы.csv", text.encode(encoding))).url)
    assert [row["values"] for row in page.context["groups"]["new"]] == [
        {"name": "Лесная школа", "address": "с. Лесное"}, {"name": "Речная школа", "address": "с. Речное"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("a.xlsx", b"\xff\xd8\xff0000"), "Это снимок, а не документ: текста в нём нет. Загрузите файл Word, Excel или PDF с текстом."),
        (workbook([["Фамилия", "Класс"], ["Иванов", "5"]]),
         "Список школ не найден: нужен столбец «Название» или «Краткое название». Проверьте первую строку таблицы."),
    ],
)  # fmt: skip
def test_bad_files_say_what_to_do(world: World, as_: Callable[[str], Any], file: SimpleUploadedFile, words: str) -> None:
    response = upload(as_("municipal"), file)
    assert (response.status_code, response.context["trouble"], SchoolListDraft.objects.count()) == (422, words, 0)


def test_a_long_list_is_a_job_with_flat_cost(
    world: World, as_: Callable[[str], Any], run_jobs: Callable[[], None], tmp_path: Path
) -> None:
    browser = as_("municipal")
    upload(browser, workbook([["Название"], *([f"Школа посёлка {number}"] for number in range(250))]))
    response = browser.post(reverse("organisations:accept_school_list", args=[SchoolListDraft.objects.get().pk]))
    assert (response.url.startswith("/jobs/"), Organisation.objects.schools().count()) == (True, 4)
    run_jobs()
    assert Organisation.objects.schools().count() == 254
    assert browser.get(response.url).url == reverse("organisations:organisation_list")


@given(st.permutations([("name", "Краткое наименование"), ("full_name", "Полное наименование ОО"), ("head_name", "Ф.И.О. руководителя"),
                        ("address", "Юридический адрес"), ("website", "Адрес сайта"), ("email", "E-mail"), ("phone", "Контактный телефон"),
                        ("tax_number", "ИНН"), (None, "Примечание")]))  # fmt: skip
def test_columns_in_any_order(pairs: list[tuple[str | None, str]]) -> None:
    found = columns_of([heading for _name, heading in pairs])
    expected = {place: name for place, (name, _heading) in enumerate(pairs) if name}
    assert found == expected


@given(st.text(max_size=40))
def test_headings_of_any_kind_are_harmless(text: str) -> None:
    assert set(columns_of([text]).values()) <= {name for name, _wording in HEADINGS}


@pytest.mark.parametrize(
    ("number", "good"), [("7707083893", True), ("7707083894", False), ("500100732259", True), ("12", False), ("x" * 10, False)]
)
def test_tax_numbers(number: str, good: bool) -> None:
    assert is_tax_number(number) is good


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_letters_of_columns(place: int, name: str) -> None:
    assert letters(place) == name
