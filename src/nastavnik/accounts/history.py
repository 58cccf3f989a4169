"""The words of accounts in the history, and the names of people."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.enums import AbsenceReason, Role
from nastavnik.accounts.models import User
from nastavnik.audit import labels

labels.register(
    {
        "accounts.opened": _("Открыта учётная запись"),
        "accounts.appointed": _("Назначение на должность"),
        "accounts.appointment_changed": _("Изменены сроки назначения"),
        "accounts.appointment_ended": _("Завершено назначение"),
        "accounts.changed": _("Изменены данные сотрудника"),
        "accounts.blocked": _("Вход закрыт"),
        "accounts.unblocked": _("Вход открыт"),
        "accounts.password_changed": _("Сменён пароль"),
        "accounts.password_reset": _("Новый пароль по ссылке"),
        "accounts.reset_asked": _("Запрошен новый пароль"),
        "accounts.code_issued": _("Выдан одноразовый код"),
        "accounts.code_used": _("Вход по одноразовому коду"),
        "accounts.deputy_named": _("Назначено замещение"),
        "accounts.deputy_ended": _("Замещение завершено досрочно"),
        "accounts.sessions_ended": _("Выход на всех устройствах"),
    },
    {
        "username": _("имя для входа"), "surname": _("фамилия"), "given_name": _("имя"), "patronymic": _("отчество"),
        "email": _("почта"), "phone": _("телефон"), "role": _("должность"), "organisation": _("организация"),
        "starts_on": _("с какого дня"), "ends_on": _("по какой день"),
        "deputy": _("кто замещает"),
    },
)  # fmt: skip
labels.register_values(dict(Role.choices))
labels.register_values(dict(AbsenceReason.choices))


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """Short names by account id."""
    people = User.objects.filter(pk__in=list(ids)).only("surname", "given_name", "patronymic")
    return {str(person.pk): person.short_name for person in people}


labels.register_things(labels.ACTOR, _("сотрудники"), names_of)
labels.register_things("audit.change", _("история изменений"))
