"""Versions of a plan and their difference, on screen and on paper."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nastavnik.core.access import page
from nastavnik.roadmap.queries.approval import ribbon_of, steps_of
from nastavnik.roadmap.queries.differences import difference_of
from nastavnik.roadmap.queries.versions import chosen, earlier_than, kept_lines, lines_of, versions_of
from nastavnik.roadmap.views.plans import load

VIEW = "roadmap.view_roadmap"


@page(VIEW)
def versions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All versions, and two of them line by line; `?old=1&new=now`."""
    context = comparison(request, pk)
    roadmap = context["roadmap"]
    context.update(steps=steps_of(roadmap), ribbon=ribbon_of(roadmap, request.user))
    return render(request, "roadmap/versions.html", context)


@page(VIEW)
def versions_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The difference on paper."""
    return render(request, "roadmap/versions_print.html", comparison(request, pk))


def comparison(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """The two sides and their difference; without a choice the present plan and the version before it."""
    roadmap = load(request, pk)
    kept, present = versions_of(roadmap), lines_of(roadmap)
    old = chosen(kept, request.GET.get("old", ""), earlier_than(kept, present))
    new = chosen(kept, request.GET.get("new", ""), None)
    sides = [kept_lines(side) if side else present for side in (old, new)]
    return {"roadmap": roadmap, "versions": kept, "old": old, "new": new, "difference": difference_of(*sides)}
