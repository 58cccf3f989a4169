"""«Доска»: cards by state, moved by hand, by keys or by buttons."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from nastavnik.core.access import came_from, command, page
from nastavnik.core.htmx import go_to, is_fragment, render_page
from nastavnik.core.text import number_of
from nastavnik.roadmap.actions.assignments import mark_assignment
from nastavnik.roadmap.enums import AssignmentState
from nastavnik.roadmap.marking import marks_for_other, may_mark
from nastavnik.roadmap.models import Assignment
from nastavnik.roadmap.queries.kanban import CLOSED, LANE_OF, LANES, kanban_of
from nastavnik.roadmap.views.assignments import MARK, VIEW, load_to_mark, version_of
from nastavnik.roadmap.views.bulk import newest_change
from nastavnik.roadmap.views.filtering import filters_context

CODES = {lane.code for lane in LANES}


@page(VIEW)
def kanban(request: HttpRequest) -> HttpResponse:
    """All columns; `?lane=` one of them from a cursor on, which is also what «Ещё» asks for."""
    only = request.GET.get("lane", "")
    only = only if only in CODES else ""
    lanes = kanban_of(request.user, request, may_mark, only=only)
    if only and is_fragment(request):
        return render(request, "roadmap/kanban.html#cards", {"one": lanes[0], "codes": LANES})
    context = {
        "lanes": lanes, "codes": LANES, "only": only, "undoable": newest_change(request.user), **filters_context(request)
    }  # fmt: skip
    return render_page(request, "roadmap/kanban.html", context, partial="rows")


@command(MARK)
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a card into another column. Where the move needs a reason, the form of the assignment asks for it."""
    assignment, wanted = load_to_mark(request, pk), request.POST.get("to", "")
    if wanted not in CODES:
        return go_to(request, came_from(request))
    if LANE_OF[assignment.state] != wanted:
        if wanted == CLOSED or marks_for_other(request.user, assignment):
            return go_to(request, form_address(request, assignment, wanted))
        seen = version_of(request) or number_of(request.GET.get("version", ""))
        assignment = mark_assignment(assignment, state=wanted, note=assignment.note, version=seen, by=request.user)
    if request.headers.get("HX-Request"):
        return render(request, "roadmap/kanban.html#card", {"card": load_to_mark(request, pk), "may": True, "codes": LANES})
    messages.success(request, _("Перемещено: %(lane)s.") % {"lane": AssignmentState(assignment.state).label})
    return go_to(request, came_from(request))


def form_address(request: HttpRequest, assignment: Assignment, wanted: str) -> str:
    """The form of the assignment with the state chosen, which leads back here."""
    state = AssignmentState.NOT_DONE.value if wanted == CLOSED else wanted
    query = urlencode({"state": state, "next": came_from(request)})
    return f"{reverse('roadmap:assignment_detail', args=[assignment.pk])}?{query}"
