"""Oneself: data, appointments, last log-ins."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.people import change_account
from nastavnik.accounts.forms.people import ContactsForm
from nastavnik.accounts.models import User
from nastavnik.accounts.queries import deputyships_of
from nastavnik.audit.queries import log_ins_of
from nastavnik.core.access import SIGNED_IN, command, page
from nastavnik.core.forms import accepted


@page(SIGNED_IN)
def profile(request: HttpRequest) -> HttpResponse:
    """The own account."""
    return show(request, ContactsForm(instance=request.user))


@command(SIGNED_IN)
def change_contacts(request: HttpRequest) -> HttpResponse:
    """Change mail and phone."""
    form = ContactsForm(request.POST, instance=User.objects.get(pk=request.user.pk))
    present = User.objects.get(pk=request.user.pk)
    if not form.is_valid() or not accepted(form, lambda: change_account(present, by=request.user, **form.cleaned_data)):
        return show(request, form, status=422)
    messages.success(request, _("Сохранено."))
    return redirect("accounts:profile")


def show(request: HttpRequest, form: ContactsForm, status: int = 200) -> HttpResponse:
    """The page with a form."""
    appointments = request.user.appointments.select_related("organisation").order_by("-starts_on", "pk")
    today = timezone.localdate()
    context = {
        "form": form, "appointments": appointments, "log_ins": log_ins_of(request.user),
        "replaceable": {one.pk for one in appointments if one.ends_on is None or one.ends_on >= today},
        "deputyships": deputyships_of(request.user, today),
    }  # fmt: skip
    return render(request, "accounts/profile.html", context, status=status)
