"""The words of the roadmap in the history, and what its things are called there."""

from collections.abc import Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from nastavnik.audit import labels
from nastavnik.roadmap.enums import AssignmentState, Stage
from nastavnik.roadmap.models import Assignment, CalendarFeed, Measure, Roadmap, SavedView, Section

labels.register(
    {
        "roadmap.draft_opened": _("Прочитан файл плана"), "roadmap.draft_corrected": _("Исправлена строка черновика"),
        "roadmap.draft_discarded": _("Черновик плана убран"), "roadmap.accepted": _("Принята дорожная карта"),
        "roadmap.begun": _("Начата дорожная карта"), "roadmap.fanned_out": _("Розданы задания"),
        "roadmap.organisation_joined": _("Выданы задания новой организации"), "roadmap.section_added": _("Добавлен раздел"),
        "roadmap.section_renamed": _("Переименован раздел"), "roadmap.deadline_settled": _("Назван срок для всех"),
        "roadmap.dates_asked": _("Школам задан вопрос о сроке"), "roadmap.measure_added": _("Добавлено мероприятие"),
        "roadmap.measure_changed": _("Изменено мероприятие"), "roadmap.measure_removed": _("Убрано мероприятие"),
        "roadmap.archived": _("Дорожная карта убрана в архив"), "roadmap.assignment_marked": _("Отметка о выполнении"),
        "roadmap.date_named": _("Назван срок"), "roadmap.evidence_added": _("Приложено подтверждение"),
        "roadmap.evidence_removed": _("Убрано подтверждение"), "roadmap.schools_reminded": _("Отправлены напоминания"),
        "roadmap.submitted": _("Карта отдана на подпись"), "roadmap.approved": _("Карта утверждена"),
        "roadmap.approval_withdrawn": _("Утверждение карты отозвано"), "roadmap.endorsed": _("Карта согласована"),
        "roadmap.returned": _("Карта возвращена на доработку"), "roadmap.amended": _("Внесено изменение в карту"),
        "roadmap.terms_changed": _("Изменены сроки согласования"), "roadmap.model_published": _("Разослана типовая карта"),
        "roadmap.copy_received": _("Получена типовая карта"), "roadmap.changes_sent": _("Разосланы изменения типовой карты"),
        "roadmap.changes_received": _("Пришли изменения типовой карты"), "roadmap.proposal_taken": _("Взято из типовой карты"),
        "roadmap.proposal_kept": _("Оставлено по-своему"), "roadmap.line_returned": _("Строка возвращена в типовую карту"),
        "roadmap.rolled_over": _("Карта перенесена на другой год"),
        "roadmap.closed_by_fact": _("Система закрыла задание по факту"),
        "roadmap.moved_by_fact": _("Система отметила ход по факту"),
        "roadmap.reopened_by_fact": _("Система снова открыла задание"), "roadmap.facts_bound": _("Изменены факты мероприятия"),
        "roadmap.returned_to_facts": _("Возвращена автоматическая отметка"), "roadmap.report_received": _("Отчёт принят"),
        "roadmap.report_returned": _("Отчёт возвращён"), "roadmap.view_saved": _("Сохранён вид списка"),
        "roadmap.view_changed": _("Изменён вид списка"), "roadmap.view_deleted": _("Удалён вид списка"),
        "roadmap.bulk_changed": _("Изменено списком"), "roadmap.bulk_undone": _("Отменено изменение списком"),
        "roadmap.mark_taken_back": _("Изменение списком отменено"), "roadmap.feed_opened": _("Создана ссылка на календарь"),
        "roadmap.feed_revoked": _("Отозвана ссылка на календарь"), "roadmap.order_added": _("Задан порядок мероприятий"),
        "roadmap.order_removed": _("Снят порядок мероприятий"), "roadmap.baseline_taken": _("Сроки плана запомнены"),
        "roadmap.ladder_changed": _("Изменена лестница напоминаний"),
        "roadmap.ladder_reset": _("Возвращена общая лестница напоминаний"),
    },
    {
        "state": _("состояние"), "note": _("заметка"), "reason": _("причина"), "done_on": _("сделано"), "due_on": _("сделать до"),
        "number": _("номер"), "text": _("текст"), "deadline": _("срок"), "result": _("результат"), "parties": _("исполнители"),
        "title": _("название"), "measures": _("мероприятий"), "assignments": _("заданий"), "evidence": _("подтверждение"),
        "source": _("файл"), "organisations": _("организации"), "line": _("строка"), "new": _("новых"), "changed": _("изменено"),
        "approved_on": _("дата утверждения"), "endorsed_on": _("дата согласования"), "act_on": _("дата приказа"),
        "amendment": _("изменение №"), "endorse_days": _("рабочих дней на согласование"),
        "correct_days": _("рабочих дней на доработку"), "hand_in_on": _("сдать до"),
        "endorse_amendments": _("изменения согласуются"), "lines": _("строки"), "removed": _("убрано"), "marked": _("помечено"),
        "proposals": _("предложений"), "facts": _("факты"), "shared": _("видят коллеги"), "begins_after": _("начать после"),
        "baseline": _("базовые сроки"), "steps": _("шаги"), "repeat_every": _("повтор через, дней"),
        "working_days": _("рабочие дни"), "is_on": _("включено"),
    },
)  # fmt: skip
labels.register_values(dict(AssignmentState.choices))
labels.register_values(dict(Stage.choices))

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


def names_of(model: type[SavedView | CalendarFeed]) -> labels.Namer:
    """A namer by the column `name`."""
    return lambda ids: {
        str(pk): short(name) for pk, name in model._default_manager.filter(pk__in=list(ids)).values_list("pk", "name")
    }


def short(*parts: str) -> str:
    """The parts as one line that is not too long for a table."""
    return str(Truncator(" ".join(part for part in parts if part)).chars(LONGEST_NAME))


labels.register_things("roadmap.measure", _("мероприятия"), measures_of)
labels.register_things("roadmap.assignment", _("задания"), assignments_of)
labels.register_things("roadmap.roadmap", _("дорожные карты"), titles_of(Roadmap))
labels.register_things("roadmap.section", _("разделы"), titles_of(Section))
labels.register_things("roadmap.plandraft", _("черновики планов"))
labels.register_things("roadmap.approvalterms", _("сроки согласования"))
labels.register_things("roadmap.savedview", _("виды списка"), names_of(SavedView))
labels.register_things("roadmap.calendarfeed", _("ссылки на календарь"), names_of(CalendarFeed))
labels.register_things("roadmap.bulkchange", _("изменения списком"))
labels.register_things("roadmap.reminderladder", _("лестницы напоминаний"))
