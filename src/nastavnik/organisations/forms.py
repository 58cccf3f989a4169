"""Input of organisations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.core.forms import DateInput
from nastavnik.organisations.calendars import SchoolYear, school_year_of
from nastavnik.organisations.enums import DayKind, OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.organisations.queries import places_of_days, successors
from nastavnik.organisations.rules import tax_number_problem

GROUPS = (
    (
        _("Названия"),
        ("kind", "name", "full_name", "opened_on", "full_name_genitive", "full_name_dative", "full_name_prepositional"),
    ),
    (_("Руководитель"), ("head_post", "head_name", "head_name_genitive", "head_name_dative")),
    (_("Адрес и связь"), ("address", "website", "email", "phone", "tax_number")),
)


class CardForm(forms.ModelForm):
    """The card of an organisation."""

    website = forms.URLField(label=_("Сайт"), required=False, max_length=200, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = [
            "name", "full_name", "full_name_genitive", "full_name_dative", "full_name_prepositional", "head_post", "head_name",
            "head_name_genitive", "head_name_dative", "address", "website", "email", "phone", "tax_number",
        ]  # fmt: skip
        help_texts = {
            "full_name": _("Как в уставе. Так оно встанет в приказы."),
            "full_name_genitive": _("Приказ кого? «…средней школы № 5»"),
            "full_name_dative": _("Выдано кому? «…средней школе № 5»"),
            "full_name_prepositional": _("В ком? «…средней школе № 5»"),
            "head_name_genitive": _("От кого? «…Петровой Анны Ивановны»"),
            "head_name_dative": _("Кому? «…Петровой Анне Ивановне»"),
        }

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their titles, in the order of the page."""
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in GROUPS]

    def clean_name(self) -> str:
        """Single spaces, so that the same name is not typed twice."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_tax_number(self) -> str:
        """Length and control digits; spaces are forgiven."""
        value = "".join(self.cleaned_data["tax_number"].split())
        problem = tax_number_problem(value) if value else ""
        if problem:
            raise forms.ValidationError(_("ИНН неверен: %(problem)s."), params={"problem": problem})
        return value


class OpenForm(CardForm):
    """A new organisation of one of the given kinds."""

    kind = forms.ChoiceField(label=_("Вид"))
    opened_on = forms.DateField(label=_("С какого дня"), required=False, widget=DateInput())

    def __init__(self, *args: Any, kinds: Sequence[OrganisationKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]


class CloseForm(forms.Form):
    """Day, reason, and for a merger the successor."""

    on = forms.DateField(label=_("С какого дня закрыта"), widget=DateInput())
    reason = forms.CharField(label=_("Основание"), max_length=300, help_text=_("Например: постановление, номер и дата."))
    successor = forms.ModelChoiceField(
        label=_("Преемник"), queryset=Organisation.objects.none(), required=False, help_text=_("Если школу присоединили к другой."),
        empty_label=_("без преемника"),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = successors(organisation)


class UploadForm(forms.Form):
    """A table file."""

    file = forms.FileField(label=_("Файл"))


class ApproveListForm(forms.Form):
    """The act by which a municipality approves the list of schools that take part."""

    year = forms.TypedChoiceField(label=_("На какой учебный год"), coerce=int)
    number = forms.CharField(label=_("Номер приказа"), max_length=60)
    approved_on = forms.DateField(label=_("Дата приказа"), widget=DateInput())
    scan = forms.FileField(label=_("Скан приказа"), required=False)
    schools = forms.ModelMultipleChoiceField(
        label=_("Школы, которые участвуют"), queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("В списке нет ни одной школы. Отметьте школы, которые участвуют.")},
    )  # fmt: skip

    def __init__(self, *args: Any, municipality: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        present = school_year_of(today).begins
        self.fields["year"].choices = [(year, SchoolYear(year).title) for year in (present, present + 1)]
        schools = Organisation.objects.below(municipality).schools().active(today)
        self.fields["schools"].queryset = schools.order_by("sort_key", "pk")


class DayForm(forms.Form):
    """A special day of the production calendar."""

    day = forms.DateField(label=_("День"), widget=DateInput())
    kind = forms.ChoiceField(label=_("Какой это день"), choices=DayKind.choices)
    title = forms.CharField(label=_("Название"), max_length=120, required=False, help_text=_("Например: День республики."))
    source = forms.CharField(
        label=_("Чем установлен"), max_length=300, help_text=_("Закон или постановление, номер и дата. По нему день проверят.")
    )


class NewDayForm(DayForm):
    """A special day and where it holds."""

    place = forms.ModelChoiceField(label=_("Где действует"), queryset=Organisation.objects.none(), empty_label=None)
    field_order = ["place"]

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places_of_days(by)
