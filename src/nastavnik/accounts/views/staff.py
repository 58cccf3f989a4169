"""Staff of the branch: list, card, appointments."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.appointments import (
    appoint,
    block_account,
    change_account,
    end_appointment,
    open_account,
    unblock_account,
)
from nastavnik.accounts.actions.passwords import CODE_VALID, issue_code, spaced
from nastavnik.accounts.enums import Role
from nastavnik.accounts.exports import export_staff
from nastavnik.accounts.forms import AppointForm, EndForm, PersonForm, ReasonForm
from nastavnik.accounts.models import Appointment, User
from nastavnik.accounts.queries import staff_rows
from nastavnik.accounts.rules import may_give, may_help, roles_to_give
from nastavnik.audit.trail import note_access
from nastavnik.core.access import command, page
from nastavnik.core.htmx import asked, go_to, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.organisations.models import Organisation

ORDER = ["user__sort_key", "pk"]


@page("accounts.view_staff")
def staff_list(request: HttpRequest) -> HttpResponse:
    """Who works where."""
    shown = keyset_page(staff_rows(request.user, request.GET), ORDER, request)
    note_access(request, "view", User, rows=len(shown.rows))
    context = {"page": shown, "roles": Role.choices, "query": asked(request)}
    return render_page(request, "accounts/staff_list.html", context, partial="rows")


@page("accounts.view_staff")
def staff_export(request: HttpRequest) -> HttpResponse:
    """What is on screen as a table file."""
    rows = list(staff_rows(request.user, request.GET).order_by(*ORDER)[:20000])
    note_access(request, "export", User, rows=len(rows))
    return export_staff(rows)


@page("accounts.view_staff")
def staff_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person: contacts, appointments, what may be done."""
    return show_person(request, load(request, pk))


def show_person(request: HttpRequest, person: User, status: int = 200, **forms: Any) -> HttpResponse:
    """The card, with forms that were refused."""
    note_access(request, "view", person)
    visible = Appointment.objects.visible_to(request.user).filter(user=person).select_related("organisation")
    held = [(one, may_give(request.user, one.organisation, one.role)) for one in visible.order_by("-starts_on", "pk")]
    context = {
        "person": person, "held": held, "may_help": may_help(request.user, person), "end_form": forms.get("end_form") or EndForm(),
        "person_form": forms.get("person_form") or PersonForm(instance=person), "reason_form": ReasonForm(),
    }  # fmt: skip
    return render(request, "accounts/staff_detail.html", context, status=status)


@page("accounts.appoint_staff")
def appoint_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for a new colleague in an organisation."""
    place = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    return show_appoint(request, place, PersonForm(), AppointForm(roles=roles_to_give(request.user, place)))


@command("accounts.appoint_staff")
def appoint_person(request: HttpRequest, slug: str) -> HttpResponse:
    """Open an account and appoint, or appoint somebody who has an account here (`person`)."""
    place = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    terms = AppointForm(request.POST, roles=roles_to_give(request.user, place))
    known = request.POST.get("person", "")
    person_form = PersonForm() if known else PersonForm(request.POST)
    if not terms.is_valid() or not (known or person_form.is_valid()):
        return show_appoint(request, place, person_form, terms, status=422)
    if known:
        person = get_object_or_404(User.objects.visible_to(request.user), username=known)
    else:
        person = open_account(place, **person_form.cleaned_data, by=request.user)
    appoint(person, place, **terms.cleaned_data, by=request.user)
    messages.success(request, _("Назначено. Напечатайте одноразовый код для первого входа."))
    return go_to(request, "accounts:staff_detail", person.pk)


def show_appoint(
    request: HttpRequest, place: Organisation, person_form: PersonForm, terms: AppointForm, status: int = 200
) -> HttpResponse:
    """The page of appointing; colleagues who already have an account can be taken."""
    known = User.objects.visible_to(request.user).filter(is_active=True).order_by("sort_key")[:200]
    context = {"place": place, "form": person_form, "terms": terms, "known": known}
    return render(request, "accounts/appoint.html", context, status=status)


@command("accounts.appoint_staff")
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End an appointment on a day."""
    appointment = get_object_or_404(Appointment.objects.visible_to(request.user).select_related("user", "organisation"), pk=pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        return show_person(request, appointment.user, end_form=form, status=422)
    end_appointment(appointment, **form.cleaned_data, by=request.user)
    return go_to(request, "accounts:staff_detail", appointment.user_id)


@command("accounts.issue_code")
def print_code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Issue a one-time code and show the sheet to print: it is shown once."""
    person = load(request, pk)
    fresh = spaced(issue_code(person, by=request.user))
    note_access(request, "print", person)
    return render(request, "accounts/code_sheet.html", {"person": person, "code": fresh, "days": CODE_VALID.days})


@command("accounts.appoint_staff")
def change_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change names and contacts of somebody below."""
    person = load(request, pk)
    form = PersonForm(request.POST, instance=load(request, pk))
    if not form.is_valid():
        return show_person(request, person, person_form=form, status=422)
    change_account(person, by=request.user, **form.cleaned_data)
    messages.success(request, _("Сохранено."))
    return go_to(request, "accounts:staff_detail", person.pk)


@command("accounts.appoint_staff")
def block(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close or reopen the log-in of somebody below."""
    person = load(request, pk)
    if not person.is_active:
        unblock_account(person, by=request.user)
    elif ReasonForm(request.POST).is_valid():
        block_account(person, reason=request.POST["reason"], by=request.user)
    else:
        messages.error(request, _("Напишите причину."))
    return go_to(request, "accounts:staff_detail", person.pk)


def load(request: HttpRequest, pk: UUID) -> User:
    """A person of the branch, or 404."""
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)
