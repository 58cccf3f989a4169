"""A line of a copy beside the model's."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nastavnik.core.templatetags.nastavnik import icon
from nastavnik.roadmap.comparing import ChangeKind, Line, compare_words

register = template.Library()

KINDS: dict[str, tuple[str, str, Any]] = {
    "same": ("check", "ok", gettext_lazy("Как в типовой")), "changed": ("pencil", "work", gettext_lazy("Изменено")),
    "left_out": ("minus", "na", gettext_lazy("Не взято")), "added": ("plus", "okl", gettext_lazy("Добавлено")),
    "given_up": ("ban", "ask", gettext_lazy("Убрано из типовой")), "removed": ("ban", "ask", gettext_lazy("Убрано из типовой")),
    "waiting": ("clock", "wait", gettext_lazy("Не получена")),
}  # fmt: skip
ELEMENTS = {ChangeKind.REMOVED: "del", ChangeKind.ADDED: "ins"}


@register.simple_tag
def line_status(kind: str, words: str = "") -> SafeString:
    """Icon, word and colour of what became of a line."""
    name, tone, usual = KINDS[kind]
    return format_html('<span class="n-st n-st-{}">{}{}</span>', tone, icon(name, "s"), words or usual)


@register.simple_tag
def compared(old: str, new: str) -> SafeString:
    """The new text with what it has lost and gained."""
    return format_html_join(" ", "{}", ((piece(one.kind, one.text),) for one in compare_words(old, new)))


def piece(kind: ChangeKind, text: str) -> SafeString:
    """A stretch of words; what was lost and gained is also said to those who hear the page."""
    if kind not in ELEMENTS:
        return format_html("{}", text)
    heard = _("убрано:") if kind is ChangeKind.REMOVED else _("добавлено:")
    element = SafeString(ELEMENTS[kind])
    return format_html('<{}><span class="n-vh">{} </span>{}</{}>', element, heard, text, element)


@register.simple_tag
def line_words(line: Line | None, shown: str = "") -> SafeString:
    """A line as the paper prints it: text, then what else was asked for (`deadline`, `parties`, `result`)."""
    if line is None:
        return SafeString("–")
    parts = [("deadline", _("Срок:"), line.deadline), ("parties", _("Исполнители:"), ", ".join(line.parties)),
             ("result", _("Результат:"), line.result)]  # fmt: skip
    small = [(words, value) for name, words, value in parts if value and (not shown or name in shown)]
    return format_html("{}{}", line.text, format_html_join("", "<small>{} {}</small>", small))


@register.simple_tag
def line_difference(old: Line, new: Line) -> SafeString:
    """Two states of a line as one text with marks, only the parts that differ below it."""
    rows = [(_("Срок:"), old.deadline, new.deadline), (_("Исполнители:"), ", ".join(old.parties), ", ".join(new.parties)),
            (_("Результат:"), old.result, new.result)]  # fmt: skip
    small = [(words, compared(before, after)) for words, before, after in rows if before != after]
    return format_html("{}{}", compared(old.text, new.text), format_html_join("", "<small>{} {}</small>", small))


@register.filter
def kept_line(line: dict[str, Any]) -> Line:
    """A line that is kept as plain values."""
    from nastavnik.roadmap.queries.editions import printed_line  # noqa: PLC0415 -- leaf

    return printed_line(line)


@register.filter
def stored_line(measure: Any) -> Line:
    """A stored line."""
    from nastavnik.roadmap.queries.copies import row_line  # noqa: PLC0415 -- leaf

    return row_line(measure)
