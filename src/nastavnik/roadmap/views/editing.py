"""A plan written or changed by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.errors import Refusal
from nastavnik.core.htmx import go_to
from nastavnik.roadmap.actions.plans import add_measure, add_section, change_measure, remove_measure
from nastavnik.roadmap.forms.measures import MeasureForm
from nastavnik.roadmap.forms.plans import SectionForm
from nastavnik.roadmap.models import Measure, Roadmap, Section
from planreader.model import Measure as PlanMeasure
from planreader.model import Party, Role, Scope, Span

LEAD = "roadmap.lead_roadmap"


def horizon_of(roadmap: Roadmap) -> Span | None:
    """The period of a plan at work."""
    return Span(roadmap.starts_on, roadmap.ends_on) if roadmap.starts_on and roadmap.ends_on else None


def as_printed(measure: Measure) -> PlanMeasure:
    """A stored measure as the value that the form shows."""
    parties = tuple(
        Party(one.text, Role(one.role), Scope(one.scope), one.name or None) for one in measure.parties.order_by("position")
    )
    return PlanMeasure(measure.number, measure.text, measure.deadline, parties, measure.result or None)


@page(LEAD)
def section_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of a new section."""
    roadmap = get_object_or_404(Roadmap.objects.led_by(request.user), pk=pk)
    return render(request, "roadmap/section_form.html", {"roadmap": roadmap, "form": SectionForm()})


@command(LEAD)
def save_section(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Append a section."""
    roadmap = get_object_or_404(Roadmap.objects.led_by(request.user), pk=pk)
    form = SectionForm(request.POST)
    if not form.is_valid():
        return render(request, "roadmap/section_form.html", {"roadmap": roadmap, "form": form}, status=422)
    section = add_section(roadmap, **form.cleaned_data, by=request.user)
    return go_to(request, "roadmap:new_measure", section.pk)


def load_section(request: HttpRequest, pk: UUID) -> Section:
    """A section of a plan of the own organisation, or 404."""
    place = request.user.appointment.organisation_id
    return get_object_or_404(Section.objects.select_related("roadmap__organisation"), pk=pk, roadmap__organisation_id=place)


@page(LEAD)
def new_measure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of a new measure."""
    section = load_section(request, pk)
    return show_new(request, section, MeasureForm(horizon=horizon_of(section.roadmap)))


def show_new(request: HttpRequest, section: Section, form: MeasureForm, status: int = 200) -> HttpResponse:
    """The page of a new measure."""
    context = {"section": section, "roadmap": section.roadmap, "form": form, "measure": None}
    return render(request, "roadmap/measure_form.html", context, status=status)


@command(LEAD)
def save_new_measure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Append a measure and hand it out."""
    section = load_section(request, pk)
    form = MeasureForm(request.POST, horizon=horizon_of(section.roadmap))
    if not form.is_valid():
        return show_new(request, section, form, status=422)
    add_measure(section, **fields_of(form), by=request.user)
    messages.success(request, _("Мероприятие добавлено, задания розданы."))
    return go_to(request, "roadmap:roadmap_detail", section.roadmap_id)


def fields_of(form: MeasureForm) -> dict[str, Any]:
    """What the actions take from the form."""
    return {name: form.cleaned_data[name] for name in ("number", "text", "result", "deadline", "parties")}


def load_measure(request: HttpRequest, pk: UUID) -> Measure:
    """A measure of a plan of the own organisation, or 404."""
    return get_object_or_404(Measure.objects.led_by(request.user).select_related("roadmap__organisation", "section"), pk=pk)


@page(LEAD)
def measure_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of a measure at work."""
    measure = load_measure(request, pk)
    return show_change(request, measure, MeasureForm(horizon=horizon_of(measure.roadmap), measure=as_printed(measure)))


def show_change(request: HttpRequest, measure: Measure, form: MeasureForm, status: int = 200) -> HttpResponse:
    """The page of a change."""
    context = {"section": measure.section, "roadmap": measure.roadmap, "form": form, "measure": measure}
    return render(request, "roadmap/measure_form.html", context, status=status)


@command(LEAD)
def save_measure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a measure; its open assignments follow."""
    measure = load_measure(request, pk)
    form = MeasureForm(request.POST, horizon=horizon_of(measure.roadmap), measure=as_printed(measure))
    reason, version = request.POST.get("reason", "").strip(), request.POST.get("version", "")
    if not form.is_valid():
        return show_change(request, measure, form, status=422)
    if not reason:
        raise Refusal(_("Напишите, почему мероприятие меняется."))
    change_measure(
        measure,
        **fields_of(form),
        reason=reason[:300],
        version=int(version) if version.isdigit() else measure.version,
        by=request.user,
    )
    messages.success(request, _("Мероприятие изменено, открытые задания обновлены."))
    return go_to(request, "roadmap:measure_detail", measure.pk)


@command(LEAD)
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a measure out of the plan, if nobody has worked on it."""
    measure = load_measure(request, pk)
    roadmap = measure.roadmap_id
    remove_measure(measure, reason=request.POST.get("reason", "").strip(), by=request.user)
    messages.success(request, _("Мероприятие убрано из плана."))
    return go_to(request, "roadmap:roadmap_detail", roadmap)
