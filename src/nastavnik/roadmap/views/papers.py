"""The plan as an official paper: Word, PDF, Excel."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from nastavnik.core.access import page
from nastavnik.documents.official import FORMATS, paper_response
from nastavnik.roadmap.exports.papers import official_paper
from nastavnik.roadmap.models import Roadmap
from nastavnik.roadmap.queries.papers import marks_of, plan_at_work


@page("roadmap.view_roadmap")
def roadmap_paper(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """The plan for signing; `?marks=1` with how far each measure is in the branch of the person."""
    if kind not in FORMATS:
        raise Http404
    plans = Roadmap.objects.visible_to(request.user).select_related("organisation__municipality")
    roadmap = get_object_or_404(plans, pk=pk)
    marks = marks_of(roadmap, request.user) if request.GET.get("marks") else None
    return paper_response(official_paper(roadmap, plan_at_work(roadmap), marks=marks), kind, name=roadmap.title)
