"""Lanes, scale and words of the timeline. Lengths are SVG attributes in percents; colours and patterns are classes."""

from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nastavnik.roadmap.layout import MONTH, QUARTER, YEAR, Arrow, Mark, Window, day_offs, ticks_of, upper_ticks
from nastavnik.roadmap.queries.baselines import Was
from nastavnik.roadmap.queries.plans import deadline_words
from nastavnik.roadmap.queries.progress import Progress, state_at
from nastavnik.roadmap.queries.timeline import Lane, Timeline
from nastavnik.roadmap.templatetags.timeline_words import TONES, lane_words, month_words, one_of_several, tiny_day

register = template.Library()

SIGNS = {"late": "tl-late", "ok": "tl-ok"}
EMPTY = SafeString("")


@register.simple_tag
def zooms() -> list[tuple[str, Any]]:
    """The widths that can be chosen."""
    return [(YEAR, _("Год")), (QUARTER, _("Квартал")), (MONTH, _("Месяц"))]


@register.simple_tag
def grid(timeline: Timeline) -> SafeString:
    """What every lane repeats by reference: days off, lines of the scale, today."""
    window, today = timeline.window, timezone.localdate()
    width = window.right(window.start)
    offs = [(x, width) for x in day_offs(window, timeline.zoom)]
    parts = [format_html_join("", '<rect class="tl-off" x="{}%" width="{}%" height="100%"/>', offs)]
    parts += [
        format_html(
            '<line class="{}" x1="{}%" x2="{}%" y1="0" y2="100%"/>', "tl-major" if tick.major else "tl-line", tick.x, tick.x
        )
        for tick in ticks_of(window, timeline.zoom)
        if tick.x > 0
    ]
    if window.holds(today):
        x = window.middle(today)
        parts.append(format_html('<line class="tl-now" x1="{}%" x2="{}%" y1="0" y2="100%"/>', x, x))
    return together(parts)


@register.simple_tag
def scale(timeline: Timeline) -> SafeString:
    """The head of the lanes: years over months, months over weeks or days, and today by its date."""
    window, today = timeline.window, timezone.localdate()
    upper = [(tick.x, upper_label(tick.day, timeline.zoom)) for tick in upper_ticks(window, timeline.zoom, today)]
    lower = [(tick.x, lower_label(tick.day, timeline.zoom)) for tick in ticks_of(window, timeline.zoom) if tick.labelled]
    parts = [
        format_html_join("", '<text class="tl-up" x="{}%" dx="5" y="15">{}</text>', upper),
        format_html_join("", f'<text x="{{}}%" dx="{2 if timeline.zoom == MONTH else 5}" y="34">{{}}</text>', lower),
    ]
    if window.holds(today):
        x = window.middle(today)
        anchor = "start" if x < 5 else "end" if x > 95 else "middle"
        parts.append(format_html('<text class="tl-today" x="{}%" y="15" text-anchor="{}">{}</text>', x, anchor, tiny_day(today)))
    return format_html('<svg class="tl-scale" aria-hidden="true"><use href="#tl-grid" y="20"/>{}</svg>', together(parts))


def upper_label(day: date, zoom: str) -> str:
    """A year, or a month with its year."""
    return str(day.year) if zoom == YEAR else month_words(day)


def lower_label(day: date, zoom: str) -> str:
    """«сен», or the number of the day."""
    return format_date(day, "F")[:3].lower() if zoom == YEAR else str(day.day)


@register.simple_tag
def lane_svg(lane: Lane, timeline: Timeline, movable: bool = False) -> SafeString:
    """A lane: what was and what was done as thin lines, then its signs; each sign is a link with its meaning in words."""
    window = timeline.window
    parts = [was_line(lane.was, window), fact_line(lane, window)]
    url = reverse("roadmap:measure_detail", args=[lane.measure.pk])
    words = lane_words(lane)
    if lane.layout.marks:
        if len(lane.layout.marks) > 1 and lane.layout.marks[0].kind == "ring":
            parts.append(thread(lane.layout.marks))
        parts += [mark_link(mark, lane, url, words, movable=movable and lane.movable) for mark in lane.layout.marks]
    else:
        parts.append(off_link(lane, url, words))
    return format_html('<svg><use href="#tl-grid"/>{}</svg>', together(parts))


def thread(marks: tuple[Mark, ...]) -> SafeString:
    """The line on which the rings of a rhythm hang."""
    return format_html('<line class="tl-thread" x1="{}%" x2="{}%" y1="14" y2="14"/>', marks[0].x, marks[-1].x)


def mark_link(mark: Mark, lane: Lane, url: str, words: str, *, movable: bool) -> SafeString:
    """One sign. What can be moved carries its days."""
    state = state_at(lane.progress, mark.index, lane.state)
    tone = TONES[state]
    drawn = bar(mark, lane.progress, tone) if mark.width else sign(mark, tone)
    said = words if len(lane.layout.marks) == 1 else f"{one_of_several(mark, state)} {words}"
    days = EMPTY
    if movable:
        start = format_html(' data-s="{}"', mark.start.isoformat()) if mark.start else EMPTY
        days = format_html(' data-i="{}" data-e="{}"{}', mark.index, mark.end.isoformat() if mark.end else "", start)
    label = EMPTY
    if mark.label and mark.end:
        words, left = _("до %(day)s") % {"day": tiny_day(mark.end)}, mark.label == "start"
        label = label_svg(words, f"{mark.x}%", -13 if left else 13, "e" if left else "")
    return format_html('<a class="m {}" href="{}" aria-label="{}"{}>{}</a>{}', tone, url, said, days, drawn, label)


def label_svg(words: str, x: str, away: int, classes: str) -> SafeString:
    """Words beside a sign, for those who see it: the sign itself says everything in full."""
    return format_html('<text class="{}" x="{}" dx="{}" y="18" aria-hidden="true">{}</text>', classes, x, away, words)


def bar(mark: Mark, progress: Progress, tone: str) -> SafeString:
    """A period; the part that is done is filled. What goes on beyond the screen has no rounded end there."""
    if mark.kind == "hatch":
        return format_html('<rect class="h" x="{}%" y="7" width="{}%" height="14" rx="3"/>', mark.x, mark.width)
    tally = progress.by_occurrence.get(mark.index, progress.tally)
    done = round(mark.width * tally.done / tally.required, 2) if tally.required else 0
    filled = format_html('<rect class="f" x="{}%" y="7" width="{}%" height="14" rx="3"/>', mark.x, done) if done else EMPTY
    shown = format_html('<use href="#{}" x="{}%" y="14"/>', SIGNS[tone], round(mark.x + mark.width, 2)) if tone in SIGNS else EMPTY
    return format_html('<rect class="g" x="{}%" y="7" width="{}%" height="14" rx="3"/>{}{}', mark.x, mark.width, filled, shown)


def sign(mark: Mark, tone: str) -> SafeString:
    """A diamond or a ring."""
    shape = "tl-ring" if mark.kind == "ring" else "tl-dia"
    parts = [format_html('<use href="#{}" x="{}%" y="14"/>', shape, mark.x)]
    if tone in SIGNS:
        parts.append(format_html('<use class="s" href="#{}-s" x="{}%" y="14"/>', SIGNS[tone], mark.x))
    return together(parts)


def off_link(lane: Lane, url: str, words: str) -> SafeString:
    """A lane without signs says where its days are, or why it has none."""
    earlier, later, tone = lane.layout.earlier, lane.layout.later, TONES[lane.state]
    if earlier:
        shape, label = "tl-back", label_svg(tiny_day(earlier), "0", 18, f"o {tone}")
    elif later:
        shape, label = "tl-on", label_svg(tiny_day(later), "100%", -18, f"e o {tone}")
    else:
        said = deadline_words(lane.measure.deadline)[:60] or _("без срока")
        shape, label = "tl-dot", label_svg(said, "0", 18, f"o {tone}")
    x = "100%" if later and not earlier else "0"
    return format_html(
        '<a class="m o {}" href="{}" aria-label="{}"><use href="#{}" x="{}" y="14"/></a>{}', tone, url, words, shape, x, label
    )


def was_line(was: Was | None, window: Window) -> SafeString:
    """A thin outline where the deadline stood, only where it has moved."""
    if was is None or not was.moved or was.end is None:
        return EMPTY
    start = was.start or was.end
    if start > window.end or was.end < window.start:
        return EMPTY
    left, right = window.left(start), window.right(was.end)
    return format_html('<rect class="tl-was" x="{}%" y="22" width="{}%" height="4"/>', left, max(round(right - left, 2), 1.2))


def fact_line(lane: Lane, window: Window) -> SafeString:
    """From the first done to the last, with a dot where half had done it."""
    if lane.fact is None or lane.fact.last < window.start or lane.fact.first > window.end:
        return EMPTY
    first, last, half = window.left(lane.fact.first), window.right(lane.fact.last), window.middle(lane.fact.median)
    return format_html(
        '<line class="tl-fact" x1="{}%" x2="{}%" y1="3" y2="3"/><circle class="tl-fact" cx="{}%" cy="3" r="2.5"/>',
        first,
        last,
        half,
    )


@register.simple_tag
def arrows_svg(timeline: Timeline) -> SafeString:
    """The order of measures as lines with arrowheads under the signs; what is broken is dashed and lies above them."""
    kept, broken = [[one for one in timeline.arrows if one.broken is wanted] for wanted in (False, True)]
    layers = [("tl-arrows", kept), ("tl-arrows tl-over", broken)]
    return together(
        format_html('<svg class="{}" aria-hidden="true">{}</svg>', classes, together(map(arrow_lines, arrows)))
        for classes, arrows in layers
        if arrows
    )


def arrow_lines(arrow: Arrow) -> SafeString:
    """Down or up, then across."""
    down = '<line class="{0}" x1="{1}%" y1="{2}%" x2="{1}%" y2="{3}%"/>'
    across = '<line class="{0}" x1="{1}%" y1="{3}%" x2="{4}%" y2="{3}%" marker-end="url(#tl-tip{5})"/>'
    return format_html(down + across, "x" if arrow.broken else "", arrow.x1, arrow.y1, arrow.y2, arrow.x2, tip_of(arrow))


def tip_of(arrow: Arrow) -> str:
    """Which arrowhead: one that stops short of a diamond's edge, in red where the order is broken."""
    return f"{'-x' if arrow.broken else ''}{'-d' if arrow.to_sign else ''}"


def together(parts: Any) -> SafeString:
    """Pieces that are safe already, as one."""
    return format_html_join("", "{}", ((part,) for part in parts))
