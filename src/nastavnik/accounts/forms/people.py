"""Log-in, passwords, people and their appointments."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.enums import AbsenceReason
from nastavnik.accounts.models import User
from nastavnik.accounts.queries import people_meant
from nastavnik.accounts.rules import roles_to_give
from nastavnik.core.forms import DateInput
from nastavnik.organisations.models import Organisation

USERNAME = RegexValidator(r"^[\w.@+-]+$", _("Имя для входа: буквы, цифры, точка и дефис, без пробелов."))


class LoginForm(forms.Form):
    username = forms.CharField(
        label=_("Имя для входа или почта"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Пароль"), max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class ForgottenForm(forms.Form):
    username = forms.CharField(label=_("Имя для входа или почта"), max_length=254)


class CodeForm(forms.Form):
    username = forms.CharField(label=_("Имя для входа или почта"), max_length=254)
    code = forms.CharField(
        label=_("Одноразовый код"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Новый пароль"), max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("Ещё раз"), max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        """Both the same, and strong enough."""
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", _("Пароли не совпадают. Наберите второй раз то же самое."))
        if password:
            try:
                validate_password(password, self.user)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    present = forms.CharField(
        label=_("Нынешний пароль"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["present", "password", "again"]

    def clean_present(self) -> str:
        """Must be right."""
        present = self.cleaned_data["present"]
        if not self.user.check_password(present):
            raise ValidationError(_("Нынешний пароль не подходит."))
        return present


class PersonForm(forms.ModelForm):
    """Names and contacts."""

    class Meta:
        model = User
        fields = ["surname", "given_name", "patronymic", "username", "email", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].validators.append(USERNAME)

    def validate_constraints(self) -> None:
        """Uniqueness within the region is told by the action, in one sentence."""


class ContactsForm(PersonForm):
    """What a person may change of the own account."""

    class Meta(PersonForm.Meta):
        fields = ["email", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.ModelForm.__init__(self, *args, **kwargs)


class AppointForm(forms.Form):
    """Somebody who has an account already (or nobody), role and days."""

    person = forms.CharField(
        label=_("Кто уже есть в системе"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Фамилия, имя для входа или почта. Если человека нет, оставьте пустым и заполните поля ниже."),
    )
    role = forms.ChoiceField(label=_("Должность"))
    starts_on = forms.DateField(label=_("С какого дня"), widget=DateInput())
    ends_on = forms.DateField(label=_("По какой день"), required=False, widget=DateInput())

    def __init__(self, *args: Any, by: User, place: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["role"].choices = [(role.value, role.label) for role in roles_to_give(by, place)]
        self.fields["starts_on"].initial = timezone.localdate()

    def clean_person(self) -> User | None:
        """The one account of the branch that is meant; None when nothing was typed."""
        text = self.cleaned_data["person"].strip()
        if not text:
            return None
        found = people_meant(self.by, text)
        if not found:
            raise ValidationError(_("Среди ваших сотрудников такого человека нет. Проверьте имя или заполните поля ниже."))
        if len(found) > 1:
            raise ValidationError(_("Подходит несколько человек. Наберите имя для входа или почту."))
        return found[0]


class DatesForm(forms.Form):
    """First and last day, and why they change."""

    starts_on = forms.DateField(label=_("С какого дня"), widget=DateInput())
    ends_on = forms.DateField(label=_("По какой день"), required=False, widget=DateInput())
    reason = forms.CharField(label=_("Причина"), max_length=300)


class DeputyForm(forms.Form):
    """Who stands in, from when to when and why."""

    deputy = forms.ModelChoiceField(label=_("Кто замещает"), queryset=User.objects.none(), empty_label=_("выберите"))
    starts_on = forms.DateField(label=_("С какого дня"), widget=DateInput())
    ends_on = forms.DateField(label=_("По какой день"), widget=DateInput())
    reason = forms.ChoiceField(label=_("Причина"), choices=AbsenceReason.choices)
    keeps_notices = forms.BooleanField(label=_("Уведомления получают оба"), required=False)

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = colleagues
        self.fields["starts_on"].initial = timezone.localdate()


class EndForm(forms.Form):
    """Last day and reason."""

    on = forms.DateField(label=_("Последний день"), widget=DateInput())
    reason = forms.CharField(label=_("Причина"), max_length=300)


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Причина"), max_length=300)
