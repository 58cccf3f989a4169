"""The list of requirements: versions with sources and dates, own wording of a region or a municipality."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import go_to
from nastavnik.core.identifiers import uuid7
from nastavnik.core.text import number_of
from nastavnik.monitoring.actions.requirements import change_requirement, write_requirement
from nastavnik.monitoring.forms import RequirementForm
from nastavnik.monitoring.models import Requirement
from nastavnik.monitoring.queries.requirements import entries_for

CHANGE = "monitoring.change_requirements"
COPIED = ("kind", "title", "explanation", "source", "source_date", "confirmed", "fact")


@page("monitoring.view_monitoring")
def requirement_list(request: HttpRequest) -> HttpResponse:
    """All versions, with what is in force today."""
    place = request.user.appointment.organisation
    context = {"kinds": entries_for(place, timezone.localdate()), "place": place}
    return render(request, "monitoring/requirement_list.html", context)


def load_known(request: HttpRequest, pk: int) -> Requirement:
    """One that the person's organisation knows, or 404."""
    return get_object_or_404(Requirement.objects.known_to(request.user.appointment.organisation), pk=pk)


def load_above(request: HttpRequest, typed: str | None) -> Requirement | None:
    """The requirement whose place the new one takes; 404 outside, None where there is none."""
    key = number_of(typed)
    return None if key is None else load_known(request, key)


@page(CHANGE)
def new_requirement(request: HttpRequest) -> HttpResponse:
    """The form of a new requirement; `?instead=key` begins with the words of one that stands above."""
    above = load_above(request, request.GET.get("instead"))
    initial: dict[str, Any] = {name: getattr(above, name) for name in COPIED} if above else {}
    form = RequirementForm(initial={**initial, "valid_from": timezone.localdate()})
    return show(request, form, instead=above)


def show(
    request: HttpRequest, form: RequirementForm, *, instead: Requirement | None = None, requirement: Requirement | None = None
) -> HttpResponse:
    """The page of the form."""
    context = {"form": form, "instead": instead, "requirement": requirement}
    return render(request, "monitoring/requirement_form.html", context, status=422 if form.errors else 200)


@command(CHANGE)
def write(request: HttpRequest) -> HttpResponse:
    """Keep a new requirement."""
    above = load_above(request, request.POST.get("instead"))
    form, code = RequirementForm(request.POST), above.code if above else f"own-{uuid7().hex[-12:]}"
    place = request.user.appointment.organisation
    if not form.is_valid() or not accepted(
        form, lambda: write_requirement(place, code=code, by=request.user, **form.cleaned_data), field="valid_from"
    ):
        return show(request, form, instead=above)
    messages.success(request, _("Требование записано. Школы увидят его с указанного дня."))
    return go_to(request, "monitoring:requirement_list")


def load_own(request: HttpRequest, pk: int) -> Requirement:
    """One that the person's organisation has written, or 404."""
    return get_object_or_404(Requirement.objects.kept_by(request.user.appointment.organisation).select_related("owner"), pk=pk)


@page(CHANGE)
def requirement_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of an own requirement."""
    found = load_own(request, pk)
    return show(request, RequirementForm(instance=found), requirement=found)


@command(CHANGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the changes of an own requirement. The form gets its own copy of the row, so that the action sees what stood before."""
    found, form = load_own(request, pk), RequirementForm(request.POST, instance=load_own(request, pk))
    if not form.is_valid() or not accepted(
        form, lambda: change_requirement(found, by=request.user, **form.cleaned_data), field="valid_from"
    ):
        return show(request, form, requirement=found)
    messages.success(request, _("Требование изменено."))
    return go_to(request, "monitoring:requirement_list")
