"""A deadline as a person types it: in words, or by its kind with days."""

import re
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nastavnik.core.forms import DateInput
from nastavnik.roadmap.words import DEADLINE_MODES, KIND_ICONS, RHYTHMS
from planreader.deadlines import occurrences_of, read_deadline, write_phrase
from planreader.model import Deadline, DeadlineKind, Recurrence, Span

MOST_DAYS = 60
BETWEEN_DAYS = re.compile(r"[\s,;]+")
# What each way of typing a deadline reads; one that was not touched leaves the deadline as it is.
FIELDS_OF_MODE = {
    "phrase": ("phrase",), "by": ("by_day",), "range": ("start", "end"), "list": ("days",), "recurring": ("rhythm", "day"),
}  # fmt: skip


class DaysField(forms.CharField):
    """Days one after the other, «15.12.2026, 20.05.2027»; cleaned to a sorted tuple of dates."""

    def clean(self, value: Any) -> tuple[date, ...]:
        """Raises ValidationError that names the first word that is no day."""
        words = [word for word in BETWEEN_DAYS.split(super().clean(value)) if word]
        if len(words) > MOST_DAYS:
            raise ValidationError(_("Дней больше 60. Выберите «повтор» или «весь период»."))
        return tuple(sorted({day_from(word) for word in words}))


def day_from(word: str) -> date:
    """«15.12.2026» as a day."""
    try:
        return datetime.strptime(word, "%d.%m.%Y").date()  # noqa: DTZ007 -- a day has no zone
    except ValueError as wrong:
        raise ValidationError(_("«%(word)s» не день. Пишите так: 15.12.2026.") % {"word": word[:40]}) from wrong


class DeadlineForm(forms.Form):
    """`deadline` is what stands now, `printed` the words of the paper that stay with days chosen by hand, `horizon` the
    plan's period. Valid input gives `cleaned_data["deadline"]`."""

    mode = forms.ChoiceField(
        label=gettext_lazy("Срок"), choices=DEADLINE_MODES, widget=forms.RadioSelect, initial="phrase", required=False
    )
    phrase = forms.CharField(label=gettext_lazy("Срок словами"), max_length=1000, required=False)
    by_day = forms.DateField(label=gettext_lazy("До какого дня"), required=False, widget=DateInput())
    start = forms.DateField(label=gettext_lazy("С какого дня"), required=False, widget=DateInput())
    end = forms.DateField(label=gettext_lazy("По какой день"), required=False, widget=DateInput())
    days = DaysField(label=gettext_lazy("Дни через запятую"), max_length=1000, required=False)
    rhythm = forms.ChoiceField(label=gettext_lazy("Как часто"), choices=RHYTHMS, required=False)
    day = forms.IntegerField(label=gettext_lazy("До какого числа"), min_value=1, max_value=31, required=False)

    def __init__(
        self, *args: Any, horizon: Span | None, deadline: Deadline | None = None, printed: str = "", **kwargs: Any
    ) -> None:
        self.horizon, self.present, self.printed = horizon, deadline, printed
        standing = initial_of(deadline, horizon) if deadline else {}
        super().__init__(*args, initial={**standing, **kwargs.pop("initial", {})}, **kwargs)

    @property
    def modes(self) -> list[tuple[Any, str]]:
        """The radio buttons with their icons."""
        return [(radio, KIND_ICONS.get(radio.data["value"], "message")) for radio in self["mode"]]

    def clean(self) -> dict[str, Any]:
        """The parts that the chosen kind needs, turned into a Deadline."""
        cleaned = super().clean() or {}
        cleaned["mode"] = cleaned.get("mode") or "phrase"
        self.check_days(cleaned)
        if not self.errors:
            cleaned["deadline"] = self.chosen(cleaned)
        return cleaned

    def check_days(self, cleaned: dict[str, Any]) -> None:
        """What is missing or out of order for the chosen kind."""
        mode, start, end = cleaned["mode"], cleaned.get("start"), cleaned.get("end")
        if mode == "by" and not cleaned.get("by_day"):
            self.add_error("by_day", _("Укажите день."))
        if mode == "list" and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", _("Укажите хотя бы один день."))
        if mode == "range" and not (start and end):
            self.add_error("end", _("Укажите оба дня."))
        elif mode == "range" and start > end:
            self.add_error("end", _("Конец раньше начала. Проверьте даты."))
        if mode in ("recurring", "whole_period") and not self.horizon:
            self.add_error("mode", _("Сначала укажите период плана."))

    def chosen(self, cleaned: dict[str, Any]) -> Deadline:
        """The deadline of the chosen kind. What a person did not touch stays as it is, whatever the words would give now."""
        if self.present is not None and self.is_untouched(cleaned):
            return self.present
        value = self.value_of(cleaned)
        text = cleaned.get("phrase", "").strip() if cleaned["mode"] == "phrase" else self.printed or write_phrase(value)
        return Deadline(text, value.kind, value.start, value.end, value.occurrences, value.recurrence)

    def is_untouched(self, cleaned: dict[str, Any]) -> bool:
        """The same kind with the same content as the form showed."""
        names = FIELDS_OF_MODE.get(cleaned["mode"], ())
        return cleaned["mode"] == self.initial.get("mode") and not any(name in self.changed_data for name in names)

    def value_of(self, cleaned: dict[str, Any]) -> Deadline:
        """Kind and days of what was typed."""
        match cleaned["mode"]:
            case "phrase":
                return read_deadline(cleaned.get("phrase", ""), horizon=self.horizon)
            case "by":
                return dated(DeadlineKind.BY, (Span(None, cleaned["by_day"]),))
            case "range":
                return dated(DeadlineKind.RANGE, (Span(cleaned["start"], cleaned["end"]),))
            case "list":
                return dated(DeadlineKind.LIST, tuple(Span(None, one) for one in cleaned["days"]))
            case "recurring":
                rhythm = Recurrence(cleaned.get("rhythm") or "monthly")
                return dated(DeadlineKind.RECURRING, occurrences_of(rhythm, self.horizon, day=cleaned.get("day")), rhythm)
            case "whole_period" if self.horizon:
                return Deadline("", DeadlineKind.WHOLE_PERIOD, self.horizon.start, self.horizon.end, (self.horizon,))
        return Deadline("", DeadlineKind(cleaned["mode"]))


def dated(kind: DeadlineKind, spans: tuple[Span, ...], rhythm: Recurrence | None = None) -> Deadline:
    """A deadline that spans its occurrences."""
    starts, ends = [span.start for span in spans], [span.end for span in spans if span.end]
    start = min(one for one in starts if one) if starts and all(starts) else None
    return Deadline("", kind, start, max(ends, default=None), tuple(spans), rhythm)


def initial_of(deadline: Deadline, horizon: Span | None) -> dict[str, Any]:
    """What stands in the fields. Words are offered only where they still mean what is stored: a day that a person chose
    instead of «по согласованию» would be lost by reading the words again."""
    again = read_deadline(deadline.text, horizon=horizon)
    in_words = (again.kind, again.occurrences) == (deadline.kind, deadline.occurrences) or deadline.inherited
    ends = [span.end for span in deadline.occurrences if span.end]
    return {
        "mode": "phrase" if in_words or deadline.kind is DeadlineKind.UNRECOGNISED else deadline.kind.value,
        "phrase": deadline.text, "start": deadline.start, "end": deadline.end, "by_day": deadline.end,
        "days": ", ".join(f"{end:%d.%m.%Y}" for end in ends), "rhythm": (deadline.recurrence or Recurrence.MONTHLY).value,
        "day": shared_day(deadline),
    }  # fmt: skip


def shared_day(deadline: Deadline) -> int | None:
    """The day of the month on which every occurrence of a rhythm ends, None where there is none."""
    days = {span.end.day for span in deadline.occurrences if span.start is None and span.end}
    return days.pop() if deadline.kind is DeadlineKind.RECURRING and len(days) == 1 else None
