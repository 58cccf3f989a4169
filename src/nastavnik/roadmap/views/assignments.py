"""Assignments: list, export, one assignment and its marks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nastavnik.audit.queries import history_of
from nastavnik.audit.trail import note_access
from nastavnik.core.access import came_from, command, is_own_page, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import go_to, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.core.text import number_of
from nastavnik.roadmap.actions.assignments import mark_assignment, name_own_date
from nastavnik.roadmap.columns import chosen_columns, columns_for, with_columns
from nastavnik.roadmap.enums import AssignmentState
from nastavnik.roadmap.exports.tables import export_assignments
from nastavnik.roadmap.forms.assignments import DateForm, LinkForm, MarkForm
from nastavnik.roadmap.marking import marks_for_other, may_mark, may_receive, may_remind
from nastavnik.roadmap.models import Assignment
from nastavnik.roadmap.queries.addresses import default_address
from nastavnik.roadmap.queries.facts import progress_of
from nastavnik.roadmap.queries.lists import assignment_rows, counted_to, executors_of, for_list, in_order
from nastavnik.roadmap.views.bulk import MOST_CHOSEN, newest_change
from nastavnik.roadmap.views.filtering import filters_context

VIEW, MARK = "roadmap.view_roadmap", "roadmap.mark_assignment"
MOST_EXPORTED, MOST_PRINTED = 100_000, 2000


@page(VIEW)
def assignment_list(request: HttpRequest) -> HttpResponse:
    """Assignments of the branch by the filters of the address; the bare address opens the view that the person begins with."""
    if not request.GET and (chosen := default_address(request.user)):
        return redirect(chosen)
    rows = assignment_rows(request.user, request.GET)
    columns = chosen_columns(request.user, request.GET)
    ordered, order = in_order(with_columns(for_list(rows), columns), request.GET)
    shown = keyset_page(ordered, order, request)
    context = {
        "page": shown, "progress": progress_of(shown.rows), "columns": columns, "offered": columns_for(request.user),
        "undoable": newest_change(request.user), "most_chosen": MOST_CHOSEN, **filters_context(request),
    }  # fmt: skip
    context["total"], context["more"] = counted_to(rows)
    return render_page(request, "roadmap/assignment_list.html", context, partial="rows")


@page(VIEW)
def assignment_print(request: HttpRequest) -> HttpResponse:
    """The same list on paper, with the same columns."""
    columns = chosen_columns(request.user, request.GET)
    ordered, order = in_order(with_columns(for_list(assignment_rows(request.user, request.GET)), columns), request.GET)
    rows = list(ordered.order_by(*order)[: MOST_PRINTED + 1])
    context = {"rows": rows[:MOST_PRINTED], "most": MOST_PRINTED, "cut": len(rows) > MOST_PRINTED, "columns": columns}
    return render(request, "roadmap/assignment_print.html", context)


@page("roadmap.export_assignments")
def assignment_export(request: HttpRequest) -> HttpResponse:
    """What is on screen as a table file; all columns unless some were chosen."""
    columns = chosen_columns(request.user, request.GET, in_file=True)
    ordered, order = in_order(with_columns(for_list(assignment_rows(request.user, request.GET)), columns), request.GET)
    return export_assignments(ordered.order_by(*order)[:MOST_EXPORTED].iterator(chunk_size=2000), columns)


def load(request: HttpRequest, pk: UUID) -> Assignment:
    """An assignment of the branch, or 404."""
    rows = Assignment.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("measure__section", "organisation", "roadmap__organisation"), pk=pk)


def load_to_mark(request: HttpRequest, pk: UUID) -> Assignment:
    """One that the person may mark: 404 outside the branch, 403 inside without the right."""
    assignment = load(request, pk)
    if not may_mark(request.user, assignment):
        raise PermissionDenied
    return assignment


@page(VIEW)
def assignment_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One assignment."""
    return show(request, load(request, pk))


def show(request: HttpRequest, assignment: Assignment, status: int = 200, **forms: Any) -> HttpResponse:
    """The page with forms that were refused."""
    context = {
        "assignment": assignment, "back": page_after(request, assignment), **panel_context(request, assignment), **forms
    }  # fmt: skip
    return render(request, "roadmap/assignment_detail.html", context, status=status)


def page_after(request: HttpRequest, assignment: Assignment) -> str:
    """Where a saved mark leads: to the page that asked for it (`next`), else back to the assignment."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return wanted if is_own_page(request, wanted) else reverse("roadmap:assignment_detail", args=[assignment.pk])


def panel_context(request: HttpRequest, assignment: Assignment) -> dict[str, Any]:
    """What the page and the side panel of the board show of an assignment."""
    executors, user, wanted = executors_of(assignment), request.user, request.GET.get("state", "")
    if executors:
        note_access(request, "view", assignment, rows=len(executors))
    state = wanted if wanted in AssignmentState.values else assignment.state
    initial = {"state": state, "note": assignment.note, "reason": assignment.reason, "done_on": assignment.done_on}
    return {
        "may_mark": may_mark(user, assignment), "history": history_of(assignment), "executors": executors,
        "may_remind": may_remind(user, assignment), "may_receive": may_receive(user, assignment),
        "progress": progress_of([assignment]).get(assignment.pk),
        "evidence": list(assignment.evidence.select_related("file").order_by("added_at")), "link_form": LinkForm(),
        "mark_form": MarkForm(initial=initial, for_other=marks_for_other(user, assignment)),
        "date_form": DateForm(initial={"due_on": assignment.due_on}),
    }  # fmt: skip


@command(MARK)
def mark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how the work stands."""
    assignment = load_to_mark(request, pk)
    form = MarkForm(request.POST, for_other=marks_for_other(request.user, assignment))
    seen = {"version": version_of(request), "by": request.user}
    if not form.is_valid() or not accepted(form, lambda: mark_assignment(assignment, **form.cleaned_data, **seen)):
        return show(request, load(request, pk), status=422, mark_form=form)
    messages.success(request, _("Отметка сохранена."))
    return go_to(request, came_from(request))


@command(MARK)
def name_date(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say by when."""
    assignment = load_to_mark(request, pk)
    form = DateForm(request.POST)
    seen = {"version": version_of(request), "by": request.user}
    if not form.is_valid() or not accepted(form, lambda: name_own_date(assignment, **form.cleaned_data, **seen)):
        return show(request, load(request, pk), status=422, date_form=form)
    messages.success(request, _("Срок сохранён."))
    return go_to(request, came_from(request))


def version_of(request: HttpRequest) -> int | None:
    """The version of the row that the person saw."""
    return number_of(request.POST.get("version"))
