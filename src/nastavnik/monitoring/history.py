"""The words of monitoring in the history."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from nastavnik.audit import labels
from nastavnik.monitoring.enums import MarkState
from nastavnik.monitoring.models import ControlRound, ControlSheet, Requirement, RequirementMark

labels.register(
    {
        "monitoring.requirement_written": _("Записано требование"), "monitoring.requirement_changed": _("Изменено требование"),
        "monitoring.requirement_marked": _("Отметка о требовании"), "monitoring.control_opened": _("Начат контроль школ"),
        "monitoring.control_closed": _("Завершён контроль школ"), "monitoring.control_filled": _("Заполнен лист контроля"),
        "monitoring.control_signed": _("Подписан акт контроля"), "monitoring.control_reopened": _("Снята подпись с акта контроля"),
        "monitoring.control_acknowledged": _("Школа ознакомлена с актом"),
        "monitoring.control_remedied": _("Школа устранила замечания"), "monitoring.control_settled": _("Сняты замечания контроля"),
        "monitoring.control_sent_back": _("Замечания контроля не сняты"),
    },
    {
        "requirement": _("требование"), "words": _("документ"), "url": _("ссылка"), "valid_to": _("действует по"),
        "valid_from": _("действует с"), "explanation": _("пояснение"), "source_date": _("дата источника"),
        "confirmed": _("проверено"), "fact": _("факт"), "answers": _("ответов"), "remarks": _("замечаний"),
        "objection": _("возражение"), "remedy": _("что сделано"),
    },
)  # fmt: skip
labels.register_values(dict(MarkState.choices))


def sheets_of(ids: Iterable[str]) -> dict[str, str]:
    """The school and the control of sheets by id."""
    rows = ControlSheet.objects.filter(pk__in=list(ids)).values_list("pk", "organisation__name", "round__title")
    return {str(pk): f"{name}. {title}" for pk, name, title in rows}


def titles_of(model: type[ControlRound | Requirement]) -> labels.Namer:
    """A namer by the column `title`."""
    return lambda ids: {str(pk): title for pk, title in model._default_manager.filter(pk__in=list(ids)).values_list("pk", "title")}


labels.register_things("monitoring.controlsheet", _("листы контроля"), sheets_of)
labels.register_things("monitoring.controlround", _("контроль"), titles_of(ControlRound))
labels.register_things("monitoring.requirement", _("требования"), titles_of(Requirement))
labels.register_things(RequirementMark._meta.label_lower, _("отметки о требованиях"))
