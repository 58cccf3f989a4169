"""Tax numbers and equal names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.organisations.rules import name_key, tax_number_problem
from tests.organisations.tables import tax_number


@given(st.integers(0, 9_999_999))
def test_a_right_number_is_accepted(seed: int) -> None:
    assert tax_number_problem(tax_number(seed)) == ""


@given(st.integers(0, 9_999_999), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_nearly_always_found(seed: int, place: int, shift: int) -> None:
    """The control digit is «mod 11 mod 10»: a mistake can pass only where the remainder is 10."""
    number = tax_number(seed)
    wrong = f"{number[:place]}{(int(number[place]) + shift) % 10}{number[place + 1 :]}"
    remainders = [
        sum(w * int(d) for w, d in zip((2, 4, 10, 3, 5, 9, 4, 6, 8), one[:9], strict=True)) % 11 for one in (number, wrong)
    ]
    assert (tax_number_problem(wrong) == "") == (sorted(remainders) == [0, 10] and place < 9)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("500100732259", ""),
        ("500100732258", "контрольная цифра ИНН не сходится, проверьте цифры"),
        ("7707083892", "контрольная цифра ИНН не сходится, проверьте цифры"),
        ("77070838", "в ИНН 10 или 12 цифр, а здесь 8"),
        ("77070838933", "в ИНН 10 или 12 цифр, а здесь 11"),
        ("770708389A", "в ИНН бывают только цифры"),
        ("٧٧٠٧٠٨٣٨٩٣", "в ИНН бывают только цифры"),
    ],
)
def test_what_is_wrong_with_a_number(value: str, problem: str) -> None:
    assert tax_number_problem(value) == problem


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Школа №5", "школа № 5", True),
        ("МБОУ «Лицей»", 'МБОУ "Лицей"', True),
        ("Школа № 5 им. Ёлкина", "Школа 5 им.Елкина", True),
        ("Школа № 5", "Школа № 15", False),
        ("Школа № 1", "Школа № 1а", False),
    ],
)
def test_names_that_a_person_takes_for_the_same(first: str, second: str, same: bool) -> None:
    assert (name_key(first) == name_key(second)) == same
