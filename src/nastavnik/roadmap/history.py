"""The words of the roadmap in the history."""

from django.utils.translation import gettext_lazy as _

from nastavnik.audit import labels

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
    },
    {
        "state": _("состояние"), "note": _("заметка"), "reason": _("причина"), "done_on": _("сделано"), "due_on": _("сделать до"),
        "number": _("номер"), "text": _("текст"), "deadline": _("срок"), "result": _("результат"), "parties": _("исполнители"),
        "title": _("название"), "measures": _("мероприятий"), "assignments": _("заданий"), "evidence": _("подтверждение"),
        "source": _("файл"), "organisations": _("организации"), "line": _("строка"), "new": _("новых"), "changed": _("изменено"),
    },
)  # fmt: skip
labels.register_values(
    {
        "planned": _("Ждёт срока"), "in_progress": _("В работе"), "done": _("Сделано"), "not_done": _("Не сделано"),
        "not_applicable": _("Не требуется"),
    }
)  # fmt: skip
