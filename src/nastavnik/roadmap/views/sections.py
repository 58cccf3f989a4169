"""Sections of a plan written or changed by hand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.htmx import go_to
from nastavnik.roadmap.actions.sections import add_section, rename_section
from nastavnik.roadmap.forms.plans import SectionForm
from nastavnik.roadmap.models import Roadmap, Section
from nastavnik.roadmap.views.leading import load_led, load_section

LEAD = "roadmap.lead_roadmap"


@page(LEAD)
def section_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of a new section."""
    return show(request, load_led(request, pk), SectionForm())


def show(request: HttpRequest, roadmap: Roadmap, form: SectionForm, section: Section | None = None) -> HttpResponse:
    """The page of a new section, or of the one that is given."""
    context = {"roadmap": roadmap, "form": form, "section": section}
    return render(request, "roadmap/section_form.html", context, status=422 if form.errors else 200)


@command(LEAD)
def save_section(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Append a section."""
    roadmap, form = load_led(request, pk), SectionForm(request.POST)
    if not form.is_valid():
        return show(request, roadmap, form)
    section = add_section(roadmap, **form.cleaned_data, by=request.user)
    return go_to(request, "roadmap:new_measure", section.pk)


@page(LEAD)
def change_section(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of a section that is there."""
    section = load_section(request, pk)
    return show(request, section.roadmap, SectionForm(initial={"number": section.number, "title": section.title}), section)


@command(LEAD)
def rename(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the new number and title."""
    section, form = load_section(request, pk), SectionForm(request.POST)
    if not form.is_valid():
        return show(request, section.roadmap, form, section)
    rename_section(section, **form.cleaned_data, by=request.user)
    messages.success(request, _("Раздел переименован."))
    return go_to(request, "roadmap:roadmap_detail", section.roadmap_id)
