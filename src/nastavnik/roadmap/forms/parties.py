"""Who must act, as a person types it: words beside a choice of role and place, or a named partner organisation."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.rules import NamedParty
from nastavnik.roadmap.words import PARTY_CHOICES
from planreader.model import Party, Role, Scope
from planreader.parties import read_parties

MOST_PARTIES = 12
SPARE_PARTIES = 2
BY_WORDS = ""
NAMED = "organisation|"


class PartiesForm(forms.Form):
    """One pair of fields per party that is there, and spare ones. `partners` are organisations that a party may name.
    Valid input gives `cleaned_data["parties"]`."""

    def __init__(self, *args: Any, parties: Sequence[Party] = (), partners: Sequence[Organisation] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partners = {f"{NAMED}{partner.pk}": partner for partner in partners}
        choices: list[Any] = [*PARTY_CHOICES]
        if self.partners:
            choices.append((_("Организации"), [(key, partner.name) for key, partner in self.partners.items()]))
        known: list[Party | None] = [*parties, *[None] * SPARE_PARTIES]
        for place, party in enumerate(known[:MOST_PARTIES]):
            self.fields[f"party_{place}"] = forms.CharField(
                label=_("Исполнитель словами"), max_length=500, required=False, initial=party.text if party else "",
                widget=forms.TextInput(attrs={"class": "n-input", "aria-label": _("Исполнитель словами")}),
            )  # fmt: skip
            self.fields[f"role_{place}"] = forms.ChoiceField(
                label=_("Кто это"), required=False, choices=choices, initial=self.choice_of(party),
                widget=forms.Select(attrs={"class": "n-input", "aria-label": _("Кто это")}),
            )  # fmt: skip

    def choice_of(self, party: Party | None) -> str:
        """The value of the choice that stands for a party."""
        if party is None:
            return BY_WORDS
        named = f"{NAMED}{party.organisation_id}" if isinstance(party, NamedParty) else ""
        return named if named in self.partners else f"{party.role}|{party.scope}"

    @property
    def party_rows(self) -> list[tuple[Any, Any]]:
        """Pairs of bound fields."""
        places = range(sum(name.startswith("party_") for name in self.fields))
        return [(self[f"party_{place}"], self[f"role_{place}"]) for place in places]

    def clean(self) -> dict[str, Any]:
        """The typed parties; a role that was chosen wins over the words. A row whose words were erased is taken away."""
        cleaned = super().clean() or {}
        found: list[Party] = []
        for words, role in self.party_rows:
            text, choice = cleaned.get(words.name, "").strip(), cleaned.get(role.name, BY_WORDS)
            if text or choice != role.initial:
                found += self.parties_of(text, choice)
        cleaned["parties"] = tuple(found)
        return cleaned

    def parties_of(self, text: str, choice: str) -> Sequence[Party]:
        """One typed row: by its words, one party with the chosen role, or an organisation."""
        if choice in self.partners:
            name = self.partners[choice].name
            return [NamedParty(text or name, Role.PARTNER, Scope.PARTNER, name, self.partners[choice].pk)]
        if choice == BY_WORDS:
            return read_parties(text)
        role, scope = choice.split("|")
        words = text or str(dict(PARTY_CHOICES)[choice])
        known = read_parties(words)
        return [Party(words, Role(role), Scope(scope), known[0].name if len(known) == 1 else None)]
