"""Comparable text."""

import pytest

from nastavnik.core.text import number_of, search_form, sort_form


@pytest.mark.parametrize(
    ("text", "form"),
    [("ШКОЛА № 2", "школа № 2"), ("Берёзовская  ООШ", "березовская оош"), ("Лицей «Ёлка»-4", "лицей елка 4"), ("", "")],
)
def test_search_form(text: str, form: str) -> None:
    assert search_form(text) == form


def test_numbers_sort_as_numbers() -> None:
    names = ["Школа № 10", "Школа № 2", "Ёлочка", "Жемчужина", "Едоки"]
    assert sorted(names, key=sort_form) == ["Едоки", "Ёлочка", "Жемчужина", "Школа № 2", "Школа № 10"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0", 0), ("12", 12), ("007", 7), ("9" * 18, int("9" * 18)), (None, None), ("", None), ("9" * 19, None), ("9" * 5000, None),
     ("-1", None), ("1.5", None), (" 1", None), ("²", None), ("١", None)],
)  # fmt: skip
def test_a_typed_number(typed: str | None, number: int | None) -> None:
    assert number_of(typed) == number
