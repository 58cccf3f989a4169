"""One list seen from several sides, and the calendar that a program reads by its link."""

import re
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.e2e.conftest import log_in


def read(link: str, tag: str = "") -> tuple[int, str, dict[str, str]]:
    """Status, tag and summaries by identifier, as a calendar program gets them."""
    try:
        with urlopen(Request(link, headers={"If-None-Match": tag} if tag else {})) as answer:
            events = Calendar.from_ical(answer.read()).walk("VEVENT")
            return answer.status, answer.headers["ETag"], {str(event["uid"]): str(event["summary"]) for event in events}
    except HTTPError as refused:
        refused.close()
        return refused.code, "", {}


def test_a_calendar_follows_the_cards_until_its_link_is_revoked(visitor: Page) -> None:
    page = log_in(visitor, "kurator9")
    page.get_by_role("link", name="Дорожная карта", exact=True).first.click()
    page.get_by_role("link", name="Все задания").click()
    page.get_by_role("link", name="Календарь").click()
    page.get_by_role("link", name="Подписаться").click()
    page.get_by_role("button", name="Создать ссылку").click()
    link = page.get_by_label("Ссылка").input_value()
    status, tag, before = read(link)
    assert (status, bool(before), read(link, tag)[0]) == (200, True, 304)

    page.get_by_role("link", name="Календарь").first.click()
    page.get_by_role("link", name="Доска").click()
    card = page.locator("#lane-planned .n-kard").first
    key, version = (card.get_attribute("id") or "")[1:], int(card.get_attribute("data-version") or 0)
    card.drag_to(page.locator("#lane-in_progress"), target_position={"x": 60, "y": 20})
    moved = page.locator(f"#lane-in_progress #k{key}")
    expect(moved).not_to_have_attribute("aria-busy", "true")
    expect(moved).to_have_attribute("data-version", str(version + 1))
    free = page.locator(".n-kard", has_text="Подготовить условия для запуска")  # no fact closes it
    free.locator("summary").click()
    free.get_by_role("button", name="Сделано", exact=True).click()
    expect(page.locator("#lane-done .n-kard", has_text="Подготовить условия для запуска")).to_be_visible()
    after = read(link, tag)[2]
    done = [uid for uid, words in after.items() if words.startswith("✓ ") and not before[uid].startswith("✓ ")]
    assert len(done) == 1

    page.goto(re.sub(r"calendar/[^/]+\.ics$", "calendar/", link))
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Отозвать").first.click()
    expect(page.locator(".n-messages")).to_contain_text("отозвана")
    assert read(link)[0] == 404


def test_a_change_for_many_is_looked_at_made_and_taken_back(visitor: Page) -> None:
    page = log_in(visitor, "direktor7")
    page.goto(f"{page.url.rstrip('/')}/roadmap/assignments/?state=waiting")
    expect(page.get_by_role("button", name="Назвать срок")).to_be_hidden()
    boxes = page.locator("[name=chosen]")
    count = boxes.count()
    if count < 2:
        pytest.fail("the demo leaves this school nothing to do")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="Отметить", exact=True).click()
    expect(page.get_by_text("Будет изменено: 2, пропущено: 0.")).to_be_visible()
    page.get_by_role("button", name="Отметить, заданий: 2").click()
    expect(page.locator(".n-messages")).to_contain_text("Отмечено заданий: 2.")
    expect(boxes).to_have_count(count - 2)
    page.get_by_role("button", name="Отменить").click()
    expect(page.locator(".n-messages")).to_contain_text("Отменено. Вернули как было заданий: 2.")
    expect(boxes).to_have_count(count)


def test_a_view_is_saved_and_opened_again(visitor: Page) -> None:
    page = log_in(visitor, "metodist")
    page.goto(f"{page.url.rstrip('/')}/roadmap/assignments/?state=late&order=-due")
    page.locator("summary", has_text="Столбцы").click()
    page.get_by_label("Раздел", exact=True).last.check()
    page.locator(".n-views-form").get_by_role("button", name="Показать").click()
    page.locator("summary", has_text="Сохранить вид").click()
    page.get_by_label("Название вида").fill("Мои опоздания")
    page.locator(".n-views-form").get_by_role("button", name="Сохранить").click()
    page.get_by_role("link", name="Матрица").click()
    page.get_by_role("link", name="Мои опоздания").click()
    expect(page.get_by_role("columnheader", name="Раздел")).to_be_visible()
    assert "order=-due" in page.url
