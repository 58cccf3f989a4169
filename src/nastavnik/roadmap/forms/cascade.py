"""Input about model roadmaps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.core.text import number_of

TO_ALL, TO_CHOSEN = "all", "chosen"
MOST_CHOSEN = 2000


class SendForm(forms.Form):
    """The message that goes with changes of a model."""

    text = forms.CharField(label=_("Сообщение"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class PublishForm(SendForm):
    """The message, and who gets a copy: all that have none, or those that are ticked."""

    who = forms.ChoiceField(
        label=_("Кому"), initial=TO_ALL, widget=forms.RadioSelect,
        choices=[(TO_ALL, _("всем, у кого её ещё нет")), (TO_CHOSEN, _("отмеченным в списке"))],
    )  # fmt: skip
    field_order = ["who", "text"]

    def clean(self) -> dict[str, Any]:
        """The ticked keys; none ticked is an error of the choice."""
        cleaned = super().clean() or {}
        typed = self.data.getlist("place")[:MOST_CHOSEN] if hasattr(self.data, "getlist") else []
        cleaned["chosen"] = [number for one in typed if (number := number_of(one)) is not None]
        if cleaned.get("who") == TO_ALL:
            cleaned["chosen"] = None
        elif cleaned.get("who") == TO_CHOSEN and not cleaned["chosen"]:
            self.add_error("who", _("Отметьте в списке хотя бы одну организацию."))
        return cleaned
