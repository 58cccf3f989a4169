"""What is typed stays in the browser until the server has taken it, and only for the person who typed it."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import log_in

CARD = "/organisations/shkola-2/card/"
KEPT = "() => Object.keys(localStorage).filter((key) => key.startsWith('draft ')).length"
TYPED = "ул. Озёрная, д. 77"


def type_address(page: Page) -> None:
    """Fill a field of the card and wait until the draft is kept."""
    page.goto(CARD)
    page.get_by_label("Адрес").fill(TYPED)
    expect(page.locator("[data-draft-note]")).to_have_text("Черновик сохранён")


def shown_address(page: Page) -> str:
    """What the field holds."""
    return page.get_by_label("Адрес").input_value()


def test_a_draft_outlives_a_reload_and_an_ended_session(visitor: Page) -> None:
    page = log_in(visitor, "metodist")
    type_address(page)
    page.goto("/")
    page.goto(CARD)
    assert shown_address(page) == TYPED
    page.context.clear_cookies(name="sessionid")
    page.locator("form[data-autosave] .n-btn-go").click()
    page.wait_for_url("**/login/**")
    log_in(page, "metodist")
    page.goto(CARD)
    assert shown_address(page) == TYPED


def test_a_draft_is_forgotten_when_the_server_took_it(visitor: Page) -> None:
    page = log_in(visitor, "metodist")
    type_address(page)
    page.locator("form[data-autosave] .n-btn-go").click()
    page.wait_for_url(lambda url: not url.endswith("/card/") and not url.endswith("/save/"))
    assert page.evaluate(KEPT) == 0


def test_drafts_leave_with_the_person(visitor: Page) -> None:
    page = log_in(visitor, "metodist")
    type_address(page)
    page.locator(".n-person > summary").click()
    page.get_by_role("button", name="Выйти").click()
    page.wait_for_url("**/login/**")
    assert page.evaluate(KEPT) == 0


def test_the_key_of_the_slash_finds_the_search_on_a_russian_keyboard(visitor: Page) -> None:
    page = log_in(visitor, "metodist")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '.', code: 'Slash', bubbles: true}))")
    assert page.evaluate("document.activeElement.name") == "q"
