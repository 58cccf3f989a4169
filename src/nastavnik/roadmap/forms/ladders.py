"""Input of the ladder of reminders: what holds for all of it, and its steps as rows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.roadmap.enums import Audience
from nastavnik.roadmap.ladders import FARTHEST, LONGEST_PAUSE, MOST_STEPS, Ladder, Step

BEFORE, AFTER = "before", "after"
EMPTY_ROWS = 2


class LadderForm(forms.Form):
    """Which days are counted, how the last step returns, and whether anything is sent."""

    is_on = forms.BooleanField(label=_("Присылать ежедневную сводку сроков"), required=False)
    working_days = forms.TypedChoiceField(
        label=_("Какие дни считать"), coerce=lambda value: value == "1", choices=[("", _("календарные")), ("1", _("рабочие"))],
        required=False, empty_value=False,
    )  # fmt: skip
    repeat_every = forms.IntegerField(
        label=_("После последнего шага повторять каждые, дней"), min_value=0, max_value=LONGEST_PAUSE,
        help_text=_("0 – не повторять."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class StepForm(forms.Form):
    """One row; a row without a number of days is no step."""

    days = forms.IntegerField(label=_("Дней"), min_value=0, max_value=FARTHEST, required=False)
    when = forms.ChoiceField(label=_("Когда"), choices=[(BEFORE, _("до срока")), (AFTER, _("после срока"))])
    coordinator = forms.BooleanField(label=_("Куратору"), required=False)
    head = forms.BooleanField(label=_("Руководителю"), required=False)
    department = forms.BooleanField(label=_("Управлению"), required=False)

    def step(self) -> Step | None:
        """What the row says."""
        typed = self.cleaned_data
        if typed.get("days") is None or typed.get("DELETE"):
            return None
        to = frozenset(one for one in Audience if typed.get(one.value))
        return Step(-typed["days"] if typed["when"] == BEFORE else typed["days"], to)


class BaseSteps(forms.BaseFormSet):
    """The rows of a ladder."""

    def steps(self) -> tuple[Step, ...]:
        """What all rows say, in order."""
        found = [step for form in self.forms if (step := form.step())]
        return tuple(sorted(found, key=lambda step: step.offset))


StepForms = forms.formset_factory(
    StepForm, formset=BaseSteps, extra=EMPTY_ROWS, can_delete=True, max_num=MOST_STEPS + EMPTY_ROWS, absolute_max=MOST_STEPS + 10
)


def ladder_forms(ladder: Ladder) -> tuple[LadderForm, Any]:
    """The forms that show a ladder."""
    whole = {
        "is_on": ladder.is_on, "working_days": "1" if ladder.working_days else "", "repeat_every": ladder.repeat_every,
        "version": ladder.version,
    }  # fmt: skip
    rows = [
        {"days": abs(step.offset), "when": BEFORE if step.offset < 0 else AFTER, **{one.value: one in step.to for one in Audience}}
        for step in ladder.steps
    ]
    return LadderForm(initial=whole), StepForms(initial=rows, prefix="steps")


def typed_ladder(whole: LadderForm, steps: Any) -> Ladder:
    """The ladder that valid forms describe."""
    typed = whole.cleaned_data
    return Ladder(steps.steps(), typed["repeat_every"], typed["working_days"], typed["is_on"], typed["version"])
