"""An accessibility checker (axe) passes over every kind of page, in light, dark and high contrast."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import log_in

CHECKER = Path(__file__).resolve().parents[2] / "build" / "test" / "axe.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = [
    "/", "/roadmap/", "/roadmap/new/", "/roadmap/unsettled/", "/roadmap/assignments/", "/roadmap/assignments/?state=late",
    "/roadmap/assignments/?all=1&dense=1&column=note&order=-state", "/roadmap/assignments/kanban/",
    "/roadmap/assignments/calendar/", "/roadmap/calendar/", "/roadmap/views/",
    "/organisations/", "/organisations/shkola-1/", "/organisations/shkola-1/card/", "/organisations/open/",
    "/organisations/import/", "/organisations/shkola-2/close/", "/staff/", "/staff/appoint/shkola-1/", "/history/",
    "/history/access/", "/messages/", "/messages/sent/", "/messages/mail/",
    "/roadmap/schools/", "/roadmap/schools/terms/", "/roadmap/models/", "/roadmap/reports/", "/roadmap/facts/",
    "/roadmap/new/?purpose=model", "/monitoring/legality/", "/monitoring/legality/of/shkola-1/",
    "/monitoring/legality/of/shkola-1/?edit=regulation", "/monitoring/requirements/", "/monitoring/requirements/new/",
    "/monitoring/control/", "/monitoring/control/new/", "/organisations/approved/", "/staff/invitations/",
    "/staff/invitations/many/", "/staff/factor/", "/profile/sessions/", "/profile/factor/", "/profile/support/",
    "/roadmap/reminders/", "/organisations/calendar/?year=2027", "/profile/", "/password/", "/search/?q=школа", "/nowhere/",
]  # fmt: skip
FOUND = ["a[href$='/board/']", "main a[href*='/roadmap/'][href$='/']", "a[href*='/roadmap/assignment/']", "a[href*='/staff/0']"]


def violations(page: Page) -> list[str]:
    """What the checker finds on the page."""
    page.add_script_tag(path=str(CHECKER))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    return [f"{page.url} {one['id']}: {one['nodes'][0]['target']} {one['nodes'][0]['failureSummary'][:160]}" for one in found]


@pytest.mark.parametrize(("theme", "contrast"), [("light", "normal"), ("dark", "normal"), ("light", "high"), ("dark", "high")])
def test_pages(browser: Browser, address: str, theme: str, contrast: str) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": 1280, "height": 900}, bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    trouble = []
    for path in ("/login/", "/password/forgotten/", "/password/code/"):
        page.goto(path)
        trouble += violations(page)
    page = log_in(page, "metodist")
    context.add_cookies(
        [{"name": f"view_{name}", "value": value, "url": address} for name, value in (("theme", theme), ("contrast", contrast))]
    )
    page.goto("/roadmap/")
    board = str(page.locator(FOUND[0]).first.get_attribute("href"))
    page.goto("/roadmap/assignments/?state=late")
    assignment = str(page.locator(FOUND[2]).first.get_attribute("href"))
    page.goto(board)
    page.locator("table[data-cells] tbody td.l").first.click()
    page.wait_for_url("**cell=**")
    cell = page.url
    measure = str(page.locator(".mea a").first.get_attribute("href"))
    page.goto("/staff/")
    person = str(page.locator(FOUND[3]).first.get_attribute("href"))
    plan = board.replace("board/", "")
    own = [f"{plan}{part}" for part in ("", "timeline/", "timeline/?view=table", "versions/", "approval/", "next-year/")]
    for path in [*PAGES, board, cell, *own, measure, f"{measure}change/", f"{measure}move/", assignment, person]:
        page.goto(path)
        trouble += violations(page)
    context.close()
    assert trouble == []


def test_the_preview_of_a_plan(browser: Browser, address: str, tmp_path: Path) -> None:
    from tests.e2e.test_journeys import ROWS
    from tests.planreader import papers

    context = browser.new_context(base_url=address, bypass_csp=True)
    page = log_in(context.new_page(), "nachalnik")
    page.goto("/roadmap/new/")
    page.locator("#id_file").set_input_files(papers.word(tmp_path / "План.docx", ROWS))
    page.get_by_role("button", name="Прочитать план").click()
    page.wait_for_url("**/draft/**")
    trouble = violations(page)
    page.get_by_role("link", name="Уточнить").first.click()
    page.wait_for_url("**edit=**")
    trouble += violations(page)
    context.close()
    assert trouble == []
