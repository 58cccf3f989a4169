"""A measure as a person types it: the same form for a draft's line, for a new measure and for a change."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.core.forms import DateInput
from nastavnik.roadmap.words import DEADLINE_MODES, PARTY_CHOICES, RHYTHMS
from planreader.deadlines import occurrences_of, read_deadline, write_phrase
from planreader.model import Deadline, DeadlineKind, Measure, Party, Recurrence, Role, Scope, Span
from planreader.parties import read_parties

MOST_PARTIES = 12
SPARE_PARTIES = 2
BY_WORDS = ""


class MeasureForm(forms.Form):
    """Number, text, result; the deadline in words or by its kind; parties as pairs of words and role."""

    number = forms.CharField(label=_("Номер"), max_length=20, required=False)
    text = forms.CharField(label=_("Мероприятие"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    result = forms.CharField(label=_("Результат или документ"), max_length=2000, required=False)
    mode = forms.ChoiceField(label=_("Срок"), choices=DEADLINE_MODES, widget=forms.RadioSelect, initial="phrase")
    phrase = forms.CharField(label=_("Срок словами"), max_length=1000, required=False)
    by_day = forms.DateField(label=_("До какого дня"), required=False, widget=DateInput())
    start = forms.DateField(label=_("С какого дня"), required=False, widget=DateInput())
    end = forms.DateField(label=_("По какой день"), required=False, widget=DateInput())
    rhythm = forms.ChoiceField(label=_("Как часто"), choices=RHYTHMS, required=False)
    day = forms.IntegerField(label=_("До какого числа"), min_value=1, max_value=31, required=False)

    def __init__(self, *args: Any, horizon: Span | None, measure: Measure | None = None, **kwargs: Any) -> None:
        self.horizon, self.measure = horizon, measure
        initial = initial_of(measure) if measure else {}
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        known = list(measure.parties) if measure else []
        for place in range(min(len(known) + SPARE_PARTIES, MOST_PARTIES)):
            party = known[place] if place < len(known) else None
            self.fields[f"party_{place}"] = forms.CharField(
                label=_("Исполнитель"), max_length=500, required=False, initial=party.text if party else ""
            )
            self.fields[f"role_{place}"] = forms.ChoiceField(
                label=_("Кто это"),
                required=False,
                choices=PARTY_CHOICES,
                initial=f"{party.role}|{party.scope}" if party else BY_WORDS,
            )

    @property
    def party_rows(self) -> list[tuple[Any, Any]]:
        """Pairs of bound fields."""
        places = range(sum(name.startswith("party_") for name in self.fields))
        return [(self[f"party_{place}"], self[f"role_{place}"]) for place in places]

    def clean(self) -> dict[str, Any]:
        """The parts that the chosen kind of deadline needs, turned into a Deadline and Parties."""
        cleaned = super().clean() or {}
        mode = cleaned.get("mode", "phrase")
        if mode == "by" and not cleaned.get("by_day"):
            self.add_error("by_day", _("Укажите день."))
        if mode == "range" and not (cleaned.get("start") and cleaned.get("end")):
            self.add_error("end", _("Укажите оба дня."))
        elif mode == "range" and cleaned["start"] > cleaned["end"]:
            self.add_error("end", _("Конец раньше начала. Проверьте даты."))
        if not self.errors:
            cleaned["deadline"] = self.deadline(cleaned)
            cleaned["parties"] = self.parties(cleaned)
        return cleaned

    def deadline(self, cleaned: dict[str, Any]) -> Deadline:
        """The deadline of the chosen kind; the printed words stay with it."""
        printed = self.measure.deadline.text if self.measure and not self.measure.deadline.inherited else ""
        value = self.value_of(cleaned)
        text = cleaned.get("phrase", "").strip() if cleaned["mode"] == "phrase" else printed
        return Deadline(
            text or printed or write_phrase(value), value.kind, value.start, value.end, value.occurrences, value.recurrence
        )

    def value_of(self, cleaned: dict[str, Any]) -> Deadline:
        """Kind and days."""
        mode = cleaned["mode"]
        if mode == "phrase":
            return read_deadline(cleaned.get("phrase", ""), horizon=self.horizon)
        if mode == "by":
            return Deadline("", DeadlineKind.BY, None, cleaned["by_day"], (Span(None, cleaned["by_day"]),))
        if mode == "range":
            span = Span(cleaned["start"], cleaned["end"])
            return Deadline("", DeadlineKind.RANGE, span.start, span.end, (span,))
        if mode == "recurring":
            rhythm = Recurrence(cleaned.get("rhythm") or "monthly")
            spans = occurrences_of(rhythm, self.horizon, day=cleaned.get("day"))
            starts = [span.start for span in spans]
            start = min(starts) if starts and all(starts) else None
            return Deadline("", DeadlineKind.RECURRING, start, spans[-1].end if spans else None, spans, rhythm)
        if mode == "whole_period" and self.horizon:
            return Deadline("", DeadlineKind.WHOLE_PERIOD, self.horizon.start, self.horizon.end, (self.horizon,))
        return Deadline("", DeadlineKind(mode))

    def parties(self, cleaned: dict[str, Any]) -> tuple[Party, ...]:
        """The typed parties; a role that was chosen wins over the words."""
        found: list[Party] = []
        for place in range(len(self.party_rows)):
            text, role = cleaned.get(f"party_{place}", "").strip(), cleaned.get(f"role_{place}", BY_WORDS)
            if text or role:
                found += parties_of(text, role)
        return tuple(found)


def parties_of(text: str, role: str) -> Sequence[Party]:
    """One typed row: by its words, or one party with the chosen role."""
    if role == BY_WORDS:
        return read_parties(text)
    name, scope = role.split("|")
    words = text or str(dict(PARTY_CHOICES)[role])
    known = read_parties(words)
    return [Party(words, Role(name), Scope(scope), known[0].name if len(known) == 1 else None)]


def initial_of(measure: Measure) -> dict[str, Any]:
    """What stands in the fields for a measure that is there."""
    return {
        "number": measure.number, "text": measure.text, "result": measure.result or "",
        "phrase": measure.deadline.text, "mode": "phrase", "start": measure.deadline.start, "end": measure.deadline.end,
        "by_day": measure.deadline.end, "rhythm": measure.deadline.recurrence.value if measure.deadline.recurrence else "monthly",
    }  # fmt: skip
