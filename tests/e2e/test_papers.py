"""The plan as a Word document: downloaded, uploaded by somebody, understood as it was."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.conftest import log_in


def test_the_word_document_of_a_plan_is_understood_when_it_comes_back(visitor: Page, tmp_path: Path) -> None:
    page = log_in(visitor, "nachalnik")
    page.get_by_role("link", name="Дорожная карта", exact=True).first.click()
    page.get_by_role("link", name="План", exact=True).click()
    measures = page.locator("main tbody tr").count()
    page.locator("summary", has_text="Скачать").click()
    with page.expect_download() as found:
        page.get_by_role("link", name="Word: план на подпись").click()
    file = tmp_path / "plan.docx"
    found.value.save_as(file)
    page.goto("/roadmap/new/")
    page.locator("#id_file").set_input_files(str(file))
    page.get_by_role("button", name="Прочитать план").click()
    expect(page.get_by_role("button", name=f"Принять мероприятий: {measures}")).to_be_visible()
