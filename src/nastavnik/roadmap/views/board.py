"""The board, and one measure with its organisations."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from nastavnik.core.access import page
from nastavnik.core.htmx import asked, is_fragment, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.roadmap.models import Assignment, Measure, Roadmap
from nastavnik.roadmap.queries.board import board_of
from nastavnik.roadmap.queries.lists import ORDERS, assignment_rows, for_list, is_uuid
from nastavnik.roadmap.queries.plans import NO_TALLY, counted
from nastavnik.roadmap.views.assignments import panel_context


@page("roadmap.view_board")
def board(request: HttpRequest, pk: UUID) -> HttpResponse:
    """«Кто что сделал»; `?cell=organisation:measure` opens the side panel."""
    roadmap = get_object_or_404(Roadmap.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    cell = request.GET.get("cell", "")
    side = side_of(request, roadmap, cell)
    if cell and is_fragment(request) and request.headers.get("HX-Target") == "side":
        return render(request, "roadmap/parts/side.html", {**side, "roadmap": roadmap})
    context = {
        "roadmap": roadmap, "board": board_of(roadmap, request.user, request), "query": asked(request), "cell": cell,
        "sections": roadmap.sections.order_by("position"), **side,
    }  # fmt: skip
    return render_page(request, "roadmap/board.html", context, partial="matrix")


def side_of(request: HttpRequest, roadmap: Roadmap, cell: str) -> dict[str, object]:
    """What the panel shows of a cell; nothing for a cell that is not there or not in the branch."""
    organisation, _colon, measure = cell.partition(":")
    empty: dict[str, object] = {"assignments": [], "selected": None}
    if not organisation.isdigit() or len(organisation) > 18 or not is_uuid(measure):
        return empty
    rows = Assignment.objects.visible_to(request.user).filter(
        roadmap=roadmap, organisation_id=int(organisation), measure_id=measure
    )
    found = list(for_list(rows.with_shown_state(timezone.localdate())).order_by("occurrence"))
    if not found:
        return empty
    first = next((one for one in found if one.state in ("planned", "in_progress")), found[0])
    return {"assignments": found, "selected": first, **panel_context(request, first)}


@page("roadmap.view_roadmap")
def measure_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One measure: «k из n школ» and who is late, by name."""
    measures = (
        Measure.objects.visible_to(request.user).select_related("roadmap__organisation", "section").prefetch_related("parties")
    )
    measure = get_object_or_404(measures, pk=pk)
    query = request.GET.copy()
    query["measure"] = str(measure.pk)
    rows = assignment_rows(request.user, query)
    shown = keyset_page(for_list(rows), ORDERS["due"], request)
    tally = counted(Assignment.objects.visible_to(request.user).filter(measure=measure), "measure_id").get(measure.pk, NO_TALLY)
    context = {
        "measure": measure, "page": shown, "tally": tally, "query": asked(request),
        "leads": request.user.may("roadmap.lead_roadmap") and measure.roadmap.organisation_id == request.user.appointment.organisation_id,
    }  # fmt: skip
    return render_page(request, "roadmap/measure_detail.html", context, partial="rows")
