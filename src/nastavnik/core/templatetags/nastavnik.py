"""Small parts of pages: icon, status, chip, dates and numbers in words."""

from datetime import date, datetime
from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

register = template.Library()

# The icon, the tone and the words of each shown state.
STATUSES: dict[str, tuple[str, str, Any]] = {
    "done": ("check", "ok", _("Сделано")),
    "done_late": ("check", "okl", _("Сделано с опозданием")),
    "in_progress": ("circle-dashed", "work", _("В работе")),
    "late": ("alert-circle", "late", _("Просрочено")),
    "not_done": ("x", "no", _("Не сделано")),
    "waiting": ("clock", "wait", _("Ждёт срока")),
    "ask": ("help-circle", "ask", _("Уточнить срок")),
    "not_applicable": ("minus", "na", _("Не требуется")),
}
RUSSIAN_MANY = range(11, 15)


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon of the sprite; decoration only, so it is hidden from screen readers. `size="s"` is the small one."""
    return format_html(
        '<svg class="n-i{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f" n-i-{size}" if size else "", static("vendor/icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def status(state: str, words: str = "") -> SafeString:
    """Icon, word and colour of a state; `words` replaces the usual word."""
    name, tone, usual = STATUSES[state]
    return format_html('<span class="n-st n-st-{}">{}{}</span>', tone, icon(name, "s"), words or usual)


@register.simple_tag
def status_words(state: str) -> str:
    """The words of a state."""
    return str(STATUSES[state][2])


@register.simple_tag
def chip(value: Any, kind: str = "", icon_name: str = "", note: str = "", doubtful: bool = False) -> SafeString:
    """A pill: icon, small grey kind, value, small grey note; a doubtful one is dashed and ends with «?»."""
    return format_html(
        '<span class="n-chip{}">{}{}<span>{}{}</span>{}</span>',
        " n-chip-ask" if doubtful else "",
        icon(icon_name, "s") if icon_name else "",
        format_html("<small>{}</small>", kind) if kind else "",
        value,
        "?" if doubtful else "",
        format_html("<small>{}</small>", note) if note else "",
    )


@register.simple_tag
def plural(number: int, one: str, few: str, many: str) -> str:
    """The word that fits the number: 1 школа, 2 школы, 5 школ. English uses `one` for 1 and `many` otherwise."""
    return plural_form(number, one, few, many)


def plural_form(number: int, one: str, few: str, many: str) -> str:
    """See `plural`."""
    number = abs(int(number))
    if get_language() != "ru":
        return one if number == 1 else many
    if number % 100 in RUSSIAN_MANY:
        return many
    return {1: one, 2: few, 3: few, 4: few}.get(number % 10, many)


@register.filter
def day_month(value: date | datetime | None) -> str:
    """«13 ноября», with the year when it is not the present one; a dash for nothing."""
    if value is None:
        return "–"
    day = timezone.localtime(value).date() if isinstance(value, datetime) else value
    pattern = "j E" if day.year == timezone.localdate().year else "j E Y"
    return format_date(day, pattern)


@register.filter
def short_day(value: date | datetime | None) -> str:
    """«13.11.2026»; a dash for nothing."""
    if value is None:
        return "–"
    day = timezone.localtime(value) if isinstance(value, datetime) else value
    return format_date(day, "d.m.Y")


@register.filter
def weekday_day(value: date) -> str:
    """«ср, 25 ноября»."""
    return f"{format_date(value, 'D').lower()}, {day_month(value)}"


@register.filter
def days_since(value: date) -> int:
    """Whole days from a day until today; negative for a day to come."""
    return (timezone.localdate() - value).days


@register.filter
def days_ahead(value: date) -> str:
    """«сегодня», «завтра», «через 3 дня»."""
    days = (value - timezone.localdate()).days
    if days < 2:
        return str(_("сегодня") if days < 1 else _("завтра"))
    words = {"days": days, "word": plural_form(days, str(_("день")), str(_("дня")), str(_("дней")))}
    return str(_("через %(days)s %(word)s")) % words


@register.filter
def moment(value: datetime) -> str:
    """«13 ноября, 9:14»."""
    return f"{day_month(value)}, {format_date(timezone.localtime(value), 'G:i')}"


@register.filter
def may(user: Any, right: str) -> bool:
    """Does the present appointment carry the right?"""
    return user.is_authenticated and user.may(right)


@register.filter
def lookup(mapping: Any, key: Any) -> Any:
    """A value of a mapping by a key that is a variable; None when it is not there."""
    return mapping.get(key)


@register.filter
def bare_number(text: str) -> str:
    """«1.10» for «1.10.»."""
    return text.rstrip(".)")


@register.filter
def together(first: Any, second: Any) -> Any:
    """Pairs of two equally long lists."""
    return zip(first, second, strict=True)


@register.simple_tag(takes_context=True)
def url_with(context: dict[str, Any], **changes: Any) -> str:
    """The present query with changes; an empty value removes the key, and a change of anything leaves the page cursor."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    if not {"after", "before"} & changes.keys():
        query.pop("after", None)
        query.pop("before", None)
    for name, value in changes.items():
        if value in ("", None, False):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("core/parts/field.html")
def field(bound: BoundField, hint: str = "", seen_by: str = "", optional: bool = True) -> dict[str, Any]:
    """A labelled control with hint and errors tied to it; `seen_by` says who will read what is typed. `optional=False`
    keeps «необязательно» away from a field that only its group can demand."""
    described = [
        f"{bound.id_for_label}-{part}" for part, there in (("hint", hint or bound.help_text), ("error", bound.errors)) if there
    ]
    attributes = {"class": "n-check" if is_checkbox(bound) else "n-input"}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attributes),
        "hint": hint or bound.help_text,
        "seen_by": seen_by,
        "optional": optional and not bound.field.required,
        "checkbox": is_checkbox(bound),
    }


def is_checkbox(bound: BoundField) -> bool:
    """A single check box stands before its label."""
    return bound.widget_type == "checkbox"
