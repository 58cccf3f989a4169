"""A model roadmap and what a school has made of it, in a real browser."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import log_in


def test_a_school_sees_both_texts_and_takes_the_models_words(visitor: Page) -> None:
    page = log_in(visitor, "kurator7")
    page.goto("/?all=1")
    page.locator(".n-duty", has_text="Предложения управления: 1").get_by_role("link", name="Решить").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Отличия от типовой карты")
    row = page.locator("#proposals tbody tr")
    expect(row).to_contain_text("Обучить наставников вместе с Озёрской школой")
    expect(row.locator("ins").first).to_contain_text("первая встреча")
    row.get_by_role("button", name="Взять из типовой").click()
    expect(page.locator(".n-note-ok").first).to_contain_text("Взято из типовой карты.")
    expect(page.locator("#proposals")).to_have_count(0)
    expect(page.locator("tbody tr", has_text="Провести вечер встречи")).to_contain_text("Добавлено")


def test_the_department_changes_a_line_and_sends_it(visitor: Page) -> None:
    page = log_in(visitor, "metodist")
    page.goto("/roadmap/models/")
    page.locator("h2 a").first.click()
    page.locator("tbody tr", has_text="Отметить наставников").get_by_role("link", name="Изменить").click()
    page.get_by_label("Мероприятие").fill("Отметить наставников и их организации по итогам года")
    page.get_by_label("Почему меняется").fill("Просьба партнёров")
    page.get_by_role("button", name="Сохранить").click()
    page.goto("/roadmap/models/")
    page.get_by_role("link", name="Разослать изменения").click()
    row = page.locator("tbody tr", has_text="их организации")
    expect(row.locator('td[data-label="Обновится само"]')).to_have_text("4")  # copies that are signed already are only asked
    page.get_by_role("button", name="Разослать изменения").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Что изменили школы", timeout=30_000)
    page.get_by_role("link", name="Каменская СОШ").click()
    expect(page.locator(".n-note-ok").first).to_contain_text("Карта совпадает с типовой.")


def test_a_plan_is_carried_to_the_next_year(visitor: Page) -> None:
    page = log_in(visitor, "kurator8")
    page.goto("/roadmap/")
    page.locator("section", has_text="Дорожная карта школы").get_by_role("link", name="План", exact=True).click()
    page.locator("main summary", has_text="Ещё").click()
    page.get_by_role("link", name="Перенести на следующий год").click()
    row = page.locator("tr", has_text="Принять положение о наставничестве")
    row.get_by_label("Новый срок").fill("до 15.10.2027")
    page.get_by_role("button", name="Создать карту").click()
    expect(page.locator(".n-note-ok").first).to_contain_text("создана как проект")
    expect(page.locator("tr", has_text="Принять положение о наставничестве")).to_contain_text("15.10.2027")
