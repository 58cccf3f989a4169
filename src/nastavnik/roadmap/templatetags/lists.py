"""Parts of the views of one list: switcher, table cells by column, entries of the calendar."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nastavnik.core.templatetags.nastavnik import STATUSES, icon, short_day, status_words, url_with
from nastavnik.roadmap.columns import ListColumn
from nastavnik.roadmap.queries.addresses import Switcher, switcher_of
from nastavnik.roadmap.queries.calendar import Entry
from nastavnik.roadmap.templatetags.roadmap import by_fact, late_status

register = template.Library()

LONGEST_CELL = 160
# On a phone a row becomes a card: the columns that explain themselves go without a label.
WITHOUT_LABEL = ("organisation", "number", "measure", "state")


@register.simple_tag(takes_context=True)
def views_of_list(context: dict[str, Any], kind: str) -> Switcher:
    """The switcher for the present address; the page of one plan has it in its context as `roadmap`, others
    perhaps the `plans` to choose from, the newest first."""
    request, plans = context["request"], context.get("plans")
    plan = context.get("roadmap") or (plans[0] if plans else None)
    return switcher_of(request.user, kind, request.GET, getattr(plan, "pk", None))


@register.simple_tag(takes_context=True)
def column_head(context: dict[str, Any], column: ListColumn) -> SafeString:
    """A heading; one that the list can be sorted by is a link, which turns the order around the second time."""
    if not column.order:
        return format_html('<th scope="col">{}</th>', column.heading)
    order = context["request"].GET.get("order") or "due"
    if order.removeprefix("-") != column.order:
        return format_html('<th scope="col"><a href="{}">{}</a></th>', url_with(context, order=column.order), column.heading)
    falls = order.startswith("-")
    return format_html(
        '<th scope="col" aria-sort="{}"><a href="{}">{} {}</a></th>',
        "descending" if falls else "ascending", url_with(context, order=column.order if falls else f"-{column.order}"),
        column.heading, icon("chevron-down" if falls else "chevron-up", "s"),
    )  # fmt: skip


@register.simple_tag
def list_cell(one: Any, column: ListColumn, progress: Any = None) -> SafeString:
    """An assignment's cell on the screen."""
    if column.code == "measure":
        words = Truncator(one.measure.text).chars(LONGEST_CELL)
        return format_html('<th scope="row"><a href="{}">{}</a></th>', reverse("roadmap:assignment_detail", args=[one.pk]), words)
    if column.code == "state":
        return format_html("<td>{}{}</td>", late_status(one), by_fact(one, (progress or {}).get(one.pk)))
    words = list_words(one, column)
    if column.code in WITHOUT_LABEL:
        return format_html("<td{}>{}</td>", SafeString(' class="n-place"' if column.code == "organisation" else ""), words)
    width = ' class="n-nowrap"' if column.kind == "date" else ""
    return format_html('<td{} data-label="{}">{}</td>', SafeString(width), column.heading, words)


@register.simple_tag
def list_words(one: Any, column: ListColumn) -> str:
    """An assignment's cell in words, for paper."""
    value = column.value(one)
    return short_day(value) if column.kind == "date" and value else str(value or ("–" if column.code == "due" else ""))


@register.simple_tag
def calendar_entry(entry: Entry, full: bool = False) -> SafeString:
    """A measure on a day: its state as sign and as a word for those who hear the page, its number, how many have done it."""
    name, tone, _words = STATUSES[entry.state]
    several = f"{entry.done}/{entry.total}" if entry.total > 1 else ""
    spoken = _("%(state)s, сделали %(done)s из %(total)s") % {
        "state": status_words(entry.state), "done": entry.done, "total": entry.total,
    } if several else status_words(entry.state)  # fmt: skip
    text = entry.text if full else Truncator(entry.text).chars(70)
    return format_html(
        '<li><a class="n-entry n-st-{}" href="{}"{}>{}<span>{} {}{}</span><span class="n-vh">, {}</span></a></li>',
        tone, entry.url, "" if full else format_html(' title="{}"', entry.text), icon(name, "s"), entry.number,
        format_html("<b>{}</b> ", several) if several else "", text, spoken,
    )  # fmt: skip


@register.filter
def shown_today(assignment: Any) -> str:
    """The shown state of a row as a code."""
    return assignment.shown_state(timezone.localdate()).value
