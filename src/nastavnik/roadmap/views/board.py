"""The board, and one measure with its organisations."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nastavnik.core.access import page
from nastavnik.core.htmx import asked, is_fragment, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.core.text import number_of
from nastavnik.roadmap.enums import Purpose
from nastavnik.roadmap.exports.tables import export_board
from nastavnik.roadmap.facts import fact_of
from nastavnik.roadmap.models import Measure, Roadmap
from nastavnik.roadmap.queries.board import RANK, board_of
from nastavnik.roadmap.queries.facts import bound_codes, progress_of
from nastavnik.roadmap.queries.lists import ORDERS, assignment_rows, for_list, is_uuid
from nastavnik.roadmap.queries.measures import late_places_of, occurrences_of
from nastavnik.roadmap.queries.order import bonds_around
from nastavnik.roadmap.schedule import is_movable
from nastavnik.roadmap.views.assignments import panel_context
from nastavnik.roadmap.views.filtering import filters_of_plans
from nastavnik.roadmap.views.leading import leads

MOST_EXPORTED = 5000


@page("roadmap.view_board")
def board(request: HttpRequest, pk: UUID) -> HttpResponse:
    """«Кто что сделал»; `?cell=organisation:measure` opens the side panel, alone when htmx asks for it."""
    roadmap = get_object_or_404(Roadmap.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    if roadmap.purpose == Purpose.MODEL:
        return redirect("roadmap:roadmap_detail", roadmap.pk)
    side = side_of(request, roadmap, request.GET.get("cell", ""))
    if is_fragment(request) and request.headers.get("HX-Target") == "side":
        return render(request, "roadmap/parts/side.html", {**side, "roadmap": roadmap})
    shown = board_of(roadmap, request.user, request)
    context = {"roadmap": roadmap, "board": shown, **filters_of_plans(request, [roadmap], shown.sections), **side}
    return render_page(request, "roadmap/board.html", context, partial="matrix")


@page("roadmap.export_assignments")
def board_export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole board within its filters as a table file."""
    roadmap = get_object_or_404(Roadmap.objects.visible_to(request.user), pk=pk)
    return export_board(board_of(roadmap, request.user, request, size=MOST_EXPORTED))


def side_of(request: HttpRequest, roadmap: Roadmap, cell: str) -> dict[str, Any]:
    """What the panel shows of a cell; nothing for a cell that is not there or not in the branch."""
    typed, _colon, measure = cell.partition(":")
    organisation = number_of(typed)
    if organisation is None or not is_uuid(measure):
        return {"assignments": [], "selected": None}
    query = {"roadmap": str(roadmap.pk), "measure": measure}
    rows = assignment_rows(request.user, query).filter(organisation_id=organisation)
    found = list(for_list(rows).order_by("occurrence"))
    if not found:
        return {"assignments": [], "selected": None}
    worst = min(found, key=lambda one: RANK[one.shown])
    return {"assignments": found, "selected": worst, **panel_context(request, worst)}


@page("roadmap.view_roadmap")
def measure_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One measure: «k из n школ» per date, and who is late, by name."""
    measures = Measure.objects.visible_to(request.user).select_related("roadmap__organisation", "section")
    measure = get_object_or_404(measures.prefetch_related("parties"), pk=pk)
    if measure.roadmap.purpose == Purpose.MODEL:
        publishes = request.user.may("roadmap.publish_model")
        return redirect("roadmap:line_copies", pk) if publishes else redirect("roadmap:roadmap_detail", measure.roadmap_id)
    rows = assignment_rows(request.user, {**request.GET.dict(), "measure": str(measure.pk)})
    own, late = request.user.appointment.organisation_id, late_places_of(measure, request.user)
    shown = keyset_page(for_list(rows), ORDERS["due"], request)
    context = {
        "measure": measure, "page": shown, "query": asked(request), "progress": progress_of(shown.rows),
        "facts": [fact for code in bound_codes([measure.pk]).get(measure.pk, []) if (fact := fact_of(code))],
        "occurrences": occurrences_of(measure, request.user), "late": late,
        "leads": leads(request, measure.roadmap), "bonds": bonds_around(measure), "movable": is_movable(measure.deadline),
        "may_remind": request.user.may("roadmap.remind_schools") and any(place.pk != own for place in late),
    }  # fmt: skip
    return render_page(request, "roadmap/measure_detail.html", context, partial="rows")
