"""Second factor, invitations, helping out."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.forms.people import USERNAME, NewPasswordForm
from nastavnik.accounts.models import Invitation, User
from nastavnik.accounts.rules import roles_to_give
from nastavnik.core.forms import DateInput
from nastavnik.organisations.models import Organisation


def code_field(label: Any, hint: Any = "") -> forms.CharField:
    """A code of six digits, or ten letters from paper."""
    attributes = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=20, help_text=hint, widget=forms.TextInput(attrs=attributes))


class PresentPasswordForm(forms.Form):
    """Who sits here knows the password."""

    present = forms.CharField(
        label=_("Ваш пароль"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_present(self) -> str:
        """Must be right."""
        present = self.cleaned_data["present"]
        if not self.user.check_password(present):
            raise ValidationError(_("Пароль не подходит."))
        return present


class FactorCodeForm(forms.Form):
    code = code_field(_("Код из приложения"), _("Шесть цифр, меняются каждые полминуты."))


class FactorLoginForm(forms.Form):
    code = code_field(_("Код"), _("Шесть цифр из приложения или запасной код с бумаги."))


class FactorOffForm(PresentPasswordForm):
    code = code_field(_("Код"), _("Шесть цифр из приложения или запасной код с бумаги."))


class DemandForm(forms.Form):
    """The first day, or nothing to take the demand back."""

    role = forms.CharField(max_length=40, widget=forms.HiddenInput)
    since = forms.DateField(label=_("Со дня"), required=False, widget=DateInput())


class SupportForm(forms.Form):
    """Why, and once more who."""

    reason = forms.CharField(label=_("Зачем"), max_length=300, help_text=_("Человек увидит вашу причину."))
    code = code_field(_("Код из приложения"))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by.has_factor:
            self.fields.pop("code")


class InviteForm(forms.ModelForm):
    """One person."""

    role = forms.ChoiceField(label=_("Должность"))

    class Meta:
        model = Invitation
        fields = ["surname", "given_name", "patronymic", "email", "role"]

    def __init__(self, *args: Any, by: User, place: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles_to_give(by, place)]
        self.fields["email"].help_text = _("Если почты нет, напечатаете лист с приглашением.")

    def validate_constraints(self) -> None:
        """Repetitions are told by the action, in one sentence."""


class PastedForm(forms.Form):
    """Many people."""

    lines = forms.CharField(
        label=_("Список"),
        max_length=60_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "wrap": "off"}),
        help_text=_("По строке на человека: фамилия, имя, отчество; почта; роль; школа. Можно скопировать из Excel."),
    )
    place = forms.ChoiceField(label=_("Если школа в строке не названа"), required=False)

    def __init__(self, *args: Any, places: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.slug: place for place in places}
        if places:
            self.fields["place"].choices = [("", _("не приглашать")), *((place.slug, place.name) for place in places)]
        else:
            self.fields.pop("place")


class AcceptForm(NewPasswordForm):
    """The first log-in: a name and a password of one's own."""

    username = forms.CharField(
        label=_("Имя для входа"),
        max_length=60,
        validators=[USERNAME],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    field_order = ["username", "password", "again"]
