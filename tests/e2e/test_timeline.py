"""The timeline in a real browser: moved by keyboard and by mouse, shown by the checker of accessibility."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import log_in
from tests.e2e.test_accessibility import violations

MEASURE = "Собрать результаты мониторинга школ"


def timeline_url(page: Page) -> str:
    """The timeline of the municipality's plan; a school sees its own plan beside it."""
    page.goto("/roadmap/")
    owner = page.locator("p.n-muted", has_text=re.compile(r"^\s*Приозёрный"))
    card = page.locator("main section", has=owner).filter(has=page.locator("a[href$='/timeline/']")).first
    return str(card.locator("a[href$='/timeline/']").first.get_attribute("href"))


def sign_of(page: Page, text: str) -> Locator:
    """The sign of a measure."""
    return page.locator("table.tl tbody tr", has_text=text).locator("a.m").first


def test_a_deadline_moves_by_keyboard_with_its_reason(visitor: Page) -> None:
    page = log_in(visitor, "metodist")
    page.goto(timeline_url(page))
    sign = sign_of(page, MEASURE)
    sign.focus()
    old = str(sign.get_attribute("data-e"))
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator("#tl-say")).to_be_empty()
    for _step in range(3):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#tl-say")).not_to_be_empty()
    page.keyboard.press("Enter")
    reason = page.locator("#side [name=reason]")
    expect(reason).to_be_focused()
    expect(page.locator("#side .tl-change")).to_contain_text("на 3 дня позже")
    page.get_by_role("button", name="Сдвинуть", exact=True).click()
    expect(page.locator("#side .n-error")).to_have_text("Напишите, почему сдвигается срок.")
    reason.fill("Школы сдают отчёты после каникул")
    page.get_by_role("button", name="Сдвинуть", exact=True).click()
    expect(page.locator(".n-note-ok").first).to_contain_text("Срок сдвинут")
    moved = sign_of(page, MEASURE)
    assert moved.get_attribute("data-e") != old
    expect(moved).to_have_attribute("aria-label", re.compile("на 3 дня позже"))
    page.get_by_role("link", name="Таблицей").click()
    expect(page.locator("tr", has_text=MEASURE).locator("s")).to_have_count(1)


def test_arrows_walk_and_enter_opens_the_measure_beside(visitor: Page) -> None:
    page = log_in(visitor, "kurator9")
    page.goto(timeline_url(page))
    expect(page.locator("a.m[tabindex='0']")).to_have_count(1)
    page.locator("a.m[tabindex='0']").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "End", "Home", "ArrowDown"):
        page.keyboard.press(key)
    second = page.locator("table.tl tbody tr:has(.m)").nth(1)
    expect(second.locator("a.m").first).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#tl-say")).to_be_empty()
    page.keyboard.press("Enter")
    expect(page.locator("#side h2")).to_be_focused()
    expect(page).to_have_url(re.compile("open="))
    page.keyboard.press("Escape")
    expect(page.locator("#side")).to_be_hidden()
    expect(second.locator("a.m").first).to_be_focused()


def test_a_bar_is_dragged_and_left_where_it_was(visitor: Page) -> None:
    page = log_in(visitor, "metodist")
    page.goto(timeline_url(page))
    sign = sign_of(page, "Представить практики на муниципальных")
    sign.scroll_into_view_if_needed()
    body = sign.locator(".g")
    before = body.bounding_box()
    x, y = before["x"] + before["width"] / 2, before["y"] + before["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y, steps=5)
    page.mouse.up()
    expect(page.locator("#side .tl-change")).to_be_visible()
    page.locator("#side [data-leave]").click()
    expect(page.locator("#side")).to_be_hidden()
    after = body.bounding_box()
    assert (round(after["x"]), round(after["width"])) == (round(before["x"]), round(before["width"]))


@pytest.mark.parametrize(("theme", "contrast"), [("light", "normal"), ("dark", "normal"), ("light", "high"), ("dark", "high")])
def test_accessibility(browser: Browser, address: str, theme: str, contrast: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = log_in(context.new_page(), "metodist")
    context.add_cookies(
        [{"name": f"view_{name}", "value": value, "url": address} for name, value in (("theme", theme), ("contrast", contrast))]
    )
    url, trouble = timeline_url(page), []
    page.goto(url)
    measure = str(page.locator("table.tl tbody th a").first.get_attribute("href"))
    key = measure.strip("/").split("/")[-1]
    for path in ("", "?zoom=month", "?view=table", f"?open={key}&fact=1", "print/"):
        page.goto(url + path)
        trouble += violations(page)
    for path in (f"{measure}order/", f"{measure}move/", f"{measure}move/?starts_on=2026-09-01&ends_on=2026-10-03"):
        page.goto(path)
        trouble += violations(page)
    context.close()
    assert trouble == []
