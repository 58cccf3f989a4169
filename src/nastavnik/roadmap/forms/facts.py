"""Input about facts and reports."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.roadmap.enums import FactRule
from nastavnik.roadmap.facts import Fact


class BindingForm(forms.Form):
    """Which facts close a measure."""

    codes = forms.MultipleChoiceField(label=_("Факты"), required=False, widget=forms.CheckboxSelectMultiple)
    rule = forms.ChoiceField(
        label=_("Если фактов несколько, нужны"), choices=FactRule.choices, initial=FactRule.ALL, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, facts: Sequence[Fact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [(fact.code, fact.question) for fact in facts]


class ReturnForm(forms.Form):
    """Why a report comes back."""

    comment = forms.CharField(
        label=_("Что исправить"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Напишите, что исправить в отчёте.")},
    )  # fmt: skip
