"""Reports that wait for those who stand above."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nastavnik.core.access import came_from, command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import asked, go_to, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.roadmap.actions.reports import receive_report, return_report
from nastavnik.roadmap.enums import Verdict
from nastavnik.roadmap.forms.facts import ReturnForm
from nastavnik.roadmap.marking import may_receive
from nastavnik.roadmap.models import Evidence
from nastavnik.roadmap.queries.reports import ORDER, report_rows
from nastavnik.roadmap.views.evidence import load

RECEIVE = "roadmap.receive_reports"


@page(RECEIVE)
def report_list(request: HttpRequest) -> HttpResponse:
    """Reports of those below: waiting, received, returned."""
    query = request.GET.copy()
    query.setdefault("verdict", Verdict.WAITING)
    context = {
        "page": keyset_page(report_rows(request.user, query), ORDER, request), "query": asked(request),
        "verdicts": Verdict.choices, "verdict": query["verdict"],
    }  # fmt: skip
    return render_page(request, "roadmap/report_list.html", context, partial="rows")


def load_report(request: HttpRequest, pk: UUID) -> Evidence:
    """A report that the person may judge: 404 outside the branch, 403 inside for all but the organisation right above."""
    evidence = load(request, pk)
    if not may_receive(request.user, evidence.assignment):
        raise PermissionDenied
    return evidence


@command(RECEIVE)
def receive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The report is in order."""
    receive_report(load_report(request, pk), by=request.user)
    messages.success(request, _("Отчёт принят."))
    return go_to(request, came_from(request))


@page(RECEIVE)
def return_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is to be put right."""
    return show(request, load_report(request, pk), ReturnForm())


def show(request: HttpRequest, evidence: Evidence, form: ReturnForm) -> HttpResponse:
    """The form, again when it was refused."""
    context = {"evidence": evidence, "form": form, "next": came_from(request)}
    return render(request, "roadmap/return_form.html", context, status=422 if form.errors else 200)


@command(RECEIVE)
def send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the report with the comment."""
    evidence, form = load_report(request, pk), ReturnForm(request.POST)
    if not form.is_valid() or not accepted(form, lambda: return_report(evidence, **form.cleaned_data, by=request.user)):
        return show(request, evidence, form)
    messages.success(request, _("Отчёт возвращён."))
    return go_to(request, came_from(request))
