"""What holds for organisations without asking the database: tax numbers, equal names, the layout of the table."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nastavnik.core.text import search_form

# The layout of the exported table, which the import reads back: field, heading, width in characters.
CARD_COLUMNS = (
    ("name", gettext_lazy("Краткое название"), 28),
    ("kind", gettext_lazy("Вид"), 12),
    ("full_name", gettext_lazy("Полное название"), 48),
    ("full_name_genitive", gettext_lazy("Полное название в родительном падеже"), 48),
    ("full_name_dative", gettext_lazy("Полное название в дательном падеже"), 48),
    ("full_name_prepositional", gettext_lazy("Полное название в предложном падеже"), 48),
    ("head_post", gettext_lazy("Должность руководителя"), 20),
    ("head_name", gettext_lazy("Руководитель"), 32),
    ("head_name_genitive", gettext_lazy("Руководитель в родительном падеже"), 32),
    ("head_name_dative", gettext_lazy("Руководитель в дательном падеже"), 32),
    ("address", gettext_lazy("Адрес"), 40),
    ("phone", gettext_lazy("Телефон"), 18),
    ("email", gettext_lazy("Почта"), 26),
    ("website", gettext_lazy("Сайт"), 26),
    ("tax_number", gettext_lazy("ИНН"), 14),
    ("closed_on", gettext_lazy("Закрыта"), 12),
)
# Weights of the control digits by length: 10 digits for organisations, 12 for persons.
WEIGHTS = {10: ((2, 4, 10, 3, 5, 9, 4, 6, 8),), 12: ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))}
INSIDE_NAMES = re.compile(r"[№#.,;()/\s]+")


def tax_number_problem(value: str) -> str:
    """What is wrong with a Russian tax number, in words without a full stop; "" when nothing is."""
    if not value.isdecimal() or not value.isascii():
        return _("в ИНН бывают только цифры")
    if len(value) not in WEIGHTS:
        return _("в ИНН 10 или 12 цифр, а здесь %(count)s") % {"count": len(value)}
    number = [int(digit) for digit in value]
    right = all(
        sum(weight * digit for weight, digit in zip(weights, number, strict=False)) % 11 % 10 == number[len(weights)]
        for weights in WEIGHTS[len(value)]
    )
    return "" if right else _("контрольная цифра ИНН не сходится, проверьте цифры")


def name_key(name: str) -> str:
    """Equal for names that a person takes for the same: «Школа №5» and «школа № 5»."""
    return INSIDE_NAMES.sub("", search_form(name))
