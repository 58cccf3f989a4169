"""The school list from a table, through its pages: upload, preview, accept, mend."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nastavnik.audit.models import Change
from nastavnik.jobs.models import Job
from nastavnik.organisations.actions import close_organisation, open_organisation, open_organisations
from nastavnik.organisations.models import Organisation, SchoolListDraft
from nastavnik.organisations.tasks import forget_drafts
from tests.organisations.tables import HEADING, csv, downloaded, ods, read_download, school, tax_number, xlsx
from tests.worlds import TODAY, World, untouched

TITLE = ["Список школ Приозёрного округа"]
As = Callable[[str], Any]


def upload(browser: Any, file: Any) -> Any:
    """The answer to an upload; a list that was understood sends on to its preview."""
    return browser.post(reverse("organisations:upload_school_list"), {"file": file})


def preview(browser: Any, file: Any) -> dict[str, list[Any]]:
    """What the preview of an uploaded file says: lines by what they do."""
    return browser.get(upload(browser, file).url).context["groups"]


def counts(groups: dict[str, list[Any]]) -> dict[str, int]:
    """How many lines do what, without the empty groups."""
    return {action: len(rows) for action, rows in groups.items() if rows}


def errors(groups: dict[str, list[Any]]) -> list[str]:
    """All sentences about wrong lines."""
    return [sentence for row in groups["wrong"] for sentence in row.errors]


def accept(browser: Any, file: Any) -> Any:
    """Upload, look, accept; the page after that."""
    address = upload(browser, file).url
    return press(browser, browser.get(address))


def press(browser: Any, page: Any) -> Any:
    """The button of a preview page, pressed."""
    draft, seen = page.context["draft"], page.context["seen"]
    return browser.post(reverse("organisations:accept_school_list", args=[draft.pk]), {"seen": seen}, follow=True)


def messages(page: Any) -> list[str]:
    """What the page tells."""
    return [str(message) for message in page.context["messages"]]


# --- from the file to the preview


def test_the_preview_changes_nothing(world: World, as_: As) -> None:
    before = untouched(Organisation.objects)
    groups = preview(as_("municipal"), xlsx([TITLE, HEADING, school(1), school(7)], merge="A1:I1"))
    assert (counts(groups), untouched(Organisation.objects)) == ({"new": 1, "change": 1}, before)
    assert groups["new"][0].values == {
        "name": "Школа № 7", "full_name": "МБОУ «Средняя школа № 7»", "address": "ул. Лесная, д. 7",
        "head_name": "Рябинин Олег Савельевич",
        "phone": "8 (818) 000-00-00", "email": "school7@example.test",
        "website": "https://school7.example.test", "tax_number": tax_number(7),
    }  # fmt: skip
    assert groups["change"][0].changes["address"] == ["", "ул. Лесная, д. 1"]


@pytest.mark.parametrize(
    "file",
    [
        xlsx([HEADING, school(7)]),
        ods([HEADING, school(7)]),
        csv([HEADING, school(7)]),
        csv([HEADING, school(7)], mark="\t", file="Школы.txt"),
        csv([HEADING, school(7)], encoding="cp1251"),
        csv([HEADING, school(7)], encoding="utf-16"),
        csv([HEADING, school(7)], encoding="utf-8-sig"),
    ],
    ids=["xlsx", "ods", "csv", "tabs", "cp1251", "utf-16", "bom"],
)
def test_formats_and_encodings(world: World, as_: As, file: Any) -> None:
    groups = preview(as_("municipal"), file)
    assert [(row.values["name"], row.values["tax_number"]) for row in groups["new"]] == [("Школа № 7", tax_number(7))]


def test_what_is_no_school_is_passed_over(world: World, as_: As) -> None:
    """Titles, column numbers, the heading repeated on the next page, totals, empty lines, columns nobody knows."""
    table = [
        TITLE, ["на 01.09.2026"], [*HEADING, "Примечание"], [str(number) for number in range(1, 11)], [*school(7), "Сельская"],
        ["", "", "", "", "", "", "", "", "", "только примечание"], [], [*HEADING, "Примечание"], school(8),
        ["Итого", "2"], ["", "Всего: 2"],
    ]  # fmt: skip
    groups = preview(as_("municipal"), xlsx(table))
    assert (counts(groups), [row.values["name"] for row in groups["new"]]) == ({"new": 2}, ["Школа № 7", "Школа № 8"])


def test_several_sheets_with_their_own_layouts(world: World, as_: As) -> None:
    town, village = [HEADING, school(7)], [TITLE, ["ИНН", "Школа"], [tax_number(8), "Сельская школа"]]
    groups = preview(as_("municipal"), xlsx(town, village, [["Фамилия", "Класс"], ["Иванов", "5"]]))
    assert [(row.sheet, row.number, row.values["name"]) for row in groups["new"]] == [
        ("Школы", 2, "Школа № 7"), ("Село", 3, "Сельская школа"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("full", "name"),
    [
        ("МБОУ «Средняя школа № 7» п. Лесной", "Средняя школа № 7"),
        ("МБОУ «Лицей «Парус»»", "Лицей «Парус»"),
        ('МБОУ "Лицей "Парус""', 'Лицей "Парус"'),
        ('МБОУ "Средняя школа № 7" посёлка "Луч"', "Средняя школа № 7"),
        ("Лесная основная школа", "Лесная основная школа"),
        ("Муниципальное " * 12 + "учреждение", "Муниципальное " * 7 + "Муниципальное…"),
    ],
)
def test_a_short_name_is_taken_from_the_full_one(world: World, as_: As, full: str, name: str) -> None:
    """Also from a column «Наименование» that holds full names; and the second import knows what the first has done."""
    browser = as_("municipal")
    table = [["Полное наименование", "Адрес"], [full, "с. Лесное"]]
    assert [row.values["name"] for row in preview(browser, xlsx(table))["new"]] == [name]
    accept(browser, xlsx(table))
    assert counts(preview(browser, xlsx(table))) == {"same": 1}


def test_long_names_in_the_only_column_become_full_names(world: World, as_: As) -> None:
    beginning, short = "Муниципальное бюджетное общеобразовательное учреждение", "Средняя школа № 7 имени первооткрывателей Севера"
    full = f"{beginning} «{short}» посёлка Лесной Приозёрного округа"
    row = preview(as_("municipal"), xlsx([["Наименование"], [full]]))["new"][0]
    assert row.values == {"full_name": full, "name": short}


# --- what is wrong with a line


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "", "full": ""}, "столбец B: нет названия школы."),
        ({"tax": "123"}, "столбец I: в ИНН 10 или 12 цифр, а здесь 3."),
        ({"tax": "нет данных"}, "столбец I: в ИНН бывают только цифры."),
        ({"tax": "7707083894"}, "столбец I: контрольная цифра ИНН не сходится, проверьте цифры."),
        ({"email": "school7(at)example"}, "столбец G: «school7(at)example» не похоже на почту."),
        ({"site": "нет сайта"}, "столбец H: «https://нет сайта» не похоже на адрес сайта."),
        ({"phone": "8" * 61}, "столбец F: слишком длинно: 61 знаков, а можно не больше 60."),
    ],
)
def test_a_wrong_cell_is_named_in_a_sentence(world: World, as_: As, changes: dict[str, str], sentence: str) -> None:
    groups = preview(as_("municipal"), xlsx([TITLE, HEADING, school(7, **changes)]))
    assert (counts(groups), errors(groups)) == ({"wrong": 1}, [f"Лист «Школы», строка 3, {sentence}"])


def test_without_sheets_only_the_row_is_named(world: World, as_: As) -> None:
    assert errors(preview(as_("municipal"), csv([HEADING, school(7, tax="12")]))) == [
        "Строка 2, столбец I: в ИНН 10 или 12 цифр, а здесь 2."
    ]


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (school(7), "столбец B: эта школа уже есть в строке 2."),
        (school(8, name="школа №7"), "столбец B: эта школа уже есть в строке 2."),
        (
            school(8, name="Филиал", tax=tax_number(7)),
            "столбец I: такой ИНН уже стоит в строке 2; для филиала оставьте ИНН пустым.",
        ),
    ],
)
def test_lines_that_repeat_each_other(world: World, as_: As, second: list[str], sentence: str) -> None:
    groups = preview(as_("municipal"), xlsx([HEADING, school(7), second]))
    assert (counts(groups), errors(groups)) == ({"new": 1, "wrong": 1}, [f"Лист «Школы», строка 3, {sentence}"])


def test_an_unclear_line_is_left_to_the_person(world: World, as_: As) -> None:
    Organisation.objects.filter(slug="school-1").update(tax_number=tax_number(1))
    other, unclear = school(2, tax=tax_number(1)), school(3, name="Двойная школа", tax="")
    open_organisations([{"kind": "school", "name": "Двойная школа"}] * 2, parent=world.place("lakeside"), by=None)
    assert errors(preview(as_("municipal"), xlsx([HEADING, other, unclear]))) == [
        "Лист «Школы», строка 2, столбец I: ИНН принадлежит организации «Школа № 1», а название – «Школа № 2».",
        "Лист «Школы», строка 3, столбец I: таких организаций в системе несколько; укажите название и ИНН так, как в их карточках.",
    ]


def test_wrong_lines_come_back_sheet_by_sheet_and_can_be_sent_again(world: World, as_: As) -> None:
    browser = as_("municipal")
    address = upload(
        browser, xlsx([TITLE, HEADING, school(7, tax="12"), school(8)], [["ИНН", "Школа"], ["34", "Сельская школа"]])
    ).url
    draft = browser.get(address).context["draft"]
    download = reverse("organisations:wrong_rows", args=[draft.pk])
    assert read_download(browser.get(download)) == [
        [*HEADING, "Что исправить"], [*school(7, tax="12"), "Лист «Школы», строка 3, столбец I: в ИНН 10 или 12 цифр, а здесь 2."],
    ]  # fmt: skip
    assert read_download(browser.get(download), sheet=1) == [
        ["ИНН", "Школа", "Что исправить"],
        ["34", "Сельская школа", "Лист «Село», строка 2, столбец A: в ИНН 10 или 12 цифр, а здесь 2."],
    ]  # fmt: skip
    assert counts(preview(browser, downloaded(browser.get(download)))) == {"wrong": 2}


NOT_FOUND = "Список школ не найден: нужен столбец «Название» или «Краткое название» и хотя бы одна строка под ним."
PICTURE = "Это снимок, а не документ: текста в нём нет. Загрузите файл Word, Excel или PDF с текстом."


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("a.xlsx", b"\xff\xd8\xff0000"), PICTURE),
        (xlsx([["Фамилия", "Класс"], ["Иванов", "5"]]), NOT_FOUND),
        (xlsx([HEADING]), NOT_FOUND),
        (SimpleUploadedFile("a.xlsx", b""), "Выберите файл, в котором есть таблица."),
        ("", "Выберите файл, в котором есть таблица."),
    ],
    ids=["picture", "no schools", "only a heading", "empty", "none"],
)
def test_bad_files_say_what_to_do(world: World, as_: As, file: Any, words: str) -> None:
    response = upload(as_("municipal"), file)
    assert (response.status_code, response.context["trouble"], SchoolListDraft.objects.count()) == (422, words, 0)


def test_a_file_over_the_limit_is_not_read(world: World, as_: As, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 2**20
    response = upload(as_("municipal"), SimpleUploadedFile("a.csv", b"x" * (2**20 + 1)))
    assert response.context["trouble"] == "Файл больше 1 МБ. Удалите из него картинки или сохраните только таблицу."


# --- acceptance


def test_accepted_schools_are_there_with_work_and_history(world: World, as_: As) -> None:
    page = accept(as_("municipal"), xlsx([HEADING, school(1), school(7), school(8, tax="12")]))
    assert messages(page) == ["Список загружен: новых организаций 1, изменено 1."]
    new, old = Organisation.objects.get(name="Школа № 7"), world.place("school-1")
    assert (new.slug, new.kind, new.municipality.slug, new.region.slug, new.assignments.count()) == (
        "shkola-7", "school", "lakeside", "region", 4,
    )  # fmt: skip
    assert (old.head_name, old.tax_number, old.search_text[-10:]) == ("Рябинин Олег Савельевич", tax_number(1), tax_number(1))
    by_the_import = Change.objects.filter(action__startswith="organisations.", actor_role="municipal_coordinator")
    assert sorted(by_the_import.values_list("action", "object_id")) == [
        ("organisations.changed", str(old.pk)), ("organisations.imported", str(world.place("lakeside").pk)),
        ("organisations.opened", str(new.pk)),
    ]  # fmt: skip


def test_the_same_file_again_changes_nothing(world: World, as_: As) -> None:
    browser, table = as_("municipal"), [HEADING, school(1), school(7), school(8, name="", tax="")]
    accept(browser, xlsx(table))
    before = untouched(Organisation.objects)
    page = browser.get(upload(browser, xlsx(table)).url)
    assert (counts(page.context["groups"]), page.context["useful"], "accept" in page.content.decode()) == ({"same": 3}, 0, False)
    press(browser, page)
    assert untouched(Organisation.objects) == before


def test_empty_cells_and_another_spelling_of_the_name_change_nothing(world: World, as_: As) -> None:
    browser = as_("municipal")
    accept(browser, xlsx([HEADING, school(7)]))
    table = [["Название", "Адрес", "Телефон"], ["школа №7", "", "–"], ["МБОУ «Средняя школа № 8»", "", ""]]
    Organisation.objects.filter(slug="school-2").update(full_name="МБОУ «Средняя школа № 8»")
    assert counts(preview(browser, xlsx(table))) == {"same": 2}


def test_a_school_is_known_by_its_tax_number_whatever_its_name(world: World, as_: As) -> None:
    browser = as_("municipal")
    accept(browser, xlsx([HEADING, school(7)]))
    groups = preview(browser, xlsx([["Название", "ИНН"], ["Школа № 7 имени Лесника", tax_number(7)]]))
    assert [row.changes for row in groups["change"]] == [{"name": ["Школа № 7", "Школа № 7 имени Лесника"]}]


def test_excel_has_eaten_the_leading_zero(world: World, as_: As) -> None:
    number = tax_number(7, region="04")
    groups = preview(as_("municipal"), xlsx([["Название", "ИНН"], ["Школа № 7", int(number)]]))
    assert [row.values["tax_number"] for row in groups["new"]] == [number]


def test_two_tabs_apply_once(world: World, as_: As) -> None:
    browser = as_("municipal")
    first, second = (browser.get(upload(browser, xlsx([HEADING, school(7)])).url) for _tab in range(2))
    pressed, again, other_tab = press(browser, first), press(browser, first), press(browser, second)
    assert [messages(page) for page in (pressed, again, other_tab)] == [
        ["Список загружен: новых организаций 1, изменено 0."],
        ["Этот список уже загружен."],
        ["Пока вы смотрели, школы в системе изменились. Ничего не загружено: проверьте список ещё раз."],
    ]
    assert Organisation.objects.filter(name="Школа № 7").count() == 1
    address = reverse("organisations:school_list_draft", args=[second.context["draft"].pk])
    assert counts(browser.get(address).context["groups"]) == {"same": 1}


def test_the_accepted_list_still_says_what_it_did(world: World, as_: As) -> None:
    browser = as_("municipal")
    page = browser.get(upload(browser, xlsx([HEADING, school(1), school(7)])).url)
    press(browser, page)
    again = browser.get(reverse("organisations:school_list_draft", args=[page.context["draft"].pk]))
    assert (counts(again.context["groups"]), "Список загружен" in again.content.decode()) == ({"new": 1, "change": 1}, True)


def test_nothing_is_half_written(world: World, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = as_("municipal")
    page = browser.get(upload(browser, xlsx([HEADING, school(1), school(7)])).url)
    before, changes = untouched(Organisation.objects), Change.objects.count()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr("nastavnik.organisations.imports.applying.change_cards", fail)
    with pytest.raises(RuntimeError, match="disk full"):
        press(browser, page)
    accepted = SchoolListDraft.objects.get().accepted_at
    assert (untouched(Organisation.objects), Change.objects.count(), accepted) == (before, changes, None)


@pytest.mark.parametrize("name", ["municipal_head", "administrator", "upland", "school"])
def test_a_draft_is_its_owners_alone(world: World, as_: As, name: str) -> None:
    upload(as_("municipal"), xlsx([HEADING, school(7)]))
    draft = SchoolListDraft.objects.get()
    statuses = {
        as_(name).get(reverse(f"organisations:{view}", args=[draft.pk])).status_code for view in ("school_list_draft", "wrong_rows")
    }
    statuses.add(as_(name).post(reverse("organisations:accept_school_list", args=[draft.pk])).status_code)
    assert (statuses, Organisation.objects.filter(name="Школа № 7").exists()) == ({403 if name == "school" else 404}, False)


def test_the_neighbours_school_of_the_same_name_is_another(world: World, as_: As) -> None:
    before = untouched(Organisation.objects.filter(municipality__slug="upland"))
    accept(as_("municipal"), xlsx([["Название", "Адрес"], ["Нагорная школа", "с. Лесное"]]))
    assert untouched(Organisation.objects.filter(municipality__slug="upland")) == before
    assert sorted(Organisation.objects.filter(name="Нагорная школа").values_list("municipality__slug", flat=True)) == [
        "lakeside",
        "upland",
    ]


# --- the way out and in again


def test_the_export_read_again_changes_nothing(world: World, as_: As) -> None:
    browser = as_("municipal")
    accept(browser, xlsx([HEADING, school(1), school(7)]))
    open_organisation(kind="partner", name="Колледж", full_name="Лесной колледж", parent=world.place("lakeside"), by=None)
    close_organisation(world.place("school-2"), on=date(2026, 11, 1), by=None, reason="x")
    groups = preview(browser, downloaded(browser.get(reverse("organisations:organisation_export") + "?closed=1")))
    assert counts(groups) == {"same": 6}


def test_also_in_english(world: World, as_: As) -> None:
    browser = as_("municipal")
    browser.cookies["django_language"] = "en"
    assert counts(preview(browser, downloaded(browser.get(reverse("organisations:organisation_export"))))) == {"same": 4}


def test_a_closed_school_is_neither_opened_nor_changed(world: World, as_: As) -> None:
    close_organisation(world.place("school-2"), on=date(2026, 11, 1), by=None, reason="x")
    table = [["Название", "Адрес", "Закрыта"], ["Школа № 2", "с. Лесное", "01.11.2026"], ["Старая школа", "", "2020"]]
    groups = preview(as_("municipal"), xlsx(table))
    assert (counts(groups), errors(groups)) == (
        {"same": 1, "wrong": 1}, ["Лист «Школы», строка 3, столбец C: эта школа закрыта, закрытые не загружаются; удалите строку."],
    )  # fmt: skip


# --- long lists


def test_a_long_list_is_a_job_that_leads_to_its_result(world: World, as_: As, run_jobs: Callable[[], None]) -> None:
    browser = as_("municipal")
    page = browser.get(upload(browser, xlsx([["Название"], *([f"Школа посёлка {number}"] for number in range(301))])).url)
    assert (len(page.context["groups"]["new"]), page.context["left"]["new"], "И ещё строк: 1." in page.content.decode()) == (
        301,
        1,
        True,
    )
    waiting = press(browser, page).redirect_chain[-1][0]
    again = press(browser, page).redirect_chain[-1][0]
    assert (waiting, Organisation.objects.schools().count(), Job.objects.count()) == (again, 4, 1)
    run_jobs()
    assert (Organisation.objects.schools().count(), browser.get(waiting).url) == (
        305, reverse("organisations:school_list_draft", args=[page.context["draft"].pk]),
    )  # fmt: skip


def test_a_job_that_comes_too_late_says_so(world: World, as_: As, run_jobs: Callable[[], None]) -> None:
    browser = as_("municipal")
    page = browser.get(upload(browser, xlsx([["Название"], *([f"Школа посёлка {number}"] for number in range(201))])).url)
    press(browser, page)
    open_organisation(kind="school", name="Школа посёлка 5", parent=world.place("lakeside"), by=None)
    run_jobs()
    job = Job.objects.get()
    assert (job.state, job.message, Organisation.objects.schools().count()) == (
        Job.State.FAILED, "Пока вы смотрели, школы в системе изменились. Ничего не загружено: проверьте список ещё раз.", 5,
    )  # fmt: skip


def test_lists_are_forgotten_after_a_month(world: World, as_: As) -> None:
    browser = as_("municipal")
    upload(browser, xlsx([HEADING, school(7)]))
    kept = forget_drafts()
    with time_machine.travel(TODAY + timedelta(days=31), tick=False):
        upload(as_("municipal"), xlsx([HEADING, school(8)]))
        assert (kept, forget_drafts(), SchoolListDraft.objects.count()) == (0, 1, 1)


def test_more_schools_cost_no_more_queries(world: World, as_: As, count_queries: Callable[[Any], int]) -> None:
    browser, spent = as_("municipal"), []
    for start, many in ((100, 2), (200, 12)):
        page = browser.get(upload(browser, xlsx([HEADING, *(school(start + number) for number in range(many))])).url)
        spent.append(count_queries(lambda page=page: press(browser, page)))
    assert spent[1] == spent[0]
