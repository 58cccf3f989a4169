"""Which column is what."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.organisations.imports.columns import field_of, find_columns

WORDINGS = {
    "name": [
        "Наименование", "Название", "Краткое название", "Краткое наименование ОО", "Сокращённое наименование (по уставу)", "Школа",
        "Наименование ОО", "Название школы", "Наименование образовательной организации", "Образовательная организация", "ОУ",
        "Наименование ОО (краткое)", "Организация",
    ],
    "full_name": [
        "Полное наименование", "ПОЛНОЕ НАЗВАНИЕ", "Наименование ОО полное", "Полное наименование образовательной организации",
        "Наименование организации по уставу", "Официальное наименование",
        "Полное наименование муниципального образовательного учреждения",
    ],
    "full_name_genitive": ["Полное название в родительном падеже", "Наименование (родительный падеж)"],
    "full_name_dative": ["Полное название в дательном падеже"],
    "full_name_prepositional": ["Полное название в предложном падеже"],
    "head_post": ["Должность руководителя", "Должность"],
    "head_name": [
        "ФИО директора", "Руководитель", "Ф.И.О. руководителя", "Ф. И. О.", "Директор школы", "Заведующий",
        "Фамилия, имя, отчество",
    ],
    "head_name_genitive": ["Руководитель в родительном падеже", "ФИО директора (родительный падеж)"],
    "head_name_dative": ["Руководитель в дательном падеже"],
    "address": ["Адрес", "Юридический адрес", "Почтовый адрес", "Место нахождения", "Адрес организации"],
    "phone": ["Телефон", "Контактный телефон", "Тел.", "Телефон директора", "Телефон, e-mail"],
    "email": ["E-mail", "e-mail школы", "Электронная почта", "Адрес электронной почты", "Эл. почта", "Почта", "E-mail директора"],
    "website": ["Сайт", "Адрес сайта", "Официальный сайт ОО", "URL"],
    "tax_number": ["ИНН", "ИНН организации", "ИНН ОО"],
    "kind": ["Вид", "Тип организации"],
    "closed_on": ["Закрыта", "Дата закрытия"],
    "": [
        "№ п/п", "Муниципалитет", "Наименование муниципального образования", "Район", "Куратор", "ФИО заместителя директора",
        "ФИО ответственного", "Телефон куратора", "Количество учащихся", "Примечание", "ОГРН", "Что исправить", "",
        "Школа № 5", "school@example.test", "https://school.example.test", "г. Приозёрск, ул. Школьная, тел. 8 900 000",
    ],
}  # fmt: skip
FIELDS = [name for name in WORDINGS if name]


@pytest.mark.parametrize(("name", "heading"), [(name, one) for name, wordings in WORDINGS.items() for one in wordings])
def test_a_heading_names_a_field(name: str, heading: str) -> None:
    assert field_of(heading) == name


@given(st.permutations(FIELDS), st.integers(0, 14), st.randoms(use_true_random=False))
def test_any_order_any_wording_below_any_title(order: list[str], above: int, chance: random.Random) -> None:
    heading = [chance.choice(WORDINGS[name]) for name in order]
    title = [["Список школ Приозёрного округа", *[""] * 5], [""] * 6, ["Утверждаю", "начальник управления"]]
    rows = [*(title[place % 3] for place in range(above)), heading, ["x"] * len(heading)]
    assert find_columns(rows) == (above, dict(enumerate(order)))


@given(st.lists(st.lists(st.text(max_size=30), max_size=6), max_size=20))
def test_it_never_breaks(rows: list[list[str]]) -> None:
    found = find_columns(rows)
    assert found is None or (found[0] < 15 and {"name", "full_name"} & set(found[1].values()))


def test_a_heading_below_row_fifteen_is_not_looked_for() -> None:
    assert find_columns([[""]] * 15 + [["Название", "Адрес"]]) is None


def test_a_single_column_is_a_list_and_a_title_is_not_its_heading() -> None:
    assert find_columns([["Название"], ["Школа № 1"]]) == (0, {0: "name"})
    rows = [["Организация: Управление образования"], ["Название", "Адрес", "ИНН"], ["Школа № 1", "ул. Лесная", ""]]
    assert find_columns(rows) == (1, {0: "name", 1: "address", 2: "tax_number"})


def test_of_two_columns_with_one_field_the_first_counts() -> None:
    assert find_columns([["Название", "Юридический адрес", "Фактический адрес"]]) == (0, {0: "name", 1: "address"})


def test_a_table_without_schools_is_none() -> None:
    assert find_columns([["Адрес", "Телефон"], ["ул. Лесная", "8 900"]]) is None
