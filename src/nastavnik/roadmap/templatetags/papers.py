"""Stages, steps, versions and changed lines in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nastavnik.core.templatetags.nastavnik import icon, plural_form, short_day
from nastavnik.roadmap.approving import is_in_force
from nastavnik.roadmap.comparing import ChangeKind, LineChange
from nastavnik.roadmap.enums import Stage, StepKind, VersionKind
from nastavnik.roadmap.models import RoadmapVersion
from nastavnik.roadmap.queries.differences import Difference
from nastavnik.roadmap.queries.school_plans import LATE, NO_PLAN
from nastavnik.roadmap.words import STAGE_WORDS

register = template.Library()

STAGE_MARKS = {
    NO_PLAN: ("minus", "na"), Stage.DRAFT: ("pencil", "wait"), Stage.APPROVED: ("signature", "work"),
    Stage.RETURNED: ("arrow-back-up", "late"), Stage.ENDORSED: ("shield-check", "ok"),
}  # fmt: skip
STEP_MARKS = {
    StepKind.SUBMITTED: ("send", "wait"), StepKind.APPROVED: ("signature", "ok"), StepKind.WITHDRAWN: ("arrow-back-up", "ask"),
    StepKind.RETURNED: ("arrow-back-up", "late"), StepKind.ENDORSED: ("shield-check", "ok"), StepKind.AMENDED: ("pencil", "work"),
}  # fmt: skip
CHANGE_MARKS: dict[str, tuple[str, str, Any]] = {
    ChangeKind.ADDED: ("plus", "ok", gettext_lazy("Добавлено")), ChangeKind.REMOVED: ("minus", "late", gettext_lazy("Убрано")),
    ChangeKind.CHANGED: ("pencil", "ask", gettext_lazy("Изменено")),
    ChangeKind.MOVED: ("arrows-move-vertical", "work", gettext_lazy("Перенесено")),
}  # fmt: skip


def mark(sign: str, tone: str, words: Any) -> SafeString:
    """Icon, word and colour, as `status` writes them."""
    return format_html('<span class="n-st n-st-{}">{}{}</span>', tone, icon(sign, "s"), words)


@register.simple_tag
def stage_status(stage: str) -> SafeString:
    """The stage of a school's plan as its department sees it, or «Карты нет»."""
    return mark(*STAGE_MARKS[stage], STAGE_WORDS[stage])


@register.simple_tag
def plan_stage(roadmap: Any) -> SafeString:
    """The stage of any plan; a plan that goes no further is done with its approval."""
    return mark(*STAGE_MARKS[roadmap.stage], Stage(roadmap.stage).label)


@register.simple_tag
def step_status(kind: str) -> SafeString:
    """One step of the log."""
    return mark(*STEP_MARKS[StepKind(kind)], StepKind(kind).label)


@register.simple_tag
def change_status(change: LineChange) -> SafeString:
    """What became of a line; a changed line that also stands elsewhere says both."""
    kinds = [change.kind] + [ChangeKind.MOVED] * (change.moved and change.kind is not ChangeKind.MOVED)
    return format_html_join(" ", "{}", ((mark(*CHANGE_MARKS[kind]),) for kind in kinds))


@register.simple_tag
def change_counts(difference: Difference) -> SafeString:
    """«Изменено 2 · Добавлено 1», or that nothing differs."""
    found = [
        (sign, tone, words, difference.counts[kind])
        for kind, (sign, tone, words) in CHANGE_MARKS.items()
        if kind in difference.counts
    ]
    if not found:
        return mark("check", "ok", _("Различий нет"))
    return format_html_join(" ", "{}", ((mark(sign, tone, f"{words}: {count}"),) for sign, tone, words, count in found))


@register.simple_tag
def version_words(version: RoadmapVersion) -> str:
    """«Изменение № 2: приказ № 14 от 12.11.2026»."""
    words = {"number": version.amendment, "act": version.act_number, "day": short_day(version.act_on or version.at)}
    if version.kind == VersionKind.AMENDED:
        return _("Изменение № %(number)s: приказ № %(act)s от %(day)s") % words
    if version.kind == VersionKind.ENDORSED:
        return _("Согласованная %(day)s") % words
    return (_("Утверждённая: приказ № %(act)s от %(day)s") if version.act_number else _("Утверждённая %(day)s")) % words


@dataclass(frozen=True)
class StageFilter:
    """A filter chip of the list of schools' plans."""

    value: str
    words: Any
    count: int
    chosen: bool


@register.simple_tag
def stage_filters(counts: dict[str, int], chosen: str) -> list[StageFilter]:
    """Chips in the order of the work: what waits for the department first."""
    order = (Stage.APPROVED, Stage.RETURNED, Stage.DRAFT, NO_PLAN, LATE, Stage.ENDORSED)
    words = {**STAGE_WORDS, LATE: _("Опаздывают")}
    return [
        StageFilter(str(value), words[value], counts[value], value == chosen) for value in order if counts[value] or value == chosen
    ]


@register.simple_tag
def step_late(day: date) -> SafeString:
    """By how many days a step is late."""
    days = (timezone.localdate() - day).days
    words = {"days": days, "word": plural_form(days, _("день"), _("дня"), _("дней"))}
    return mark("alert-circle", "late", _("Просрочено на %(days)s %(word)s") % words)


@register.filter
def in_force(roadmap: Any) -> bool:
    """Does the plan change by amendments only?"""
    return is_in_force(roadmap)
