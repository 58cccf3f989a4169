"""«Законность»: what is demanded of organisations and what is missing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import asked, go_to, render_page
from nastavnik.core.paging import Page
from nastavnik.core.text import number_of
from nastavnik.documents.downloads import stored_download
from nastavnik.monitoring.actions.marks import mark_requirement
from nastavnik.monitoring.exports import export_gaps
from nastavnik.monitoring.forms import MarkForm
from nastavnik.monitoring.models import RequirementMark
from nastavnik.monitoring.queries.standings import (
    MOST_COMPARED,
    ORDER,
    Line,
    gaps_by_requirement,
    schools_to_check,
    standings_of,
)
from nastavnik.monitoring.rules import Stand
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation

VIEW, MARK = "monitoring.view_monitoring", "monitoring.mark_requirement"
ABOVE = (OrganisationKind.REGION, OrganisationKind.MUNICIPALITY)
PAGE_SIZE = 50


@page(VIEW)
def legality(request: HttpRequest) -> HttpResponse:
    """Gaps by school for those who lead; a school goes to its own list. `?gap=code` keeps the schools that lack it."""
    place = request.user.appointment.organisation
    if place.kind not in ABOVE:
        return redirect("monitoring:legality_of", place.slug)
    lines = compared(request)
    chosen = request.GET.get("gap", "")
    shown = [line for line in lines if not chosen or any(one.requirement.code == chosen for one in line.gaps)]
    context = {
        "page": stretch(shown, request), "gaps": gaps_by_requirement(lines), "query": asked(request), "schools": len(lines),
        "clean": sum(not line.gaps for line in lines), "most": MOST_COMPARED, "place": place, "day": timezone.localdate(),
    }  # fmt: skip
    return render_page(request, "monitoring/legality.html", context, partial="rows")


def compared(request: HttpRequest) -> list[Line]:
    """The schools of the address with their standings."""
    day = timezone.localdate()
    schools = schools_to_check(request.user, request.GET, day).order_by(*ORDER)[:MOST_COMPARED]
    return standings_of(list(schools), day)


def stretch(lines: list[Line], request: HttpRequest) -> Page:
    """A screen of lines that stand in memory; the cursor is a place in the list."""
    after, before = number_of(request.GET.get("after")), number_of(request.GET.get("before"))
    start = after if after is not None else max(0, (before or 0) - PAGE_SIZE)
    end = start + PAGE_SIZE
    return Page(lines[start:end], str(end) if end < len(lines) else "", str(start) if start else "")


@page(VIEW)
def legality_export(request: HttpRequest) -> HttpResponse:
    """All of it as a table file."""
    return export_gaps(compared(request), place=request.user.appointment.organisation.name)


def load(request: HttpRequest, slug: str) -> Organisation:
    """A school or a municipality of the branch, or 404."""
    kinds = (OrganisationKind.SCHOOL, OrganisationKind.MUNICIPALITY)
    return get_object_or_404(Organisation.objects.visible_to(request.user).filter(kind__in=kinds), slug=slug)


def may_mark(request: HttpRequest, place: Organisation) -> bool:
    """One's own organisation; the department also for its schools."""
    own = request.user.appointment.organisation
    above = own.kind == OrganisationKind.MUNICIPALITY and place.municipality_id == own.pk
    return request.user.may(MARK) and (own.pk == place.pk or above)


@page(VIEW)
def legality_of(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: each requirement, how it stands, its source; `?edit=code` opens the form of a mark."""
    return show(request, load(request, slug), edit=request.GET.get("edit", ""))


def show(request: HttpRequest, place: Organisation, *, edit: str = "", form: MarkForm | None = None) -> HttpResponse:
    """The list with at most one form open."""
    (line,) = standings_of([place], timezone.localdate())
    stand = next((one for one in line.stands if one.requirement.code == edit), None)
    may = may_mark(request, place)
    context = {
        "line": line, "place": place, "edited": stand if may else None, "form": form or (form_of(stand) if stand else None),
        "may_mark": may, "own": place.pk == request.user.appointment.organisation_id,
    }  # fmt: skip
    return render(request, "monitoring/legality_of.html", context, status=422 if form else 200)


def form_of(stand: Stand) -> MarkForm:
    """The form with what was said before."""
    mark = stand.mark
    initial = {name: getattr(mark, name) for name in ("state", "words", "url", "valid_to")} if mark else {"state": "met"}
    return MarkForm(initial=initial)


@command(MARK)
def mark(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Keep a mark."""
    place = load(request, slug)
    if not may_mark(request, place):
        raise PermissionDenied
    (line,) = standings_of([place], timezone.localdate())
    if code not in {one.requirement.code for one in line.stands}:
        raise Http404
    form, version = MarkForm(request.POST, request.FILES), number_of(request.POST.get("version"))
    if not form.is_valid() or not accepted(
        form, lambda: mark_requirement(place, code, **form.cleaned_data, version=version, by=request.user)
    ):
        return show(request, place, edit=code, form=form)
    messages.success(request, _("Отметка сохранена."))
    return go_to(request, "monitoring:legality_of", place.slug)


@page(VIEW)
def mark_file(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The file behind a mark."""
    marks = RequirementMark.objects.visible_to(request.user).exclude(file=None).select_related("file")
    found: Any = get_object_or_404(marks, organisation__slug=slug, code=code)
    return stored_download(found.file)
