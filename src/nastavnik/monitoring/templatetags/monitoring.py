"""States of monitoring as icon, word and colour."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from nastavnik.core.templatetags.nastavnik import icon
from nastavnik.monitoring.enums import AnswerValue, SheetState, Standing

register = template.Library()

STANDINGS = {
    Standing.MET: ("check", "ok"), Standing.MISSING: ("x", "late"), Standing.EXPIRED: ("clock", "late"),
    Standing.UNKNOWN: ("help-circle", "ask"), Standing.NOT_NEEDED: ("minus", "na"),
}  # fmt: skip
SHEETS = {
    SheetState.PLANNED: ("clock", "wait"), SheetState.FILLING: ("circle-dashed", "work"), SheetState.SIGNED: ("signature", "work"),
    SheetState.ACKNOWLEDGED: ("eye", "work"), SheetState.REMEDIED: ("help-circle", "ask"), SheetState.SETTLED: ("check", "ok"),
}  # fmt: skip
ANSWERS = {
    AnswerValue.YES: ("check", "ok"), AnswerValue.PARTLY: ("circle-dashed", "ask"), AnswerValue.NO: ("x", "late"),
    AnswerValue.NOT_NEEDED: ("minus", "na"),
}  # fmt: skip


def shown(look: tuple[str, str], words: Any) -> SafeString:
    """The pill."""
    name, tone = look
    return format_html('<span class="n-st n-st-{}">{}{}</span>', tone, icon(name, "s"), words)


@register.simple_tag
def standing(state: str, words: str = "") -> SafeString:
    """How a requirement stands."""
    found = Standing(state)
    return shown(STANDINGS[found], words or found.label)


@register.simple_tag
def sheet_status(state: str) -> SafeString:
    """How far a sheet is."""
    found = SheetState(state)
    return shown(SHEETS[found], found.label)


@register.simple_tag
def answer_status(value: str) -> SafeString:
    """What was found; a dash where nothing was."""
    return shown(ANSWERS[AnswerValue(value)], AnswerValue(value).label) if value else format_html("–")


@register.simple_tag
def signed_of(control: Any) -> SafeString:
    """«3 / 12»."""
    return format_html("{} / {}", control.schools - control.open_sheets, control.schools)
