"""Input about one assignment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.core.forms import DateInput
from nastavnik.roadmap.enums import STATES_WITH_REASON, AssignmentState, EvidenceKind


class MarkForm(forms.Form):
    """State, day, note, reason; `for_other` when somebody marks for another organisation, which always needs a reason."""

    state = forms.ChoiceField(label=_("Как дела"), choices=AssignmentState.choices, widget=forms.RadioSelect)
    done_on = forms.DateField(label=_("Когда сделано"), required=False, widget=DateInput())
    reason = forms.CharField(label=_("Причина"), max_length=500, required=False)
    note = forms.CharField(label=_("Заметка"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, for_other: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_other = for_other
        if for_other:
            reason = self.fields["reason"]
            reason.label, reason.required = _("Основание, по которому отмечаете за организацию"), True
            reason.error_messages["required"] = _("Вы отмечаете за другую организацию. Напишите, на каком основании.")

    def clean(self) -> dict[str, Any]:
        """A reason where the state needs one."""
        cleaned = super().clean() or {}
        if cleaned.get("state") in STATES_WITH_REASON and not self.for_other and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Напишите причину: без неё такую отметку поставить нельзя."))
        return cleaned


class ManyForm(MarkForm):
    """One mark for many: what is offered is what makes sense for all of them alike."""

    OFFERED = (AssignmentState.DONE, AssignmentState.IN_PROGRESS, AssignmentState.NOT_APPLICABLE)
    state = forms.ChoiceField(
        label=_("Как отметить"), choices=[(state.value, state.label) for state in OFFERED], widget=forms.RadioSelect
    )


class DateForm(forms.Form):
    """A day of one's own."""

    due_on = forms.DateField(label=_("До какого дня"), widget=DateInput())
    reason = forms.CharField(label=_("Почему так"), max_length=300, required=False)


class LinkForm(forms.Form):
    """A proof by link or file."""

    kind = forms.ChoiceField(label=_("Вид"), choices=EvidenceKind.choices, initial=EvidenceKind.PROOF, required=False)
    title = forms.CharField(label=_("Что это"), max_length=200, required=False)
    url = forms.URLField(label=_("Ссылка"), required=False, max_length=500, assume_scheme="https")
    file = forms.FileField(label=_("Файл"), required=False)

    def clean_kind(self) -> str:
        """Nothing chosen is a proof like any other."""
        return self.cleaned_data["kind"] or EvidenceKind.PROOF

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("url")) == bool(cleaned.get("file")) and not self.errors:
            self.add_error("url", _("Приложите файл или ссылку, что-то одно."))
        return cleaned


class RemindForm(forms.Form):
    """A reminder before it goes."""

    text = forms.CharField(label=_("Текст"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class ManyDatesForm(forms.Form):
    """One day for many; a reason where a day of the plan moves or the person speaks for another organisation."""

    due_on = forms.DateField(label=_("До какого дня"), widget=DateInput())
    reason = forms.CharField(label=_("Почему так"), max_length=300, required=False)

    def __init__(self, *args: Any, needs_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_reason:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = _("Напишите, почему срок такой: это останется в истории заданий.")


class SavedViewForm(forms.Form):
    """A view of the list by name."""

    name = forms.CharField(label=_("Название"), max_length=80)
    shared = forms.BooleanField(label=_("Видят коллеги из моей организации"), required=False)


class FeedForm(forms.Form):
    """A calendar link. `key` is the number of the form: sent twice, it still makes one link."""

    name = forms.CharField(label=_("Название календаря"), max_length=80)
    key = forms.UUIDField(widget=forms.HiddenInput())
