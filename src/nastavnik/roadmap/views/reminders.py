"""Reminders and marks for many: previewed first."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.htmx import go_to
from nastavnik.roadmap.actions.bulk import bulk_preview, mark_many
from nastavnik.roadmap.actions.reminders import remind_schools, reminder_for, reminder_text
from nastavnik.roadmap.forms.assignments import MarkForm, RemindForm
from nastavnik.roadmap.models import Measure

REMIND = "roadmap.remind_schools"


def load(request: HttpRequest, pk: UUID) -> Measure:
    """A measure that the person may read, or 404."""
    return get_object_or_404(Measure.objects.visible_to(request.user).select_related("roadmap"), pk=pk)


@page(REMIND)
def remind_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who gets it, and the text."""
    measure = load(request, pk)
    form = RemindForm(initial={"text": reminder_text(measure)})
    return render(
        request, "roadmap/remind_form.html", {"measure": measure, "reminder": reminder_for(measure, request.user), "form": form}
    )


@command(REMIND)
def remind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the reminders."""
    measure, form = load(request, pk), RemindForm(request.POST)
    reminder = reminder_for(measure, request.user)
    if not form.is_valid():
        return render(request, "roadmap/remind_form.html", {"measure": measure, "reminder": reminder, "form": form}, status=422)
    sent = remind_schools(reminder, text=form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Отправлено напоминаний: %(sent)s.") % {"sent": sent})
    return go_to(request, "roadmap:measure_detail", measure.pk)


@command("roadmap.lead_roadmap")
def bulk(request: HttpRequest) -> HttpResponse:
    """Mark several assignments: the first time a preview of the effect, with `confirmed` the marks themselves."""
    chosen = request.POST.getlist("chosen")[:500]
    form = MarkForm(request.POST)
    preview = bulk_preview(request.user, chosen, state=request.POST.get("state", ""))
    if not request.POST.get("confirmed") or not form.is_valid():
        context = {"preview": preview, "form": form if request.POST.get("confirmed") else MarkForm(initial={"state": "done"})}
        return render(request, "roadmap/bulk_form.html", context, status=422 if request.POST.get("confirmed") else 200)
    done = mark_many(preview, **form.cleaned_data, by=request.user)
    messages.success(request, _("Отмечено заданий: %(done)s.") % {"done": done})
    return go_to(request, "roadmap:assignment_list")
