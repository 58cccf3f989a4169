"""Input of monitoring."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.core.forms import DateInput
from nastavnik.monitoring.enums import AnswerValue, MarkState
from nastavnik.monitoring.models import Requirement
from nastavnik.monitoring.queries.requirements import facts_to_choose
from nastavnik.monitoring.queries.rounds import CheckLine


class MarkForm(forms.Form):
    """What an organisation says of a requirement."""

    state = forms.ChoiceField(label=_("Как у вас"), choices=MarkState.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Документ или причина"), max_length=300, required=False, help_text=_("Например: приказ от 05.09.2026 № 41-о")
    )
    url = forms.URLField(label=_("Ссылка"), max_length=500, required=False, assume_scheme="https")
    upload = forms.FileField(label=_("Файл"), required=False)
    valid_to = forms.DateField(label=_("Действует по"), required=False, widget=DateInput())


class RequirementForm(forms.ModelForm):
    """A requirement with its source and its days."""

    fact = forms.ChoiceField(label=_("Отмечается само по факту"), required=False)

    class Meta:
        model = Requirement
        fields = ["kind", "title", "explanation", "source", "source_date", "confirmed", "valid_from", "valid_to", "fact"]
        widgets = {
            "explanation": forms.Textarea(attrs={"rows": 3}), "source_date": DateInput(), "valid_from": DateInput(),
            "valid_to": DateInput(),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact"].choices = facts_to_choose()

    def clean(self) -> dict[str, Any]:
        """Days in order."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", _("Последний день раньше первого."))
        return cleaned


class RoundForm(forms.Form):
    """A new control: name, order, days, questions."""

    title = forms.CharField(label=_("Название"), max_length=200)
    ground = forms.CharField(label=_("Основание"), max_length=200, required=False, help_text=_("Приказ, дата и номер"))
    opens_on = forms.DateField(label=_("Начало"), widget=DateInput())
    closes_on = forms.DateField(label=_("Окончание"), widget=DateInput())
    chosen = forms.MultipleChoiceField(label=_("Вопросы"), required=False, widget=forms.CheckboxSelectMultiple)
    own = forms.CharField(
        label=_("Свои вопросы"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Каждый с новой строки"),
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Sequence[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = list(offered)
        self.fields["chosen"].choices = [(one["code"], one["text"]) for one in self.offered]

    def clean(self) -> dict[str, Any]:
        """Days in order; the questions in the order of the page, the own ones last."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("opens_on"), cleaned.get("closes_on")
        if start and end and end < start:
            self.add_error("closes_on", _("Окончание раньше начала."))
        own = [{"text": " ".join(line.split())[:300]} for line in cleaned.get("own", "").splitlines() if line.strip()]
        chosen = cleaned.get("chosen", [])
        cleaned["items"] = [one for one in self.offered if one["code"] in chosen] + own
        if not cleaned["items"]:
            self.add_error("own", _("Отметьте хотя бы один вопрос или напишите свой."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """What `open_round` takes."""
        return {name: self.cleaned_data[name] for name in ("title", "ground", "opens_on", "closes_on", "items")}


class SheetForm(forms.Form):
    """The checklist of one school."""

    conclusion = forms.CharField(label=_("Вывод"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    remedy_by = forms.DateField(label=_("Устранить до"), required=False, widget=DateInput())

    def __init__(self, *args: Any, lines: Sequence[CheckLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            at = line.item.position
            self.fields[f"value_{at}"] = forms.ChoiceField(
                label=line.item.text, choices=AnswerValue.choices, required=False, initial=line.value, widget=forms.RadioSelect
            )
            self.fields[f"words_{at}"] = forms.CharField(label=_("Пояснение"), required=False, max_length=500, initial=line.words)

    def rows(self) -> list[tuple[CheckLine, forms.BoundField, forms.BoundField]]:
        """Each question with its two controls."""
        return [(line, self[f"value_{line.item.position}"], self[f"words_{line.item.position}"]) for line in self.lines]

    @property
    def answers(self) -> dict[Any, tuple[str, str]]:
        """Item key > (value, words)."""
        cleaned = self.cleaned_data
        return {
            line.item.pk: (cleaned[f"value_{line.item.position}"], cleaned[f"words_{line.item.position}"]) for line in self.lines
        }
