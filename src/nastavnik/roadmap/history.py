"""The words of the roadmap in the history, and what its things are called there."""

from collections.abc import Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from nastavnik.audit import labels
from nastavnik.roadmap.enums import AssignmentState
from nastavnik.roadmap.models import Assignment, Measure, Roadmap, Section

labels.register(
    {
        "roadmap.draft_opened": _("Прочитан файл плана"), "roadmap.draft_corrected": _("Исправлена строка черновика"),
        "roadmap.draft_discarded": _("Черновик плана убран"), "roadmap.accepted": _("Принята дорожная карта"),
        "roadmap.begun": _("Начата дорожная карта"), "roadmap.fanned_out": _("Розданы задания"),
        "roadmap.organisation_joined": _("Выданы задания новой организации"), "roadmap.section_added": _("Добавлен раздел"),
        "roadmap.section_renamed": _("Переименован раздел"), "roadmap.deadline_settled": _("Назван срок для всех"),
        "roadmap.dates_asked": _("Школам задан вопрос о сроке"),
        "roadmap.measure_added": _("Добавлено мероприятие"), "roadmap.measure_changed": _("Изменено мероприятие"),
        "roadmap.measure_removed": _("Убрано мероприятие"), "roadmap.archived": _("Дорожная карта убрана в архив"),
        "roadmap.assignment_marked": _("Отметка о выполнении"), "roadmap.date_named": _("Назван срок"),
        "roadmap.evidence_added": _("Приложено подтверждение"), "roadmap.evidence_removed": _("Убрано подтверждение"),
        "roadmap.schools_reminded": _("Отправлены напоминания"),
        "roadmap.ladder_changed": _("Изменена лестница напоминаний"),
        "roadmap.ladder_reset": _("Возвращена общая лестница напоминаний"),
    },
    {
        "state": _("состояние"), "note": _("заметка"), "reason": _("причина"), "done_on": _("сделано"), "due_on": _("сделать до"),
        "number": _("номер"), "text": _("текст"), "deadline": _("срок"), "result": _("результат"), "parties": _("исполнители"),
        "title": _("название"), "measures": _("мероприятий"), "assignments": _("заданий"), "evidence": _("подтверждение"),
        "source": _("файл"), "organisations": _("организации"), "line": _("строка"), "new": _("новых"), "changed": _("изменено"),
        "steps": _("шаги"), "repeat_every": _("повтор через, дней"), "working_days": _("рабочие дни"), "is_on": _("включено"),
    },
)  # fmt: skip
labels.register_values(dict(AssignmentState.choices))

LONGEST_NAME = 120


def measures_of(ids: Iterable[str]) -> dict[str, str]:
    """Number and text of measures by id."""
    rows = Measure.objects.filter(pk__in=list(ids)).values_list("pk", "number", "text")
    return {str(pk): short(number, text) for pk, number, text in rows}


def assignments_of(ids: Iterable[str]) -> dict[str, str]:
    """Number and text of the measures that the assignments belong to, by id."""
    rows = Assignment.objects.filter(pk__in=list(ids)).values_list("pk", "measure__number", "measure__text")
    return {str(pk): short(number, text) for pk, number, text in rows}


def titles_of(model: type[Roadmap | Section]) -> labels.Namer:
    """A namer by the column `title`."""
    return lambda ids: {
        str(pk): short(title) for pk, title in model._default_manager.filter(pk__in=list(ids)).values_list("pk", "title")
    }


def short(*parts: str) -> str:
    """The parts as one line that is not too long for a table."""
    return str(Truncator(" ".join(part for part in parts if part)).chars(LONGEST_NAME))


labels.register_things("roadmap.measure", _("мероприятия"), measures_of)
labels.register_things("roadmap.assignment", _("задания"), assignments_of)
labels.register_things("roadmap.roadmap", _("дорожные карты"), titles_of(Roadmap))
labels.register_things("roadmap.section", _("разделы"), titles_of(Section))
labels.register_things("roadmap.plandraft", _("черновики планов"))
labels.register_things("roadmap.reminderladder", _("лестницы напоминаний"))
