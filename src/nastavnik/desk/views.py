"""«Сегодня» and search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nastavnik.core.access import SIGNED_IN, page
from nastavnik.core.htmx import render_page
from nastavnik.desk.queries import find, readiness, today_of


@page(SIGNED_IN)
def today(request: HttpRequest) -> HttpResponse:
    """At most ten duties, worst first, each with one action."""
    day = timezone.localdate()
    if request.user.appointment is None:
        return render(request, "desk/no_appointment.html")
    context = {"day": day, "today": today_of(request.user, day), "readiness": readiness(request.user, day)}
    return render(request, "desk/today.html", context)


@page("roadmap.view_roadmap")
def search(request: HttpRequest) -> HttpResponse:
    """Schools, measures and people of the branch."""
    text = request.GET.get("q", "").strip()[:100]
    return render_page(request, "desk/search.html", {"text": text, "groups": find(request.user, text)}, partial="results")
