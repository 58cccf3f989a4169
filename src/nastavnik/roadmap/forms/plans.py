"""Input about whole plans."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.core.forms import DateInput


class PeriodForm(forms.Form):
    """A period of days."""

    starts_on = forms.DateField(label=_("Начало плана"), widget=DateInput())
    ends_on = forms.DateField(label=_("Конец плана"), widget=DateInput())

    def clean(self) -> dict[str, Any]:
        """In its order."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("Конец раньше начала. Проверьте даты."))
        return cleaned


class HeadingForm(PeriodForm):
    """Title, period and stamp of a draft."""

    title = forms.CharField(label=_("Название"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    post = forms.CharField(label=_("Утвердил: должность"), max_length=300, required=False)
    name = forms.CharField(label=_("Утвердил: фамилия, инициалы"), max_length=160, required=False)
    approved_on = forms.DateField(label=_("Дата утверждения"), required=False, widget=DateInput())
    field_order = ["title", "starts_on", "ends_on"]


class EmptyPlanForm(PeriodForm):
    """A plan written by hand."""

    title = forms.CharField(label=_("Название"), max_length=1000)
    field_order = ["title"]


class SectionForm(forms.Form):
    """A section."""

    number = forms.CharField(label=_("Номер"), max_length=20, required=False)
    title = forms.CharField(label=_("Название раздела"), max_length=1000)


class UploadForm(forms.Form):
    """A plan file."""

    file = forms.FileField(label=_("Файл плана"))


class TemplateForm(forms.Form):
    """The school year of a plan from the template."""

    year = forms.TypedChoiceField(label=_("Учебный год"), coerce=int)

    def __init__(self, *args: Any, years: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = years
