"""Input about the paper of a roadmap: approval, endorsement, return, amendment, terms."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.core.forms import DateInput
from nastavnik.roadmap.actions.amendments import Act
from nastavnik.roadmap.models import ApprovalTerms

MOST_DAYS = 90


class ApprovalForm(forms.Form):
    """By which order a plan is approved; from the paper its scan belongs to it."""

    number = forms.CharField(
        label=_("Номер приказа"), max_length=60, error_messages={"required": _("Укажите номер приказа, которым утверждена карта.")}
    )
    on = forms.DateField(label=_("Дата приказа"), widget=DateInput())
    post = forms.CharField(label=_("Утвердил: должность"), max_length=300, required=False)
    name = forms.CharField(label=_("Утвердил: фамилия, инициалы"), max_length=160)
    protocol = forms.CharField(label=_("Протокол, на котором карту приняли"), max_length=120, required=False)
    scan = forms.FileField(label=_("Скан приказа или подписанной карты"), required=False)

    def __init__(self, *args: Any, from_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scan"].required = from_paper
        self.fields["scan"].error_messages["required"] = str(
            _("Вы вносите утверждение с бумаги: приложите скан приказа или подписанной карты.")
        )


class EndorsementForm(forms.Form):
    """By which letter a plan is endorsed, and a word to the school."""

    number = forms.CharField(label=_("Номер письма"), max_length=60, required=False)
    on = forms.DateField(label=_("Дата согласования"), required=False, widget=DateInput())
    comment = forms.CharField(label=_("Слово школе"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class CommentForm(forms.Form):
    """What a school must correct."""

    comment = forms.CharField(
        label=_("Что исправить"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Напишите, что исправить: школа увидит эти слова.")},
    )  # fmt: skip


class ActForm(forms.Form):
    """Reason and act of an amendment; without the reason beside a form that asks for it itself."""

    reason = forms.CharField(
        label=_("Почему меняется"), max_length=300, error_messages={"required": _("Напишите, почему карта меняется.")}
    )
    act_number = forms.CharField(
        label=_("Номер приказа об изменении"), max_length=60,
        error_messages={"required": _("Карта утверждена, она меняется приказом. Укажите его номер.")},
    )  # fmt: skip
    act_on = forms.DateField(
        label=_("Дата приказа об изменении"), widget=DateInput(), error_messages={"required": _("Укажите дату приказа.")}
    )

    def __init__(self, *args: Any, with_reason: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_reason:
            del self.fields["reason"]

    def clean_act_on(self) -> Any:
        """Not tomorrow."""
        day = self.cleaned_data["act_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Дата приказа ещё не наступила. Укажите сегодняшний день или раньше."))
        return day

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take from valid input."""
        act = Act(self.cleaned_data["act_number"], self.cleaned_data["act_on"])
        return {"act": act, **({"reason": self.cleaned_data["reason"]} if "reason" in self.fields else {})}


class TermsForm(forms.ModelForm):
    """How many days a municipality leaves for each step."""

    endorse_days = forms.IntegerField(label=_("Рабочих дней на согласование"), min_value=1, max_value=MOST_DAYS)
    correct_days = forms.IntegerField(label=_("Рабочих дней школе на доработку"), min_value=1, max_value=MOST_DAYS)

    class Meta:
        model = ApprovalTerms
        fields = ("hand_in_on", "endorse_days", "correct_days", "endorse_amendments")
        widgets = {"hand_in_on": DateInput()}
