"""Facts: the table of the branch, what a measure is bound to, back to the automatic mark."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nastavnik.core.access import came_from, command, page
from nastavnik.core.htmx import asked, go_to, render_page
from nastavnik.roadmap.actions.assignments import return_to_facts
from nastavnik.roadmap.actions.fact_binding import bind_facts, facts_for, preview_binding
from nastavnik.roadmap.forms.facts import BindingForm
from nastavnik.roadmap.models import Measure
from nastavnik.roadmap.queries.fact_table import SHOWN_KINDS, fact_table
from nastavnik.roadmap.queries.facts import bound_codes
from nastavnik.roadmap.views.assignments import load_to_mark, version_of
from nastavnik.roadmap.views.leading import load_measure

LEAD = "roadmap.lead_roadmap"


@page(LEAD)
def table(request: HttpRequest) -> HttpResponse:
    """«Факты»: for each organisation of the branch what the system knows by itself."""
    context = {
        "table": fact_table(request.user, request), "query": asked(request),
        "kinds": [(kind.value, kind.label) for kind in SHOWN_KINDS], "filtered": bool(request.GET.dict()),
    }  # fmt: skip
    return render_page(request, "roadmap/fact_table.html", context, partial="rows")


@page(LEAD)
def binding_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which facts close the measure; with `?codes=…` what that would do now."""
    measure = load_measure(request, pk)
    facts = facts_for(measure)
    if "rule" in request.GET:
        return show(request, measure, BindingForm(request.GET, facts=facts))
    bound = bound_codes([measure.pk]).get(measure.pk, [])
    return show(request, measure, BindingForm(facts=facts, initial={"codes": bound, "rule": measure.fact_rule}))


def show(request: HttpRequest, measure: Measure, form: BindingForm) -> HttpResponse:
    """The form, with the preview of a choice that is valid."""
    preview = None
    if form.is_bound and form.is_valid() and form.cleaned_data["codes"]:
        preview = preview_binding(measure, form.cleaned_data["codes"], form.cleaned_data["rule"])
    context: dict[str, Any] = {"measure": measure, "form": form, "preview": preview}
    return render(request, "roadmap/fact_form.html", context, status=422 if form.errors else 200)


@command(LEAD)
def bind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bind the measure; its assignments follow at once."""
    measure = load_measure(request, pk)
    form = BindingForm(request.POST, facts=facts_for(measure))
    if not form.is_valid():
        return show(request, measure, form)
    bind_facts(measure, **form.cleaned_data, by=request.user)
    if form.cleaned_data["codes"]:
        messages.success(request, _("Связь сохранена. Дальше задания отмечаются сами."))
    else:
        messages.success(request, _("Связь снята. Отметки остались как были."))
    return go_to(request, "roadmap:measure_detail", measure.pk)


@command("roadmap.mark_assignment")
def return_mark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """«Вернуть автоматическую отметку»."""
    assignment = load_to_mark(request, pk)
    return_to_facts(assignment, version=version_of(request), by=request.user)
    messages.success(request, _("Отметку снова ставит система."))
    return go_to(request, came_from(request))
