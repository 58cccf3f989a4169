"""A measure as a person types it: the same form for a draft's line, for a new measure and for a change."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.roadmap.forms.deadlines import DeadlineForm
from nastavnik.roadmap.forms.parties import PartiesForm
from planreader.model import Measure, Span

FIELDS = ("number", "text", "result", "deadline", "parties")


class MeasureForm(PartiesForm, DeadlineForm):
    """Number, text, result; the deadline; the parties."""

    number = forms.CharField(label=_("Номер"), max_length=20, required=False)
    text = forms.CharField(label=_("Мероприятие"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    result = forms.CharField(label=_("Результат или документ"), max_length=2000, required=False)

    def __init__(self, *args: Any, horizon: Span | None, measure: Measure | None = None, **kwargs: Any) -> None:
        if measure is not None:
            kwargs["initial"] = {
                "number": measure.number,
                "text": measure.text,
                "result": measure.result or "",
                **kwargs.get("initial", {}),
            }
            kwargs.update(deadline=measure.deadline, parties=measure.parties)
        super().__init__(*args, horizon=horizon, **kwargs)
        self.fields["phrase" if measure else "text"].widget.attrs["data-focus"] = True

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take from valid input."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def texts_open(self) -> bool:
        """Number, text and result are unfolded where there is something to write or to mend in them."""
        return not self.initial.get("text") or any(name in self.errors for name in ("number", "text", "result"))


class ChangeForm(MeasureForm):
    """A measure of a plan at work: people have it on their lists, so the change says why."""

    reason = forms.CharField(
        label=_("Почему меняется"), max_length=300, error_messages={"required": _("Напишите, почему мероприятие меняется.")}
    )
