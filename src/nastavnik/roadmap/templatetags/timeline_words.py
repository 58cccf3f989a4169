"""Words of the timeline: what a lane says to those who hear it, what has moved and by how much."""

from datetime import date

from django import template
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nastavnik.core.templatetags.nastavnik import STATUSES, day_month, icon, plural_form
from nastavnik.roadmap.enums import ShownState
from nastavnik.roadmap.layout import Mark, Window
from nastavnik.roadmap.models import Measure
from nastavnik.roadmap.queries.baselines import Was
from nastavnik.roadmap.queries.order import Bond
from nastavnik.roadmap.queries.plans import deadline_words
from nastavnik.roadmap.queries.progress import Progress
from nastavnik.roadmap.queries.timeline import Lane
from planreader.model import Deadline

register = template.Library()

# The class of each state; its sign stands inside the mark, so that colour is never alone.
TONES = {
    ShownState.LATE: "late", ShownState.ASK: "ask", ShownState.IN_PROGRESS: "work", ShownState.WAITING: "wait",
    ShownState.DONE: "ok", ShownState.NOT_APPLICABLE: "na", ShownState.NOT_DONE: "late", ShownState.DONE_LATE: "ok", "": "none",
}  # fmt: skip


@register.filter
def tiny_day(day: date) -> str:
    """«27 ноя»: a label on the scale."""
    return f"{day.day} {format_date(day, 'E')[:3]}"


@register.simple_tag
def period_words(window: Window) -> str:
    """«сентябрь 2026 – август 2027», «ноябрь 2026»."""
    first, last = month_words(window.start), month_words(window.end)
    return first if first == last else f"{first} – {last}"


def month_words(day: date) -> str:
    """«ноябрь 2026»."""
    return format_date(day, "F Y").lower()


def one_of_several(mark: Mark, state: str) -> str:
    """«До 20 ноября, сделано.»."""
    shown = STATUSES[state][2] if state else ""
    words = span_words(mark.start, mark.end)
    return f"{words[:1].upper()}{words[1:]}{f', {str(shown).lower()}' if shown else ''}."


def span_words(start: date | None, end: date | None) -> str:
    """«1 сентября – 30 сентября», «до 20 ноября»."""
    if end is None:
        return _("с %(day)s") % {"day": day_month(start)}
    return f"{day_month(start)} – {day_month(end)}" if start and start != end else _("до %(day)s") % {"day": day_month(end)}


@register.simple_tag
def lane_words(lane: Lane) -> str:
    """A lane in words, for those who do not see it."""
    measure, parts = lane.measure, [f"{number_words(lane.measure)} {lane.measure.text[:80]}".strip()]
    parts.append(deadline_words(measure.deadline) or _("без срока"))
    parts.append(progress_words(lane.state, lane.progress))
    if lane.was and lane.was.moved:
        parts.append(was_words(lane.was))
    if lane.fact:
        parts.append(
            _("сделали с %(first)s по %(last)s") % {"first": day_month(lane.fact.first), "last": day_month(lane.fact.last)}
        )
    parts += [bond_words(bond) for bond in lane.after]
    return ". ".join(parts)


@register.filter
def number_words(measure: Measure) -> str:
    """«1.10» for «1.10.»."""
    return measure.number.rstrip(".)")


def progress_words(state: str, progress: Progress) -> str:
    """«сделано 11 из 12, просрочено 1»."""
    tally = progress.tally
    if not state:
        return _("у вас заданий нет")
    if state == ShownState.NOT_APPLICABLE or (tally.required == 1 and state != ShownState.LATE):
        return str(STATUSES[state][2]).lower()
    done = _("сделано %(done)s из %(total)s") % {"done": tally.done, "total": tally.required}
    return f"{done}, {_('просрочено %(late)s') % {'late': tally.late}}" if tally.late else done


@register.filter
def was_words(was: Was) -> str:
    """«было до 15.12.2026, теперь на 5 дней позже»."""
    if was.added:
        return _("добавлено позже")
    if was.end is None:
        return _("раньше срока не было")
    return _("было %(text)s, %(shift)s") % {"text": was.text or span_words(was.start, was.end), "shift": shift_words(was.days)}


@register.filter
def shift_words(days: int | None) -> str:
    """«на 5 дней позже», «на 1 день раньше»."""
    if days is None:
        return _("теперь без дня")
    if not days:
        return _("конец прежний")
    count = abs(days)
    values = {"days": count, "word": plural_form(count, _("день"), _("дня"), _("дней"))}
    return (_("на %(days)s %(word)s позже") if days > 0 else _("на %(days)s %(word)s раньше")) % values


@register.filter
def deadline_said(deadline: Deadline) -> str:
    """A deadline's days in words."""
    return deadline_words(deadline)


@register.filter
def bond_words(bond: Bond) -> str:
    """«начать после 1.4», and that it begins too early."""
    words = _("начать после %(number)s") % {"number": number_words(bond.first) or bond.first.text[:40]}
    return f"{words}, {_('но начинается раньше, чем оно закончится')}" if bond.broken else words


@register.simple_tag
def progress_cell(state: str, progress: Progress) -> SafeString:
    """Icon and «11 из 12» in front of a lane; a single task says its state."""
    tally = progress.tally
    if not state:
        return format_html('<span class="tl-none">{}</span>', "–")
    name, _tone, usual = STATUSES[state]
    if state == ShownState.NOT_APPLICABLE or tally.required == 1:
        words = str(usual).lower()
    else:
        words = _("%(done)s из %(total)s") % {"done": tally.done, "total": tally.required}
    loud = state in (ShownState.LATE, ShownState.DONE, ShownState.ASK)
    return format_html('<span class="k-{}">{}{}</span>', TONES[state], icon(name, "s") if loud else "", words)
