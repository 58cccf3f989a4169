"""Measures of a plan at work: written, changed and removed by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted, seen_version
from nastavnik.core.htmx import go_to
from nastavnik.roadmap.actions.plans import add_measure, change_measure, remove_measure
from nastavnik.roadmap.enums import Purpose
from nastavnik.roadmap.forms.approval import ActForm
from nastavnik.roadmap.forms.measures import ChangeForm, MeasureForm
from nastavnik.roadmap.models import Measure, Roadmap, Section
from nastavnik.roadmap.queries.plans import as_value, horizon_of, partners_of
from nastavnik.roadmap.views.amending import act_form_of, act_of, act_values, are_valid
from nastavnik.roadmap.views.leading import load_measure, load_section

LEAD = "roadmap.lead_roadmap"


def form_of_new(section: Section, *input_: Any) -> MeasureForm:
    """The form of a measure that is not there yet."""
    return MeasureForm(*input_, horizon=horizon_of(section.roadmap), partners=partners_of(section.roadmap.organisation))


@page(LEAD)
def new_measure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of a new measure."""
    section = load_section(request, pk)
    return show(request, section, form_of_new(section), act_form_of(section.roadmap))


def show(
    request: HttpRequest, section: Section, form: MeasureForm, act: ActForm | None, measure: Measure | None = None
) -> HttpResponse:
    """The page of a new measure, or of the one that is given; `act` asks for the order that an approved plan needs."""
    wrong = form.errors or (act is not None and act.errors)
    context = {"section": section, "roadmap": section.roadmap, "form": form, "measure": measure, "act": act}
    return render(request, "roadmap/measure_form.html", context, status=422 if wrong else 200)


@command(LEAD)
def save_new_measure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Append a measure and hand it out."""
    section = load_section(request, pk)
    form, act = form_of_new(section, request.POST), act_form_of(section.roadmap, request.POST)
    if not are_valid(form, act) or not accepted(
        form, lambda: add_measure(section, **form.values, **act_values(act), by=request.user)
    ):
        return show(request, section, form, act)
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
    return show(request, measure.section, form_of_change(measure), act_form_of(measure.roadmap, with_reason=False), measure)


@command(LEAD)
def save_measure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a measure; its open assignments follow."""
    measure = load_measure(request, pk)
    form, act = form_of_change(measure, request.POST), act_form_of(measure.roadmap, request.POST, with_reason=False)
    seen = {"version": seen_version(request, measure.version), "by": request.user}
    if not are_valid(form, act) or not accepted(
        form, lambda: change_measure(measure, **form.values, reason=form.cleaned_data["reason"], **act_values(act), **seen)
    ):
        return show(request, measure.section, form, act, measure)
    messages.success(
        request, said_of(measure.roadmap, _("Мероприятие изменено, открытые задания обновлены."), _("Мероприятие изменено."))
    )
    return go_to(request, "roadmap:measure_detail", measure.pk)


@command(LEAD)
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a measure out of the plan, if nobody has worked on it."""
    measure = load_measure(request, pk)
    roadmap, act = measure.roadmap_id, act_of(request, measure.roadmap)
    remove_measure(measure, reason=request.POST.get("reason", "").strip(), act=act, by=request.user)
    messages.success(request, _("Мероприятие убрано из плана."))
    return go_to(request, "roadmap:roadmap_detail", roadmap)
