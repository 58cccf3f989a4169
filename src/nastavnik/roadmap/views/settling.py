"""«Сроки, которые надо уточнить»: who waits, one day for all, a question to the schools."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.errors import Refusal
from nastavnik.core.htmx import go_to
from nastavnik.core.text import day_of
from nastavnik.roadmap.actions.settling import ask_for_dates, question_about, question_text, settle_deadline
from nastavnik.roadmap.forms.assignments import RemindForm
from nastavnik.roadmap.models import Measure
from nastavnik.roadmap.queries.plans import unsettled_of
from nastavnik.roadmap.views.amending import act_of
from nastavnik.roadmap.views.leading import load_measure

LEAD = "roadmap.lead_roadmap"


@page("roadmap.view_roadmap")
def unsettled_list(request: HttpRequest) -> HttpResponse:
    """Deadlines that a person must still name."""
    return render(request, "roadmap/unsettled_list.html", {"lines": unsettled_of(request.user)})


@command(LEAD)
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name the day that the plan left open, for all at once."""
    measure, day = load_measure(request, pk), day_of(request.POST.get("due_on"))
    if day is None:
        raise Refusal(_("Укажите день, до которого надо сделать."))
    reason, act = request.POST.get("reason", "").strip()[:300], act_of(request, measure.roadmap)
    settle_deadline(measure, due_on=day, reason=reason, act=act, by=request.user)
    messages.success(request, _("Срок назван для всех, кто его ждал."))
    return go_to(request, "roadmap:unsettled_list")


@page(LEAD)
def ask_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whom the question reaches, and its text."""
    measure = load_measure(request, pk)
    return show(request, measure, RemindForm(initial={"text": question_text(measure)}))


def show(request: HttpRequest, measure: Measure, form: RemindForm) -> HttpResponse:
    """The question before it goes."""
    context = {"measure": measure, "question": question_about(measure, request.user), "form": form}
    return render(request, "roadmap/ask_form.html", context, status=422 if form.errors else 200)


@command(LEAD)
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the question."""
    measure, form = load_measure(request, pk), RemindForm(request.POST)
    if not form.is_valid():
        return show(request, measure, form)
    sent = ask_for_dates(question_about(measure, request.user), text=form.cleaned_data["text"], by=request.user)
    messages.success(request, _("Отправлено вопросов: %(sent)s.") % {"sent": sent})
    return go_to(request, "roadmap:unsettled_list")
