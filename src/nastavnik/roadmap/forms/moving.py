"""Input about moving a deadline."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nastavnik.core.forms import DateInput
from nastavnik.core.templatetags.nastavnik import day_month
from nastavnik.roadmap.schedule import is_series, moved_to, moving_spans
from planreader.model import Deadline, Span


class DaysForm(forms.Form):
    """New days of one occurrence of a deadline. Valid input gives `cleaned_data["deadline"]`."""

    occurrence = forms.TypedChoiceField(label=gettext_lazy("Который срок"), coerce=int, required=False, empty_value=0)
    starts_on = forms.DateField(label=gettext_lazy("С какого дня"), widget=DateInput())
    ends_on = forms.DateField(label=gettext_lazy("До какого дня"), widget=DateInput())

    def __init__(self, *args: Any, deadline: Deadline, horizon: Span | None, occurrence: int = 0, **kwargs: Any) -> None:
        self.deadline, self.horizon, self.spans = deadline, horizon, moving_spans(deadline)
        place = occurrence if occurrence < len(self.spans) else 0
        span = self.spans[place]
        standing = {"occurrence": place, "starts_on": span.start, "ends_on": span.end}
        super().__init__(*args, initial={**standing, **kwargs.pop("initial", {})}, **kwargs)
        self.fields["occurrence"].choices = [(number, words_of(one)) for number, one in enumerate(self.spans)]
        if is_series(deadline) or len(self.spans) == 1:
            self.fields["occurrence"].widget = forms.HiddenInput()
        if span.start is None or self.series:
            del self.fields["starts_on"]

    @property
    def series(self) -> bool:
        """Do all dates move together?"""
        return is_series(self.deadline)

    @property
    def wrong_days(self) -> bool:
        """Is there an error in the days? One in another field still lets their consequences be shown."""
        return bool({"occurrence", "starts_on", "ends_on"} & set(self.errors))

    def clean(self) -> dict[str, Any]:
        """Days in their order, each date between its neighbours."""
        cleaned = super().clean() or {}
        start, end, place = cleaned.get("starts_on"), cleaned.get("ends_on"), cleaned.get("occurrence") or 0
        if start and end and end < start:
            self.add_error("ends_on", _("Конец раньше начала. Проверьте даты."))
        if end and not self.wrong_days and not self.series:
            self.check_neighbours(place, start or end, end)
        if not self.wrong_days:
            cleaned["deadline"] = moved_to(self.deadline, place, Span(start, end), horizon=self.horizon)
        return cleaned

    def check_neighbours(self, place: int, start: Any, end: Any) -> None:
        """A date of a list stays between the one before and the one after: marks of schools hang on its place."""
        before = self.spans[place - 1].end if place else None
        after = self.spans[place + 1] if place + 1 < len(self.spans) else None
        limit = after and (after.start or after.end)
        if before and start <= before:
            self.add_error("ends_on", _("Этот срок должен быть позже предыдущего: %(day)s.") % {"day": day_month(before)})
        elif limit and end >= limit:
            self.add_error("ends_on", _("Этот срок должен быть раньше следующего: %(day)s.") % {"day": day_month(limit)})


class MoveForm(DaysForm):
    """The same with the reason, and what else is moved."""

    following = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label=gettext_lazy("Почему сдвигается"), max_length=300,
        error_messages={"required": gettext_lazy("Напишите, почему сдвигается срок.")},
    )  # fmt: skip

    def __init__(self, *args: Any, followers: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["following"].choices = [(key, key) for key in followers]


class OrderForm(forms.Form):
    """What a measure begins after; the choices are places of measures, since keys would double the page."""

    after = forms.TypedChoiceField(
        label=gettext_lazy("Начать после"), coerce=int,
        error_messages={"required": gettext_lazy("Выберите мероприятие, которое должно закончиться раньше.")},
    )  # fmt: skip

    def __init__(self, *args: Any, measures: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = [("", _("выберите мероприятие")), *measures]


class BaselineForm(forms.Form):
    """What remembered deadlines are called."""

    name = forms.CharField(
        label=gettext_lazy("Как назвать"), max_length=120,
        error_messages={"required": gettext_lazy("Назовите эти сроки, например «После педсовета».")},
    )  # fmt: skip


def words_of(span: Span) -> str:
    """«1 декабря – 31 декабря», «до 20 мая»."""
    if span.start and span.start != span.end:
        return f"{day_month(span.start)} – {day_month(span.end)}"
    return str(_("до %(day)s") % {"day": day_month(span.end)})
