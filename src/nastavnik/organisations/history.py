"""The words of organisations in the history."""

from django.utils.translation import gettext_lazy as _

from nastavnik.audit import labels

labels.register(
    {
        "organisations.opened": _("Открыта организация"),
        "organisations.changed": _("Изменена карточка организации"),
        "organisations.closed": _("Закрыта организация"),
        "organisations.imported": _("Загружен список школ"),
    },
    {
        "name": _("краткое название"), "full_name": _("полное название"), "full_name_genitive": _("название в родительном падеже"),
        "full_name_dative": _("название в дательном падеже"), "full_name_prepositional": _("название в предложном падеже"),
        "head_post": _("должность руководителя"), "head_name": _("руководитель"),
        "head_name_genitive": _("руководитель в родительном падеже"), "head_name_dative": _("руководитель в дательном падеже"),
        "address": _("адрес"), "website": _("сайт"), "tax_number": _("ИНН"), "opened_on": _("открыта"), "closed_on": _("закрыта"),
        "successor": _("преемник"), "kind": _("вид"),
    },
)  # fmt: skip
