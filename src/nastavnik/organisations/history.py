"""The words of organisations in the history."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from nastavnik.audit import labels
from nastavnik.organisations.enums import DayKind
from nastavnik.organisations.models import Organisation, SpecialDay

labels.register(
    {
        "organisations.opened": _("Открыта организация"),
        "organisations.changed": _("Изменена карточка организации"),
        "organisations.closed": _("Закрыта организация"),
        "organisations.imported": _("Загружен список школ"),
        "organisations.school_list_approved": _("Утверждён список школ-участниц"),
        "organisations.day_added": _("Добавлен день календаря"),
        "organisations.day_changed": _("Изменён день календаря"),
        "organisations.day_removed": _("Убран день календаря"),
    },
    {
        "name": _("краткое название"), "full_name": _("полное название"), "full_name_genitive": _("название в родительном падеже"),
        "full_name_dative": _("название в дательном падеже"), "full_name_prepositional": _("название в предложном падеже"),
        "head_post": _("должность руководителя"), "head_name": _("руководитель"),
        "head_name_genitive": _("руководитель в родительном падеже"), "head_name_dative": _("руководитель в дательном падеже"),
        "address": _("адрес"), "website": _("сайт"), "tax_number": _("ИНН"), "opened_on": _("открыта"), "closed_on": _("закрыта"),
        "successor": _("преемник"), "kind": _("вид"), "day": _("день"),
        "act_number": _("номер приказа"), "approved_on": _("дата приказа"), "schools": _("школ в списке"),
    },
)  # fmt: skip


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """Short names by id."""
    return {str(pk): name for pk, name in Organisation.objects.filter(pk__in=list(ids)).values_list("pk", "name")}


labels.register_things(labels.PLACE, _("организации"), names_of)
labels.register_values(dict(DayKind.choices))


def days_of(ids: Iterable[str]) -> dict[str, str]:
    """Special days by id."""
    rows = SpecialDay.objects.filter(pk__in=list(ids)).values_list("pk", "day", "title")
    return {str(pk): f"{day:%d.%m.%Y} {title}".strip() for pk, day, title in rows}


labels.register_things("organisations.specialday", _("дни календаря"), days_of)
