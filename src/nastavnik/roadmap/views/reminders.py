"""Reminders: previewed first."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from nastavnik.accounts.models import User
from nastavnik.audit.trail import note_access
from nastavnik.core.access import came_from, command, page
from nastavnik.core.htmx import go_to
from nastavnik.roadmap.actions.reminders import (
    Reminder,
    late_below,
    remind_schools,
    reminder_for,
    reminder_of,
    reminder_text,
    reminder_text_of_many,
)
from nastavnik.roadmap.forms.assignments import RemindForm
from nastavnik.roadmap.models import Measure
from nastavnik.roadmap.views.bulk import chosen_keys

REMIND = "roadmap.remind_schools"


def load(request: HttpRequest, pk: UUID) -> Measure:
    """A measure that the person may read, or 404."""
    return get_object_or_404(Measure.objects.visible_to(request.user).select_related("roadmap"), pk=pk)


def show(request: HttpRequest, reminder: Reminder, form: RemindForm, status: int = 200, **context: Any) -> HttpResponse:
    """The preview: whom it reaches, and the text. It names people, so it is noted."""
    people = {person.pk for found in reminder.people.values() for person in found}
    if people:
        note_access(request, "view", User, rows=len(people))
    return render(request, "roadmap/remind_form.html", {"reminder": reminder, "form": form, **context}, status=status)


@page(REMIND)
def remind_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who gets it, and the text; `?organisation=` for one school."""
    measure, place = load(request, pk), request.GET.get("organisation", "")
    reminder = reminder_for(measure, request.user, organisation=place)
    form = RemindForm(initial={"text": reminder_text(measure)})
    return show(request, reminder, form, measure=measure, organisation=place)


@command(REMIND)
def remind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the reminders of one measure."""
    measure, form, place = load(request, pk), RemindForm(request.POST), request.POST.get("organisation", "")
    reminder = reminder_for(measure, request.user, organisation=place)
    if not form.is_valid():
        return show(request, reminder, form, status=422, measure=measure, organisation=place)
    send(request, reminder, form)
    return go_to(request, "roadmap:measure_detail", measure.pk)


@command(REMIND)
def remind_chosen(request: HttpRequest) -> HttpResponse:
    """Remind of the chosen assignments: the first time a preview, with `confirmed` the messages themselves."""
    chosen = chosen_keys(request)
    rows = late_below(request.user).filter(pk__in=chosen)
    reminder = reminder_of(rows, passed_over=len(chosen) - rows.count())
    confirmed = bool(request.POST.get("confirmed"))
    form = RemindForm(request.POST) if confirmed else RemindForm(initial={"text": reminder_text_of_many()})
    if not confirmed or not form.is_valid():
        return show(request, reminder, form, status=422 if confirmed else 200, chosen=chosen)
    send(request, reminder, form)
    return go_to(request, came_from(request))


def send(request: HttpRequest, reminder: Reminder, form: RemindForm) -> None:
    """Write the messages and say how many."""
    sent = remind_schools(reminder, text=form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Отправлено напоминаний: %(sent)s.") % {"sent": sent})
