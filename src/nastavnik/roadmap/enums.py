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


class Stage(models.TextChoices):
    """How far the paper of a roadmap has come. A school's approved roadmap still waits for the department."""

    DRAFT = "draft", _("Проект")
    APPROVED = "approved", _("Утверждена")
    RETURNED = "returned", _("Возвращена на доработку")
    ENDORSED = "endorsed", _("Согласована")


class Audience(models.TextChoices):
    """To whom a step of the ladder of reminders speaks."""

    COORDINATOR = "coordinator", _("куратору")
    HEAD = "head", _("руководителю")
    DEPARTMENT = "department", _("управлению образования")
