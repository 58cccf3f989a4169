"""Assignments: list, export, one assignment and its marks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from nastavnik.audit.queries import history_of
from nastavnik.audit.trail import note_access
from nastavnik.core.access import came_from, command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import asked, go_to, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.roadmap.actions.assignments import mark_assignment, name_own_date
from nastavnik.roadmap.enums import ShownState
from nastavnik.roadmap.exports.tables import export_assignments
from nastavnik.roadmap.facts import fact_of
from nastavnik.roadmap.forms.assignments import DateForm, LinkForm, MarkForm
from nastavnik.roadmap.marking import marks_for_other, may_mark, may_receive, may_remind
from nastavnik.roadmap.models import Assignment, Roadmap, Section
from nastavnik.roadmap.queries.facts import progress_of
from nastavnik.roadmap.queries.lists import ORDERS, assignment_rows, executors_of, for_list
from nastavnik.roadmap.words import ROLE_WORDS

VIEW, MARK = "roadmap.view_roadmap", "roadmap.mark_assignment"
MOST_EXPORTED, MOST_PRINTED, MOST_PLANS = 100_000, 2000, 20
PARTY_ROLES = [(role.value, words) for role, words in ROLE_WORDS.items()]


@page(VIEW)
def assignment_list(request: HttpRequest) -> HttpResponse:
    """Assignments of the branch by the filters of the address."""
    order = ORDERS.get(request.GET.get("order", ""), ORDERS["due"])
    shown = keyset_page(for_list(assignment_rows(request.user, request.GET)), order, request)
    own = Roadmap.objects.visible_to(request.user).working().without_others_own(request.user)
    plans = list(own.order_by("-created_at", "-pk")[:MOST_PLANS])
    context = {
        "page": shown, "progress": progress_of(shown.rows), "fact": fact_of(request.GET.get("fact", "")),
        "query": asked(request), "states": ShownState.choices, "roles": PARTY_ROLES,
        "plans": plans, "sections": sections_to_choose(plans, request.GET.get("roadmap", "")),
    }  # fmt: skip
    return render_page(request, "roadmap/assignment_list.html", context, partial="rows")


def sections_to_choose(plans: list[Roadmap], chosen: str) -> list[Section]:
    """Sections of the chosen plan, or of the only one: with several plans a section's number alone would say nothing."""
    named = [plan for plan in plans if str(plan.pk) == chosen] or plans
    return list(named[0].sections.order_by("position").defer("occurrences")) if len(named) == 1 else []


@page(VIEW)
def assignment_print(request: HttpRequest) -> HttpResponse:
    """The same list on paper."""
    order = ORDERS.get(request.GET.get("order", ""), ORDERS["due"])
    rows = list(for_list(assignment_rows(request.user, request.GET)).order_by(*order)[: MOST_PRINTED + 1])
    context = {"rows": rows[:MOST_PRINTED], "most": MOST_PRINTED, "cut": len(rows) > MOST_PRINTED}
    return render(request, "roadmap/assignment_print.html", context)


@page("roadmap.export_assignments")
def assignment_export(request: HttpRequest) -> HttpResponse:
    """What is on screen as a table file."""
    order = ORDERS.get(request.GET.get("order", ""), ORDERS["due"])
    rows = for_list(assignment_rows(request.user, request.GET)).order_by(*order)[:MOST_EXPORTED]
    return export_assignments(rows.iterator(chunk_size=2000))


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
    context = {"assignment": assignment, **panel_context(request, assignment), **forms}
    return render(request, "roadmap/assignment_detail.html", context, status=status)


def panel_context(request: HttpRequest, assignment: Assignment) -> dict[str, Any]:
    """What the page and the side panel of the board show of an assignment."""
    executors, user = executors_of(assignment), request.user
    if executors:
        note_access(request, "view", assignment, rows=len(executors))
    initial = {"state": assignment.state, "note": assignment.note, "reason": assignment.reason, "done_on": assignment.done_on}
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
    version = request.POST.get("version", "")
    return int(version) if version.isdigit() else None
