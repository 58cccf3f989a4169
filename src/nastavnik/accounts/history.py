"""The words of accounts in the history, and the names of people."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.enums import AbsenceReason, Role
from nastavnik.accounts.models import Invitation, User
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
        "accounts.sessions_ended": _("Выход на других устройствах"),
        "accounts.session_ended": _("Выход на одном устройстве"),
        "accounts.factor_on": _("Второй фактор включён"),
        "accounts.factor_off": _("Второй фактор выключен"),
        "accounts.factor_reset": _("Второй фактор снят руководителем"),
        "accounts.recovery_codes_renewed": _("Новые запасные коды"),
        "accounts.recovery_code_used": _("Вход по запасному коду"),
        "accounts.factor_demanded": _("Второй фактор: кому обязателен"),
        "accounts.support_begun": _("Вход от имени другого человека"),
        "accounts.support_ended": _("Окончена работа от имени другого человека"),
        "accounts.invited": _("Приглашение"),
        "accounts.invitation_renewed": _("Новая ссылка приглашения"),
        "accounts.invitation_revoked": _("Приглашение отозвано"),
        "accounts.invitation_accepted": _("Приглашение принято"),
    },
    {
        "username": _("имя для входа"), "surname": _("фамилия"), "given_name": _("имя"), "patronymic": _("отчество"),
        "email": _("почта"), "phone": _("телефон"), "role": _("должность"), "organisation": _("организация"),
        "starts_on": _("с какого дня"), "ends_on": _("по какой день"),
        "deputy": _("кто замещает"),
        "since": _("со дня"), "device": _("устройство"), "expires_at": _("действует до"),
    },
)  # fmt: skip
labels.register_values(dict(Role.choices))
labels.register_values(dict(AbsenceReason.choices))


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """Short names by account id."""
    people = User.objects.filter(pk__in=list(ids)).only("surname", "given_name", "patronymic")
    return {str(person.pk): person.short_name for person in people}


labels.register_things(labels.ACTOR, _("сотрудники"), names_of)


def invited_names(ids: Iterable[str]) -> dict[str, str]:
    """Names by invitation id."""
    rows = Invitation.objects.filter(pk__in=list(ids)).only("surname", "given_name", "patronymic")
    return {str(one.pk): one.full_name for one in rows}


labels.register_things("accounts.invitation", _("приглашения"), invited_names)
labels.register_things("audit.change", _("история изменений"))
