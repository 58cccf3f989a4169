"""Chips of deadlines and parties."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nastavnik.core.templatetags.nastavnik import chip, icon, plural_form, status, status_words
from nastavnik.roadmap.enums import FactMark, ShownState
from nastavnik.roadmap.queries.board import BoardRow, Cell, Column
from nastavnik.roadmap.queries.facts import Progress
from nastavnik.roadmap.queries.plans import deadline_words
from nastavnik.roadmap.words import KIND_ICONS, KIND_WORDS, ROLE_WORDS, SCOPE_WORDS
from planreader.model import Deadline, DeadlineKind, Role, Scope

register = template.Library()

# One letter per state: the board has thousands of cells. «Ждёт срока» is the plain one.
CELL_CLASSES = {
    ShownState.DONE: "d", ShownState.DONE_LATE: "o", ShownState.IN_PROGRESS: "w", ShownState.LATE: "l", ShownState.NOT_DONE: "n",
    ShownState.ASK: "q", ShownState.WAITING: "", ShownState.NOT_APPLICABLE: "x",
}  # fmt: skip
NO_CELL = "e"


@register.simple_tag
def deadline_chip(deadline: Deadline, doubtful: bool = False) -> SafeString:
    """Icon and word of the kind, the days, and how often."""
    doubtful = doubtful or deadline.kind is DeadlineKind.UNRECOGNISED
    count = len(deadline.occurrences)
    note = _("сроков: %(count)s") % {"count": count} if count > 1 else ""
    if deadline.inherited:
        note = f"{note} {_('по разделу')}".strip()
    return chip(
        deadline_words(deadline),
        kind=str(KIND_WORDS[deadline.kind]),
        icon_name=KIND_ICONS[deadline.kind],
        note=note,
        doubtful=doubtful,
    )


@register.simple_tag
def party_chip(party: Any, schools: int = 0) -> SafeString:
    """The party's words; for a fan-out «в каждой школе · 12»."""
    role, scope = Role(party.role), Scope(party.scope)
    unknown = role is Role.OTHER and scope is Scope.UNKNOWN
    everywhere = scope is Scope.EACH_SCHOOL
    note = f"{SCOPE_WORDS[scope]} · {schools}" if everywhere and schools else ""
    words = party.text if unknown or role is Role.OTHER else f"{ROLE_WORDS[role]}{f', {party.name}' if party.name else ''}"
    return chip(words, icon_name="sitemap" if everywhere else "building", note=note, doubtful=unknown)


@register.simple_tag
def shown_status(assignment: Any) -> SafeString:
    """The state of an assignment as a person sees it today."""
    return status(assignment.shown_state(timezone.localdate()).value)


@register.simple_tag
def late_status(assignment: Any) -> SafeString:
    """The state, and for how many days it is late: «Просрочено на 7 дней»."""
    today = timezone.localdate()
    shown = assignment.shown_state(today)
    if shown is not ShownState.LATE:
        return status(shown.value)
    days = (today - assignment.due_on).days
    words = {"days": days, "word": plural_form(days, _("день"), _("дня"), _("дней"))}
    return status(shown.value, _("Просрочено на %(days)s %(word)s") % words)


@register.simple_tag
def by_fact(assignment: Any, progress: Progress | None) -> SafeString:
    """«по факту · 2 из 3» under the state of an assignment that hangs on facts, or that a person marked against them."""
    if progress is None:
        return SafeString("")
    if assignment.fact_mark == FactMark.OVERRULED:
        return format_html('<small class="n-fact">{}{}</small>', icon("pencil", "s"), _("вручную вместо факта"))
    words = {"done": progress.answer.done, "total": progress.answer.total}
    numbers = format_html(" · {}", _("%(done)s из %(total)s") % words) if progress.several else ""
    return format_html('<small class="n-fact">{}{}{}</small>', icon("bolt", "s"), _("по факту"), numbers)


@register.simple_tag
def board_cells(row: BoardRow, columns: list[Column], selected: Any = None) -> SafeString:
    """The cells of a line. A cell is its class and its words, nothing else: quotes and end tags would double the page."""
    chosen = selected.measure_id if selected is not None and selected.organisation_id == row.organisation.pk else None
    made: dict[tuple[Cell | None, bool], SafeString] = {}
    parts = []
    for cell, column in zip(row.cells, columns, strict=True):
        key = (cell, column.measure.pk == chosen)
        if key not in made:
            made[key] = board_cell(*key)
        parts.append((made[key],))
    return format_html_join("", "{}", parts)


def board_cell(cell: Cell | None, selected: bool) -> SafeString:
    """One cell: words for those who hear the page, the class for those who see it."""
    letters = NO_CELL if cell is None else CELL_CLASSES[ShownState(cell.state)]
    marks = [letters, "f" if cell is not None and cell.by_fact else "", "s" if selected else ""]
    classes = " ".join(mark for mark in marks if mark)
    quoted = f'"{classes}"' if " " in classes else classes
    opening = SafeString(f"<td class={quoted}>" if classes else "<td>")
    if cell is None:
        return opening
    several = format_html(", <i>{}/{}</i>", cell.done, cell.total) if cell.total > 1 else ""
    by_fact = format_html(", {}", _("факт")) if cell.by_fact else ""
    return format_html("{}{}{}{}", opening, status_words(cell.state), by_fact, several)
