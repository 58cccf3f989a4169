"""The list of schools that take part, approved by an act: a municipality approves it, a region sees all of them, a school
sees whether it stands there."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import asked, go_to, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.organisations.actions import approve_school_list
from nastavnik.organisations.calendars import SchoolYear, school_year_of
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.forms import ApproveListForm
from nastavnik.organisations.models import Organisation, SchoolListApproval
from nastavnik.organisations.queries import (
    led_kind,
    list_in_force,
    listed_rows,
    lists_of,
    may_approve_list,
    municipalities_with_lists,
    year_asked,
)

RIGHT = "organisations.approve_school_list"
ORDER = ["sort_key", "pk"]


@page("organisations.view_organisations")
def approved_list(request: HttpRequest) -> HttpResponse:
    """The act and the schools; for a region the acts of its municipalities. `?year=`, `?listed=`, `?q=`."""
    user, year = request.user, year_asked(request.GET)
    context: dict[str, Any] = {
        "query": asked(request), "year": SchoolYear(year), "may_approve": may_approve_list(user),
        "of_region": led_kind(user) == OrganisationKind.REGION,
        "other_year": SchoolYear(school_year_of(timezone.localdate()).begins + 1),
        "filtered": bool(request.GET.get("q") or request.GET.get("listed")),
    }  # fmt: skip
    if context["of_region"]:
        shown = keyset_page(municipalities_with_lists(user, request.GET, year), ORDER, request)
        context |= {"page": shown, "approval": None, "lists": lists_of(shown.rows, year)}
    else:
        approval = list_in_force(user, year)
        context |= {
            "approval": approval,
            "lists": {},
            "page": keyset_page(listed_rows(user, request.GET, approval), ORDER, request),
        }
    return render_page(request, "organisations/approved_list.html", context, partial="rows")


def own_municipality(request: HttpRequest) -> Organisation:
    """The municipality for which the user approves; 403 for those who lead none."""
    if not may_approve_list(request.user):
        raise PermissionDenied
    return request.user.appointment.organisation


@page(RIGHT)
def approve_form(request: HttpRequest) -> HttpResponse:
    """The act and the schools; the list in force is ticked, without one all schools are."""
    place, year = own_municipality(request), year_asked(request.GET)
    approval = list_in_force(request.user, year)
    form = ApproveListForm(municipality=place)
    listed = approval.lines.values_list("school_id", flat=True) if approval else form.fields["schools"].queryset
    form.initial = {"year": year, "schools": list(listed)}
    return show(request, form)


def show(request: HttpRequest, form: ApproveListForm) -> HttpResponse:
    """The form, again when it was refused."""
    return render(request, "organisations/approve_form.html", {"form": form}, status=422 if form.errors else 200)


@command(RIGHT)
def approve(request: HttpRequest) -> HttpResponse:
    """Approve the list."""
    place = own_municipality(request)
    form = ApproveListForm(request.POST, request.FILES, municipality=place)
    if not form.is_valid() or not accepted(form, lambda: approve_school_list(place, **form.cleaned_data, by=request.user)):
        return show(request, form)
    messages.success(request, _("Список школ утверждён."))
    return go_to(request, "organisations:approved_list")


@page("organisations.view_organisations")
def scan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The scan of an act as a download."""
    approval = get_object_or_404(SchoolListApproval.objects.visible_to(request.user).select_related("scan"), pk=pk)
    if approval.scan is None:
        raise Http404
    stored = approval.scan
    return FileResponse(
        stored.content.open("rb"), as_attachment=True, filename=stored.name, content_type="application/octet-stream"
    )
