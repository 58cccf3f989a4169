"""A proof closes a measure by itself, and its going opens it again, in a real browser."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import log_in


def test_a_proof_closes_the_measure_and_taking_it_back_opens_it_again(visitor: Page) -> None:
    page = log_in(visitor, "kurator9")
    duty = page.locator(".n-duty", has_text="Принять в школе положение о наставничестве")
    duty.get_by_role("link", name="Отметить").click()
    state = page.locator("main .n-st").first
    expect(state).to_contain_text("Просрочено")
    expect(page.locator("#facts")).to_contain_text("Задание закроется само")
    page.locator("summary", has_text="Приложить файл или ссылку").click()
    page.get_by_label("Ссылка").fill("https://example.org/regulation.pdf")
    page.get_by_role("button", name="Приложить", exact=True).click()
    expect(state).to_contain_text("Сделано с опозданием")
    expect(page.locator("#facts")).to_contain_text("Закрыто системой")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Убрать", exact=True).click()
    expect(state).to_contain_text("Просрочено")
    expect(page.locator("#facts .n-note-ask")).to_contain_text("Снова открыто")
