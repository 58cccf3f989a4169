"""«Календарь»: a month of assignments."""

from django.http import HttpRequest, HttpResponse

from nastavnik.core.access import page
from nastavnik.core.htmx import render_page
from nastavnik.roadmap.queries.calendar import calendar_of
from nastavnik.roadmap.views.filtering import filters_context

VIEW = "roadmap.view_roadmap"


@page(VIEW)
def calendar(request: HttpRequest) -> HttpResponse:
    """The month that the address names, the present one by default."""
    context = {"month": calendar_of(request.user, request.GET), **filters_context(request)}
    return render_page(request, "roadmap/calendar.html", context, partial="rows")
