"""Plans that a person leads: those of the own organisation. Others of the branch are read, not changed."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from nastavnik.roadmap.models import Measure, Roadmap, Section


def load_led(request: HttpRequest, pk: UUID) -> Roadmap:
    """A plan of the own organisation: 404 outside the branch, 403 for somebody else's plan inside it."""
    roadmap = get_object_or_404(Roadmap.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    return require_lead(request, roadmap)


def load_section(request: HttpRequest, pk: UUID) -> Section:
    """A section of such a plan."""
    plans = Roadmap.objects.visible_to(request.user)
    section = get_object_or_404(Section.objects.select_related("roadmap__organisation"), pk=pk, roadmap__in=plans)
    require_lead(request, section.roadmap)
    return section


def load_measure(request: HttpRequest, pk: UUID) -> Measure:
    """A measure of such a plan."""
    rows = Measure.objects.visible_to(request.user).select_related("section__roadmap__organisation", "roadmap__organisation")
    measure = get_object_or_404(rows, pk=pk)
    require_lead(request, measure.roadmap)
    return measure


def require_lead(request: HttpRequest, roadmap: Roadmap) -> Roadmap:
    """403 unless the plan is the present organisation's own."""
    if not leads(request, roadmap):
        raise PermissionDenied
    return roadmap


def leads(request: HttpRequest, roadmap: Roadmap) -> bool:
    """May the person change this plan?"""
    return request.user.may("roadmap.lead_roadmap") and roadmap.organisation_id == request.user.appointment.organisation_id
