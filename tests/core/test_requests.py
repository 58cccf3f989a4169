"""What comes with a request is made harmless before any view sees it."""

from collections.abc import Callable
from typing import Any

from tests.worlds import World


def test_zero_bytes_of_a_paste_are_dropped(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    found = browser.get("/search/", {"q": "Шко\x00ла"}).context["groups"]
    assert [group.title for group in found] == [group.title for group in browser.get("/search/", {"q": "Школа"}).context["groups"]]
    assert found != []
    assert browser.get("/invitation/a%00b/").status_code == 400


def test_a_bare_word_is_no_page_to_return_to(world: World, as_: Callable[[str], Any]) -> None:
    browser = as_("municipal")
    gone = {
        word: browser.post("/messages/read-all/", {"next": word}).url
        for word in ("²", "today", "//foreign.example/", "/roadmap/?q=1")
    }
    assert gone == {"²": "/", "today": "/", "//foreign.example/": "/", "/roadmap/?q=1": "/roadmap/?q=1"}
