"""From a pasted list to a log-in with two factors, and helping out, as people walk it."""

import time

import pyotp
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import log_in

LIST = "Белкина Зоя Марковна; belkina@example.org; зам. директора по ВР; Школа № 2\nСомов Пётр; somov@; наставник; Школа № 2"
NEW = "семь-зелёных-лодок"


def invited_link(page: Page) -> str:
    """Paste, correct nothing, invite whom it understood, print the sheet."""
    page.get_by_role("link", name="Сотрудники", exact=True).first.click()
    page.get_by_role("link", name="Приглашения").click()
    page.get_by_role("link", name="Пригласить списком").first.click()
    page.locator("#id_lines").fill(LIST)
    page.get_by_role("button", name="Проверить список").click()
    expect(page.locator("tbody")).to_contain_text("Адрес почты написан с ошибкой.")
    page.get_by_role("button", name="Пригласить: 1").click()
    expect(page.locator("#id_lines")).to_have_value(LIST.splitlines()[1])
    page.goto("/staff/invitations/?q=белкина")
    page.get_by_label("Отметить: Белкина Зоя Марковна").check()
    page.get_by_role("button", name="Напечатать листы для отмеченных").click()
    expect(page.locator("svg.n-qr")).to_have_count(1)
    return page.locator(".n-link").inner_text()


def with_next_code(secret: str) -> str:
    """The code of the next half minute, which is accepted already."""
    return pyotp.TOTP(secret).at(time.time(), counter_offset=1)


def test_from_the_invitation_to_the_second_factor(visitor: Page, browser: Browser, address: str) -> None:
    link = invited_link(log_in(visitor, "metodist"))
    page = browser.new_context(locale="ru-RU", viewport={"width": 390, "height": 844}, base_url=address).new_page()
    page.goto(link)
    expect(page.get_by_label("Имя для входа")).to_have_value("belkina.zm")
    page.get_by_label("Новый пароль").fill(NEW)
    page.get_by_label("Ещё раз").fill(NEW)
    page.get_by_role("button", name="Начать работу").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Сегодня")
    page.goto("/profile/factor/")
    page.get_by_label("Ваш пароль").fill(NEW)
    page.get_by_role("button", name="Дальше").click()
    secret = page.locator(".n-key").inner_text().replace(" ", "")
    page.get_by_label("Код из приложения").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Включить").click()
    expect(page.locator("ol.n-codes li")).to_have_count(10)
    page.goto("/")
    page.locator(".n-person summary").click()
    page.get_by_role("button", name="Выйти", exact=True).click()
    page.get_by_label("Имя для входа или почта").fill("belkina@example.org")
    page.get_by_label("Пароль", exact=True).fill(NEW)
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Второй фактор")
    page.get_by_label("Код", exact=True).fill(with_next_code(secret))
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Сегодня")
    page.context.close()


def test_helping_out_and_coming_back(visitor: Page) -> None:
    page = log_in(visitor, "admin")
    page.goto("/staff/?q=kurator9")
    page.locator("tbody th a").first.click()
    page.get_by_text("Помочь: войти от имени этого человека").click()
    page.get_by_label("Зачем").fill("Показать, где отметить")
    page.get_by_role("button", name="Войти от имени").click()
    expect(page.locator(".n-support")).to_contain_text("Вы работаете от имени:")
    page.goto("/password/")
    expect(page.locator(".n-note-late")).to_contain_text("От чужого имени этого сделать нельзя.")
    page.get_by_role("button", name="Вернуться к себе").click()
    expect(page.locator(".n-support")).to_have_count(0)
