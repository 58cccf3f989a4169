"""Who stands in for whom: named by the person concerned or by whoever stands above."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.deputies import end_deputyship, name_deputy
from nastavnik.accounts.forms.people import DeputyForm
from nastavnik.accounts.models import Appointment, Deputyship
from nastavnik.accounts.queries import colleagues_of
from nastavnik.accounts.rules import may_name_deputy
from nastavnik.audit.trail import note_access
from nastavnik.core.access import SIGNED_IN, command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import go_to


@page(SIGNED_IN)
def deputy_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who stands in for an appointment now and later, and the form for another time."""
    appointment = load(request, pk)
    return show(request, appointment, form_of(request, appointment))


@command(SIGNED_IN)
def save_deputy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name a deputy; what was typed stays when it is refused."""
    appointment = load(request, pk)
    form = form_of(request, appointment)
    if not form.is_valid() or not accepted(form, lambda: name_deputy(appointment, by=request.user, **form.cleaned_data)):
        return show(request, appointment, form, status=422)
    messages.success(request, _("Замещение назначено. Сотруднику отправлено сообщение."))
    return go_to(request, "accounts:deputy_form", appointment.pk)


@command(SIGNED_IN)
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End it before its day."""
    rows = Deputyship.objects.visible_to(request.user).select_related("appointment__organisation", "appointment__user", "deputy")
    deputyship = get_object_or_404(rows, pk=pk)
    if not may_name_deputy(request.user, deputyship.appointment):
        raise PermissionDenied
    end_deputyship(deputyship, by=request.user)
    messages.success(request, _("Замещение завершено."))
    return go_to(request, "accounts:deputy_form", deputyship.appointment_id)


def load(request: HttpRequest, pk: UUID) -> Appointment:
    """An appointment: 404 outside the branch, 403 when it is neither the own nor one below."""
    appointment = get_object_or_404(Appointment.objects.visible_to(request.user).select_related("user", "organisation"), pk=pk)
    if not may_name_deputy(request.user, appointment):
        raise PermissionDenied
    return appointment


def form_of(request: HttpRequest, appointment: Appointment) -> DeputyForm:
    """The form with the colleagues to choose from."""
    return DeputyForm(request.POST or None, colleagues=colleagues_of(appointment, timezone.localdate()))


def show(request: HttpRequest, appointment: Appointment, form: DeputyForm, status: int = 200) -> HttpResponse:
    """The page. It names colleagues, so it is noted."""
    today = timezone.localdate()
    standing = list(
        Deputyship.objects.standing(today).filter(appointment=appointment).select_related("deputy").order_by("starts_on")
    )
    note_access(request, "view", appointment.user, rows=1 + form.fields["deputy"].queryset.count())
    context = {"appointment": appointment, "form": form, "standing": standing, "today": today,
               "own": appointment.user_id == request.user.pk}  # fmt: skip
    return render(request, "accounts/deputy_form.html", context, status=status)
