"""A school's roadmap is returned, corrected, handed over, approved and endorsed, by four people in a browser."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import log_in


def now(page: Page) -> str:
    """The station at which the paper stands."""
    return page.locator(".n-way [aria-current=step] b").inner_text()


def test_a_plan_is_returned_corrected_and_endorsed(visitor: Page) -> None:
    page = log_in(visitor, "metodist")
    page.goto("/roadmap/schools/?stage=approved&q=Лесновская")
    page.get_by_role("link", name="Проверить").click()
    page.get_by_text("Вернуть на доработку").click()
    page.get_by_label("Что исправить").fill("Добавьте май")
    page.get_by_role("button", name="Вернуть школе").click()
    expect(page.locator(".n-note-ok").first).to_contain_text("карта возвращена")
    log_out(page)
    log_in(page, "kurator8")
    page.goto("/?all=1")
    page.get_by_role("link", name="Карту вернули").first.click()
    assert now(page) == "Доработка"
    page.get_by_role("button", name="Отдать на подпись").click()
    assert now(page) == "Утверждение"
    log_out(page)
    log_in(page, "direktor8")
    page.goto("/?all=1")
    page.get_by_role("link", name="Подпишите дорожную карту").first.click()
    page.get_by_label("Номер приказа").fill("90-од")
    page.get_by_role("button", name="Утвердить карту").click()
    assert now(page) == "Согласование"
    log_out(page)
    log_in(page, "metodist")
    page.goto("/roadmap/schools/?stage=approved&q=Лесновская")
    page.get_by_role("link", name="Проверить").click()
    page.get_by_role("button", name="Согласовать карту").click()
    expect(page.locator(".n-note-ok").first).to_contain_text("карта согласована")


def log_out(page: Page) -> None:
    """Leave."""
    page.context.clear_cookies()
