"""Appoint somebody, change the days of an appointment, end it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.appointments import appoint, change_dates, end_appointment
from nastavnik.accounts.actions.people import open_account
from nastavnik.accounts.forms.people import AppointForm, DatesForm, EndForm, PersonForm
from nastavnik.accounts.models import Appointment, User
from nastavnik.accounts.queries import places_to_choose
from nastavnik.accounts.views.staff import show_person
from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import go_to
from nastavnik.organisations.models import Organisation


@page("accounts.appoint_staff")
def appoint_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for a new colleague in an organisation."""
    place = place_by(request, slug)
    return show_appoint(request, place, PersonForm(), AppointForm(by=request.user, place=place))


@command("accounts.appoint_staff")
def appoint_person(request: HttpRequest, slug: str) -> HttpResponse:
    """Appoint somebody who has an account here (`person`), or open an account and appoint."""
    place = place_by(request, slug)
    terms = AppointForm(request.POST, by=request.user, place=place)
    is_new = not request.POST.get("person", "").strip()
    person_form = PersonForm(request.POST if is_new else None)
    if not terms.is_valid() or (is_new and not person_form.is_valid()):
        return show_appoint(request, place, person_form, terms, status=422)
    appointed: list[User] = []
    if not accepted(terms, lambda: appointed.append(give(request.user, place, person_form, terms))):
        return show_appoint(request, place, person_form, terms, status=422)
    done = _("Назначено. Напечатайте одноразовый код для первого входа.") if is_new else _("Назначено.")
    messages.success(request, done)
    return go_to(request, "accounts:staff_detail", appointed[0].pk)


def give(by: User, place: Organisation, person_form: PersonForm, terms: AppointForm) -> User:
    """The person who has been appointed."""
    known, post = terms.cleaned_data["person"], {name: terms.cleaned_data[name] for name in ("role", "starts_on", "ends_on")}
    person = known or open_account(place, **person_form.cleaned_data, by=by)
    appoint(person, place, **post, by=by)
    return person


def show_appoint(
    request: HttpRequest, place: Organisation, person_form: PersonForm, terms: AppointForm, status: int = 200
) -> HttpResponse:
    """The page of appointing."""
    context = {"place": place, "form": person_form, "terms": terms, "places": places_to_choose(request.user)}
    return render(request, "accounts/appoint.html", context, status=status)


@command("accounts.appoint_staff")
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End an appointment on a day."""
    appointment = appointment_by(request, pk)
    form = EndForm(request.POST, auto_id=f"end_{pk}_%s")
    return change(request, appointment, form, lambda **days: end_appointment(appointment, **days, by=request.user))


@command("accounts.appoint_staff")
def dates(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct the days of an appointment."""
    appointment = appointment_by(request, pk)
    form = DatesForm(request.POST, auto_id=f"dates_{pk}_%s")
    return change(request, appointment, form, lambda **days: change_dates(appointment, **days, by=request.user))


def change(request: HttpRequest, appointment: Appointment, form: forms.Form, act: Callable[..., Any]) -> HttpResponse:
    """Do it and show the card, or show the card with what is wrong."""
    if not form.is_valid() or not accepted(form, lambda: act(**form.cleaned_data)):
        return show_person(request, appointment.user, status=422, wrong={form.auto_id: form})
    messages.success(request, _("Сохранено."))
    return go_to(request, "accounts:staff_detail", appointment.user_id)


def place_by(request: HttpRequest, slug: str) -> Organisation:
    """An organisation of the branch, or 404."""
    return get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)


def appointment_by(request: HttpRequest, pk: UUID) -> Appointment:
    """An appointment of the branch, or 404."""
    return get_object_or_404(Appointment.objects.visible_to(request.user).select_related("user", "organisation"), pk=pk)
