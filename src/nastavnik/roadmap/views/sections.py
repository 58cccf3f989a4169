"""Sections of a plan written or changed by hand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import go_to
from nastavnik.roadmap.actions.sections import add_section, rename_section
from nastavnik.roadmap.forms.approval import ActForm
from nastavnik.roadmap.forms.plans import SectionForm
from nastavnik.roadmap.models import Roadmap, Section
from nastavnik.roadmap.views.amending import act_form_of, act_values, are_valid
from nastavnik.roadmap.views.leading import load_led, load_section

LEAD = "roadmap.lead_roadmap"


@page(LEAD)
def section_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of a new section."""
    roadmap = load_led(request, pk)
    return show(request, roadmap, SectionForm(), act_form_of(roadmap))


def show(
    request: HttpRequest, roadmap: Roadmap, form: SectionForm, act: ActForm | None, section: Section | None = None
) -> HttpResponse:
    """The page of a new section, or of the one that is given."""
    wrong = form.errors or (act is not None and act.errors)
    context = {"roadmap": roadmap, "form": form, "section": section, "act": act}
    return render(request, "roadmap/section_form.html", context, status=422 if wrong else 200)


@command(LEAD)
def save_section(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Append a section."""
    roadmap, form, made = load_led(request, pk), SectionForm(request.POST), list[Section]()
    act = act_form_of(roadmap, request.POST)
    if not are_valid(form, act) or not accepted(
        form, lambda: made.append(add_section(roadmap, **form.cleaned_data, **act_values(act), by=request.user))
    ):
        return show(request, roadmap, form, act)
    return go_to(request, "roadmap:new_measure", made[0].pk)


@page(LEAD)
def change_section(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form of a section that is there."""
    section = load_section(request, pk)
    form = SectionForm(initial={"number": section.number, "title": section.title})
    return show(request, section.roadmap, form, act_form_of(section.roadmap), section)


@command(LEAD)
def rename(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the new number and title."""
    section, form = load_section(request, pk), SectionForm(request.POST)
    act = act_form_of(section.roadmap, request.POST)
    if not are_valid(form, act) or not accepted(
        form, lambda: rename_section(section, **form.cleaned_data, **act_values(act), by=request.user)
    ):
        return show(request, section.roadmap, form, act, section)
    messages.success(request, _("Раздел переименован."))
    return go_to(request, "roadmap:roadmap_detail", section.roadmap_id)
