"""Comparable text."""

import pytest

from nastavnik.core.text import search_form, sort_form


@pytest.mark.parametrize(
    ("text", "form"),
    [("ШКОЛА № 2", "школа № 2"), ("Берёзовская  ООШ", "березовская оош"), ("Лицей «Ёлка»-4", "лицей елка 4"), ("", "")],
)
def test_search_form(text: str, form: str) -> None:
    assert search_form(text) == form


def test_numbers_sort_as_numbers() -> None:
    names = ["Школа № 10", "Школа № 2", "Ёлочка", "Жемчужина", "Едоки"]
    assert sorted(names, key=sort_form) == ["Едоки", "Ёлочка", "Жемчужина", "Школа № 2", "Школа № 10"]
