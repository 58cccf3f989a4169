"""Controls: list, beginning, the table of schools, the end."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import asked, go_to, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.monitoring.actions.requirements import built_in
from nastavnik.monitoring.actions.rounds import close_round, open_round
from nastavnik.monitoring.actions.sheets import propose_answers
from nastavnik.monitoring.enums import SheetState
from nastavnik.monitoring.exports import export_round
from nastavnik.monitoring.forms import RoundForm
from nastavnik.monitoring.models import ControlRound
from nastavnik.monitoring.queries.rounds import SHEET_ORDER, rounds_of, sheet_rows, sheets_of_school
from nastavnik.organisations.enums import OrganisationKind

VIEW, CONTROL = "monitoring.view_monitoring", "monitoring.control_schools"
ABOVE = (OrganisationKind.REGION, OrganisationKind.MUNICIPALITY)
MOST_EXPORTED = 5000


@page(VIEW)
def control_list(request: HttpRequest) -> HttpResponse:
    """Controls for those who lead; for a school the acts that it was given."""
    above = request.user.appointment.organisation.kind in ABOVE
    context = {
        "rounds": rounds_of(request.user) if above else [],
        "sheets": [] if above else sheets_of_school(request.user),
        "above": above,
    }
    return render(request, "monitoring/control_list.html", context)


@page(CONTROL)
def new_round(request: HttpRequest) -> HttpResponse:
    """The form of a control, filled in for this December."""
    offered, today = built_in("december_control"), timezone.localdate()
    first = max(date(today.year, 12, 1), today)
    initial = {
        "title": offered["title"].format(year=first.year), "opens_on": first, "closes_on": date(first.year, 12, 31),
        "chosen": [one["code"] for one in offered["items"]],
    }  # fmt: skip
    return show(request, RoundForm(initial=initial, offered=offered["items"]))


def show(request: HttpRequest, form: RoundForm) -> HttpResponse:
    """The page of the form."""
    return render(request, "monitoring/round_form.html", {"form": form}, status=422 if form.errors else 200)


@command(CONTROL)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a control of all schools."""
    form, opened = RoundForm(request.POST, offered=built_in("december_control")["items"]), []
    place = request.user.appointment.organisation
    if not form.is_valid() or not accepted(form, lambda: opened.append(open_round(place, **form.values, by=request.user))):
        return show(request, form)
    messages.success(request, _("Контроль начат. Ответы, которые система знает, уже стоят в листах."))
    return go_to(request, "monitoring:round_detail", opened[0].pk)


def load(request: HttpRequest, pk: UUID) -> ControlRound:
    """A control of the branch, or 404. Schools see no controls, only their acts."""
    return get_object_or_404(ControlRound.objects.visible_to(request.user).select_related("organisation"), pk=pk)


@page(VIEW)
def round_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The table of schools."""
    control, query = load(request, pk), asked(request)
    rows = sheet_rows(request.user, control, request.GET)
    states = dict(control.sheets.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "control": control, "page": keyset_page(rows, SHEET_ORDER, request), "query": query, "states": SheetState.choices,
        "counts": [(value, label, states.get(value, 0)) for value, label in SheetState.choices],
        "leads": request.user.may(CONTROL) and control.organisation_id == request.user.appointment.organisation_id,
    }  # fmt: skip
    return render_page(request, "monitoring/round_detail.html", context, partial="rows")


@page(VIEW)
def round_export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The table of answers as a file."""
    control = load(request, pk)
    rows = sheet_rows(request.user, control, request.GET).order_by(*SHEET_ORDER)[:MOST_EXPORTED]
    return export_round(control, list(rows))


def load_own(request: HttpRequest, pk: UUID) -> ControlRound:
    """A control of the own department: 404 outside the branch, 403 for another's inside."""
    control = load(request, pk)
    if control.organisation_id != request.user.appointment.organisation_id:
        raise PermissionDenied
    return control


@command(CONTROL)
def refresh(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the facts again for all sheets that are not signed."""
    control = load_own(request, pk)
    done = propose_answers(control)
    messages.success(request, _("Ответов по данным системы: %(count)s. Ваши ответы не тронуты.") % {"count": done})
    return go_to(request, "monitoring:round_detail", control.pk)


@command(CONTROL)
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End the control."""
    control = load_own(request, pk)
    close_round(control, reason=request.POST.get("reason", "")[:300], by=request.user)
    messages.success(request, _("Контроль завершён."))
    return go_to(request, "monitoring:round_detail", control.pk)
