"""«Сегодня» and search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nastavnik.accounts.actions.people import put_news_away
from nastavnik.accounts.models import User
from nastavnik.audit.trail import note_access
from nastavnik.core.access import SIGNED_IN, command, page
from nastavnik.core.htmx import go_to, render_page
from nastavnik.core.text import number_of
from nastavnik.desk.queries.news import all_entries, news_card, news_for
from nastavnik.desk.queries.search import find
from nastavnik.desk.queries.today import readiness, today_of


@page(SIGNED_IN)
def today(request: HttpRequest) -> HttpResponse:
    """At most ten duties, worst first, each with one action; `?all=1` shows every one."""
    day = timezone.localdate()
    if request.user.appointment is None:
        return render(request, "desk/no_appointment.html")
    duties = today_of(request.user, day, everything=bool(request.GET.get("all")))
    context = {"day": day, "today": duties, "readiness": readiness(request.user, day), "news": news_card(request.user)}
    return render(request, "desk/today.html", context)


@page(SIGNED_IN)
def news(request: HttpRequest) -> HttpResponse:
    """«Что нового» for the person's role."""
    return render(request, "desk/news.html", {"entries": news_for(request.user)})


@command(SIGNED_IN)
def put_away(request: HttpRequest) -> HttpResponse:
    """The card goes until something newer comes."""
    put_news_away(request.user, number=min(number_of(request.POST.get("number")) or 0, all_entries()[0].number))
    return go_to(request, "desk:today")


@page("roadmap.view_roadmap")
def search(request: HttpRequest) -> HttpResponse:
    """Schools, measures and people of the branch. Names of people that were shown are noted."""
    text = request.GET.get("q", "").strip()[:100]
    groups = find(request.user, text)
    people = sum(len(group.items) for group in groups if group.icon == "users")
    if people:
        note_access(request, "view", User, rows=people)
    return render_page(request, "desk/search.html", {"text": text, "groups": groups}, partial="results")
