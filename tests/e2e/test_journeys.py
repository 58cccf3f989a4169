"""The main journeys, as people walk them, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import log_in
from tests.planreader import papers

ROWS = [
    ["№ п/п", "Мероприятия", "Сроки", "Ответственные"],
    ["1.", "Подготовка", "", ""],
    ["1.1.", "Назначение кураторов соседнего округа", "до 01.09.2026", "Руководители ОО"],
    ["1.2.", "Отчёт соседнего округа", "абракадабра", "МУ ОО"],
]


def test_from_the_file_to_the_board_of_late_schools(visitor: Page, tmp_path: Path) -> None:
    page = log_in(visitor, "nagorny")
    page.get_by_role("link", name="Дорожная карта", exact=True).first.click()
    page.get_by_role("link", name="Загрузить план").first.click()
    page.locator("#id_file").set_input_files(papers.word(tmp_path / "План.docx", ROWS))
    page.get_by_role("button", name="Прочитать план").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Проверьте, как понят план")
    expect(page.get_by_role("button", name="Принять мероприятий: 2")).to_have_attribute("aria-disabled", "true")
    page.locator("mark", has_text="абракадабра").wait_for()
    page.get_by_role("link", name="Уточнить").first.click()
    page.locator("[name=phrase]").fill("до 20.12.2026")
    expect(page.locator("#phrase-read")).to_contain_text("до 20.12.2026")
    page.get_by_role("button", name="Сохранить и дальше").click()
    page.get_by_role("button", name="Принять мероприятий: 2").click()
    page.wait_for_url("**/board/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Кто что сделал")
    expect(page.locator("tbody td.l")).to_have_count(1)
    page.locator("tbody td.l").click()
    expect(page.locator("#side h2")).to_have_text("Нагорная школа № 1")


def test_a_coordinator_marks_a_late_measure_and_it_leaves_today(visitor: Page) -> None:
    page = log_in(visitor, "kurator9")
    before = page.locator(".n-duty").count()
    # The journey about facts needs the положение still open, in whatever order they run.
    duty = page.locator(".n-duty", has=page.get_by_role("link", name="Отметить"), has_not_text="Принять в школе положение").first
    first = duty.locator("h3").inner_text()
    duty.get_by_role("link", name="Отметить").click()
    page.locator("summary", has_text="Отметить вручную").click()  # a fact would close it by itself, a person may say otherwise
    page.get_by_label("Сделано", exact=True).check()
    page.get_by_label("Причина").fill("Карта утверждена на бумаге")
    page.get_by_label("Заметка").fill("Приказ подписан")
    page.get_by_role("button", name="Сохранить отметку").click()
    expect(page.locator(".n-note-ok").first).to_contain_text("Отметка сохранена.")
    page.goto("/")
    expect(page.locator(".n-duty h3", has_text=first)).to_have_count(0)
    assert before >= 1


def test_the_leader_reminds_late_schools(visitor: Page) -> None:
    page = log_in(visitor, "metodist")
    page.get_by_role("link", name="Напомнить школам").nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Напомнить школам")
    page.get_by_role("button", name="Отправить").click()
    expect(page.locator(".n-note-ok").first).to_contain_text("Отправлено напоминаний")


def test_one_person_in_two_schools_switches_in_the_header(visitor: Page) -> None:
    page = log_in(visitor, "kurator1")
    page.locator(".n-org > summary").click()
    page.get_by_role("button", name="Лицей № 4").click()
    expect(page.locator(".n-org summary b")).to_have_text("Лицей № 4")


def test_theme_language_and_keyboard(visitor: Page) -> None:
    page = log_in(visitor, "metodist")
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type("каменская")
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_contain_text("Каменская СОШ")
    page.locator("details.n-view summary").click()
    page.get_by_role("button", name="тёмная").click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    page.locator("details.n-view summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator(".n-nav li").first).to_contain_text("Today")


def test_what_was_typed_comes_back_after_a_crash(visitor: Page) -> None:
    page = log_in(visitor, "kurator9")
    page.goto("/organisations/shkola-9/card/")
    page.get_by_label("Адрес", exact=False).first.fill("с. Каменка, ул. Новая, 1")
    expect(page.locator("[data-draft-note]")).to_have_text("Черновик сохранён")
    page.reload()
    expect(page.get_by_label("Адрес", exact=False).first).to_have_value("с. Каменка, ул. Новая, 1")


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_scrolls_sideways(visitor: Page, width: int) -> None:
    page = log_in(visitor, "metodist")
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/roadmap/")
    board = page.locator("a[href$='/board/']").first.get_attribute("href")
    wide = []
    for path in ["/", "/roadmap/", str(board), "/roadmap/assignments/", "/roadmap/unsettled/", "/roadmap/new/", "/organisations/",
                 "/staff/", "/history/", "/messages/", "/profile/"]:  # fmt: skip
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
            wide.append(path)
    assert wide == []
