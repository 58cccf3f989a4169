"""How the roadmap's kinds, roles and rhythms are called on screen."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nastavnik.core.templatetags.nastavnik import plural_form
from nastavnik.roadmap.enums import Stage
from planreader.model import DeadlineKind, Recurrence, Role, Scope

KIND_WORDS: dict[str, Any] = {
    DeadlineKind.BY: _("до даты"), DeadlineKind.RANGE: _("период"), DeadlineKind.LIST: _("список сроков"),
    DeadlineKind.RECURRING: _("повтор"), DeadlineKind.WHOLE_PERIOD: _("весь период"), DeadlineKind.EXTERNAL: _("внешний график"),
    DeadlineKind.ON_DEMAND: _("по необходимости"), DeadlineKind.NONE: _("без срока"), DeadlineKind.UNRECOGNISED: _("не распознан"),
}  # fmt: skip
KIND_ICONS = {
    DeadlineKind.BY: "diamond", DeadlineKind.RANGE: "arrows-horizontal", DeadlineKind.LIST: "list-numbers",
    DeadlineKind.RECURRING: "repeat", DeadlineKind.WHOLE_PERIOD: "infinity", DeadlineKind.EXTERNAL: "external-link",
    DeadlineKind.ON_DEMAND: "hourglass", DeadlineKind.NONE: "minus", DeadlineKind.UNRECOGNISED: "help-circle",
}  # fmt: skip
DEADLINE_MODES = [
    ("phrase", _("словами")), ("by", _("до даты")), ("range", _("период")), ("list", _("список дат")), ("recurring", _("повтор")),
    ("whole_period", _("весь период")), ("external", _("внешний график")), ("on_demand", _("по запросу")),
    ("none", _("без срока")),
]  # fmt: skip
RHYTHMS = [
    (Recurrence.WEEKLY.value, _("каждую неделю")), (Recurrence.FORTNIGHTLY.value, _("раз в две недели")),
    (Recurrence.MONTHLY.value, _("каждый месяц")), (Recurrence.QUARTERLY.value, _("каждый квартал")),
    (Recurrence.TERMLY.value, _("каждую четверть")), (Recurrence.HALF_YEARLY.value, _("каждое полугодие")),
    (Recurrence.YEARLY.value, _("каждый год")),
]  # fmt: skip
ROLE_WORDS: dict[str, Any] = {
    Role.REGION_AUTHORITY: _("орган власти региона"), Role.REGIONAL_CENTRE: _("региональный центр"),
    Role.MUNICIPAL_DEPARTMENT: _("управление образования"), Role.MUNICIPAL_HEAD: _("начальник управления"),
    Role.SCHOOL_HEAD: _("руководитель школы"), Role.SCHOOL_COORDINATOR: _("куратор"), Role.DEPUTY_HEAD: _("заместитель директора"),
    Role.CLASS_TEACHER: _("классный руководитель"), Role.PSYCHOLOGIST: _("психолог"), Role.MENTOR: _("наставник"),
    Role.MENTEE: _("наставляемый"), Role.WORKING_GROUP: _("рабочая группа"), Role.PARTNER: _("партнёр"), Role.OTHER: _("другой"),
}  # fmt: skip
SCOPE_WORDS: dict[str, Any] = {
    Scope.REGION: _("регион"), Scope.MUNICIPALITY: _("муниципалитет"), Scope.EACH_SCHOOL: _("в каждой школе"),
    Scope.PARTNER: _("партнёры"), Scope.UNKNOWN: _("неизвестно где"),
}  # fmt: skip


def pair(role: Role, scope: Scope, words: Any) -> tuple[str, Any]:
    """A choice of role and place."""
    return f"{role.value}|{scope.value}", words


PARTY_CHOICES: list[tuple[str, Any]] = [
    ("", _("понять по словам")),
    pair(Role.MUNICIPAL_DEPARTMENT, Scope.MUNICIPALITY, _("управление образования")),
    pair(Role.MUNICIPAL_HEAD, Scope.MUNICIPALITY, _("начальник управления")),
    pair(Role.SCHOOL_HEAD, Scope.EACH_SCHOOL, _("руководитель каждой школы")),
    pair(Role.SCHOOL_COORDINATOR, Scope.EACH_SCHOOL, _("куратор каждой школы")),
    pair(Role.DEPUTY_HEAD, Scope.EACH_SCHOOL, _("заместитель в каждой школе")),
    pair(Role.CLASS_TEACHER, Scope.EACH_SCHOOL, _("классные руководители")),
    pair(Role.PSYCHOLOGIST, Scope.EACH_SCHOOL, _("психолог каждой школы")),
    pair(Role.MENTOR, Scope.EACH_SCHOOL, _("наставники")),
    pair(Role.MENTEE, Scope.EACH_SCHOOL, _("наставляемые")),
    pair(Role.WORKING_GROUP, Scope.EACH_SCHOOL, _("рабочая группа школы")),
    pair(Role.WORKING_GROUP, Scope.MUNICIPALITY, _("муниципальная рабочая группа")),
    pair(Role.REGIONAL_CENTRE, Scope.REGION, _("региональный центр")),
    pair(Role.REGION_AUTHORITY, Scope.REGION, _("орган власти региона")),
    pair(Role.PARTNER, Scope.PARTNER, _("партнёры")),
    pair(Role.OTHER, Scope.EACH_SCHOOL, _("другие в каждой школе")),
    pair(Role.OTHER, Scope.MUNICIPALITY, _("другие в муниципалитете")),
    pair(Role.OTHER, Scope.UNKNOWN, _("неизвестно кто")),
]

# How a department calls what it sees of a school's roadmap; «none» is a school that has none.
STAGE_WORDS: dict[str, Any] = {
    "none": _("Карты нет"), Stage.DRAFT: _("Проект"), Stage.APPROVED: _("Ждёт согласования"), Stage.RETURNED: _("На доработке"),
    Stage.ENDORSED: _("Согласована"),
}  # fmt: skip


def offset_words(offset: int) -> str:
    """«за 3 дня до срока», «в день срока», «через 5 дней после срока»."""
    if offset == 0:
        return gettext("в день срока")
    words = {"days": abs(offset), "word": plural_form(offset, gettext("день"), gettext("дня"), gettext("дней"))}
    if offset < 0:
        return gettext("за %(days)s %(word)s до срока") % words
    return gettext("через %(days)s %(word)s после срока") % words
