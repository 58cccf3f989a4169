"""States of the roadmap's rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AssignmentState(models.TextChoices):
    """What the organisation says. «Overdue» is not a state: it is an open state after the due day."""

    PLANNED = "planned", _("Не начато")
    IN_PROGRESS = "in_progress", _("В работе")
    DONE = "done", _("Сделано")
    NOT_DONE = "not_done", _("Не сделано")
    NOT_APPLICABLE = "not_applicable", _("Не требуется")


OPEN_STATES = (AssignmentState.PLANNED, AssignmentState.IN_PROGRESS)
STATES_WITH_REASON = (AssignmentState.NOT_DONE, AssignmentState.NOT_APPLICABLE)


class ShownState(models.TextChoices):
    """What a person sees: the state and the calendar taken together."""

    LATE = "late", _("Просрочено")
    ASK = "ask", _("Уточнить срок")
    IN_PROGRESS = "in_progress", _("В работе")
    WAITING = "waiting", _("Ждёт срока")
    NOT_DONE = "not_done", _("Не сделано")
    DONE = "done", _("Сделано")
    DONE_LATE = "done_late", _("Сделано с опозданием")
    NOT_APPLICABLE = "not_applicable", _("Не требуется")


# Of several states the one that needs attention most.
WORST_FIRST = (
    ShownState.LATE, ShownState.ASK, ShownState.NOT_DONE, ShownState.IN_PROGRESS, ShownState.WAITING, ShownState.DONE_LATE,
    ShownState.DONE, ShownState.NOT_APPLICABLE,
)  # fmt: skip


class ViewKind(models.TextChoices):
    """The ways to look at one list of assignments."""

    TABLE = "table", _("Таблица")
    BOARD = "board", _("Матрица")
    KANBAN = "kanban", _("Доска")
    CALENDAR = "calendar", _("Календарь")
    TIMELINE = "timeline", _("Лента")


class DraftState(models.TextChoices):
    """A plan that was read and waits for acceptance."""

    OPEN = "open", _("Проверяется")
    ACCEPTED = "accepted", _("Принят")
    DISCARDED = "discarded", _("Отменён")


class RoadmapState(models.TextChoices):
    """A roadmap at work, or put away."""

    ACTIVE = "active", _("Действует")
    ARCHIVED = "archived", _("В архиве")


class Purpose(models.TextChoices):
    """A plan that its owner carries out, or a model that organisations below receive a copy of and adapt."""

    WORK = "work", _("Рабочая")
    MODEL = "model", _("Типовая")


class ProposalKind(models.TextChoices):
    """What the model roadmap would do to a copy."""

    CHANGED = "changed", _("Изменить строку")
    ADDED = "added", _("Добавить строку")
    REMOVED = "removed", _("Убрать строку")


class ProposalState(models.TextChoices):
    """What became of a proposal; a later edition of the model takes the place of an undecided one."""

    OPEN = "open", _("Ждёт решения")
    TAKEN = "taken", _("Взято из типовой")
    KEPT = "kept", _("Оставлено по-своему")
    REPLACED = "replaced", _("Заменено новым")


class Stage(models.TextChoices):
    """How far the paper of a roadmap has come. A school's approved roadmap still waits for the department."""

    DRAFT = "draft", _("Проект")
    APPROVED = "approved", _("Утверждена")
    RETURNED = "returned", _("Возвращена на доработку")
    ENDORSED = "endorsed", _("Согласована")


class StepKind(models.TextChoices):
    """What was done with the paper of a roadmap."""

    SUBMITTED = "submitted", _("Отдана на подпись")
    APPROVED = "approved", _("Утверждена")
    WITHDRAWN = "withdrawn", _("Утверждение отозвано")
    RETURNED = "returned", _("Возвращена на доработку")
    ENDORSED = "endorsed", _("Согласована")
    AMENDED = "amended", _("Изменена")


class VersionKind(models.TextChoices):
    """Why a picture of the plan was kept."""

    APPROVED = "approved", _("Утверждённая")
    AMENDED = "amended", _("С изменением")
    ENDORSED = "endorsed", _("Согласованная")


class EvidenceKind(models.TextChoices):
    """What a proof is. A report waits until whoever stands above has received it."""

    PROOF = "proof", _("Подтверждение")
    ORDER = "order", _("Приказ или положение")
    REPORT = "report", _("Отчёт")


class Verdict(models.TextChoices):
    """What whoever stands above says of a report."""

    WAITING = "waiting", _("Ждёт приёма")
    RECEIVED = "received", _("Принят")
    RETURNED = "returned", _("Возвращён")


class FactRule(models.TextChoices):
    """When a measure that is bound to several facts is done."""

    ALL = "all", _("все факты")
    ANY = "any", _("любой из фактов")


class FactMark(models.TextChoices):
    """Who holds the mark of an assignment whose measure is bound to facts: a person as always, the facts, or a person
    against the facts (then the facts leave it alone)."""

    HAND = "", _("вручную")
    BY_FACT = "by_fact", _("по факту")
    OVERRULED = "overruled", _("вручную вместо факта")


class Audience(models.TextChoices):
    """To whom a step of the ladder of reminders speaks."""

    COORDINATOR = "coordinator", _("куратору")
    HEAD = "head", _("руководителю")
    DEPARTMENT = "department", _("управлению образования")
