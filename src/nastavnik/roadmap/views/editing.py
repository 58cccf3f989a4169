"""Measures of a plan at work: written, changed and removed by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import go_to
from nastavnik.roadmap.actions.plans import add_measure, change_measure, remove_measure
from nastavnik.roadmap.enums import Purpose
from nastavnik.roadmap.forms.measures import ChangeForm, MeasureForm
from nastavnik.roadmap.models import Measure, Roadmap, Section
from nastavnik.roadmap.queries.plans import as_value, horizon_of, partners_of
from nastavnik.roadmap.views.leading import load_measure, load_section

LEAD = "roadmap.lead_roadmap"


def form_of_new(section: Section, *input_: Any) -> MeasureForm:
    """The form of a measure that is not there yet."""
    return MeasureForm(*input_, horizon=horizon_of(section.roadmap), partners=partners_of(section.roadmap.organisation))


@page(LEAD)
def new_measure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of a new measure."""
    section = load_section(request, pk)
    return show(request, section, form_of_new(section))


def show(request: HttpRequest, section: Section, form: MeasureForm, measure: Measure | None = None) -> HttpResponse:
    """The page of a new measure, or of the one that is given."""
    context = {"section": section, "roadmap": section.roadmap, "form": form, "measure": measure}
    return render(request, "roadmap/measure_form.html", context, status=422 if form.errors else 200)


@command(LEAD)
def save_new_measure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Append a measure and hand it out."""
    section = load_section(request, pk)
    form = form_of_new(section, request.POST)
    if not form.is_valid():
        return show(request, section, form)
    add_measure(section, **form.values, by=request.user)
    messages.success(request, said_of(section.roadmap, _("Мероприятие добавлено, задания розданы."), _("Мероприятие добавлено.")))
    return go_to(request, "roadmap:roadmap_detail", section.roadmap_id)


def said_of(roadmap: Roadmap, work: str, model: str) -> str:
    """What a person is told: a model has no assignments."""
    return model if roadmap.purpose == Purpose.MODEL else work


def form_of_change(measure: Measure, *input_: Any) -> ChangeForm:
    """The form of a measure at work."""
    roadmap = measure.roadmap
    return ChangeForm(*input_, horizon=horizon_of(roadmap), measure=as_value(measure), partners=partners_of(roadmap.organisation))


@page(LEAD)
def measure_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of a measure at work."""
    measure = load_measure(request, pk)
    return show(request, measure.section, form_of_change(measure), measure)


@command(LEAD)
def save_measure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a measure; its open assignments follow."""
    measure = load_measure(request, pk)
    form, version = form_of_change(measure, request.POST), request.POST.get("version", "")
    seen = int(version) if version.isdigit() else measure.version
    if not form.is_valid() or not accepted(
        form,
        lambda: change_measure(measure, **form.values, reason=form.cleaned_data["reason"], version=seen, by=request.user),
    ):
        return show(request, measure.section, form, measure)
    messages.success(
        request, said_of(measure.roadmap, _("Мероприятие изменено, открытые задания обновлены."), _("Мероприятие изменено."))
    )
    return go_to(request, "roadmap:measure_detail", measure.pk)


@command(LEAD)
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a measure out of the plan, if nobody has worked on it."""
    measure = load_measure(request, pk)
    roadmap = measure.roadmap_id
    remove_measure(measure, reason=request.POST.get("reason", "").strip(), by=request.user)
    messages.success(request, _("Мероприятие убрано из плана."))
    return go_to(request, "roadmap:roadmap_detail", roadmap)
