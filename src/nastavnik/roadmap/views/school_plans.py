"""«Дорожные карты школ»: list, export, decisions about many, terms."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted, seen_version
from nastavnik.core.htmx import asked, go_to, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.organisations.calendars import SchoolYear, school_year_of
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.endorsement import Outcome, endorse_many, return_many
from nastavnik.roadmap.actions.terms import change_terms
from nastavnik.roadmap.approving import year_asked
from nastavnik.roadmap.exports.tables import export_school_plans
from nastavnik.roadmap.forms.approval import CommentForm, EndorsementForm, TermsForm
from nastavnik.roadmap.models import ApprovalTerms
from nastavnik.roadmap.queries.approval import terms_of
from nastavnik.roadmap.queries.lists import is_uuid
from nastavnik.roadmap.queries.school_plans import (
    ORDERS,
    asked_year,
    decision_preview,
    in_stage,
    school_rows,
    stage_counts,
    with_plans,
)

ENDORSE = "roadmap.endorse_roadmap"
MOST_CHOSEN, MOST_EXPORTED = 100, 5000


@page(ENDORSE)
def school_plans(request: HttpRequest) -> HttpResponse:
    """Every school with its roadmap of the year."""
    rows, order = school_rows(request.user, request.GET), ORDERS.get(request.GET.get("order", ""), ORDERS["school"])
    shown = keyset_page(in_stage(rows, request.GET.get("stage", "")), order, request)
    context = {
        "page": shown, "lines": with_plans(shown.rows), "counts": stage_counts(rows), "query": asked(request),
        "year": asked_year(request.GET.get("year", "")), "years": years_to_choose(), "decides": decides(request),
        "municipalities": municipalities_of(request), "hand_in_on": hand_in_day(request),
    }  # fmt: skip
    return render_page(request, "roadmap/school_plans.html", context, partial="rows")


def hand_in_day(request: HttpRequest) -> date | None:
    """The day by which schools hand in plans of the year on screen."""
    day = terms_of(request.user.appointment.organisation).hand_in_on
    return day if day and year_asked(day) == asked_year(request.GET.get("year", "")) else None


def decides(request: HttpRequest) -> bool:
    """A department decides; a region reads."""
    return request.user.appointment.organisation.kind == OrganisationKind.MUNICIPALITY


def years_to_choose() -> list[SchoolYear]:
    """Last year, this one, the next."""
    present = school_year_of(timezone.localdate()).begins
    return [SchoolYear(present + step) for step in (-1, 0, 1)]


def municipalities_of(request: HttpRequest) -> list[Organisation]:
    """For the region: a filter."""
    if decides(request):
        return []
    rows = Organisation.objects.visible_to(request.user).filter(kind=OrganisationKind.MUNICIPALITY)
    return list(rows.order_by("sort_key", "pk")[:200])


@page(ENDORSE)
def school_plans_export(request: HttpRequest) -> HttpResponse:
    """What is on screen as a table file."""
    rows = in_stage(school_rows(request.user, request.GET), request.GET.get("stage", ""))
    order = ORDERS.get(request.GET.get("order", ""), ORDERS["school"])
    return export_school_plans(with_plans(rows.order_by(*order)[:MOST_EXPORTED]), place=request.user.appointment.organisation.name)


@command(ENDORSE)
def decide_many(request: HttpRequest) -> HttpResponse:
    """Endorse or return the chosen plans: the first time a preview, with `confirmed` the decision itself."""
    if not decides(request):
        raise PermissionDenied
    returns, confirmed = request.POST.get("decision") == "return", bool(request.POST.get("confirmed"))
    keys = [key for key in dict.fromkeys(request.POST.getlist("chosen")[:MOST_CHOSEN]) if is_uuid(key)]
    preview = decision_preview(request.user, keys)
    form = (CommentForm if returns else EndorsementForm)(request.POST if confirmed else None)
    if not confirmed or not form.is_valid():
        context = {"preview": preview, "form": form, "returns": returns}
        return render(request, "roadmap/school_plans_decide.html", context, status=422 if confirmed else 200)
    seen = {one.roadmap.pk: request.POST.get(f"seen-{one.roadmap.pk}") or "-" for one in preview.waiting}
    act = return_many if returns else endorse_many
    tell(request, act([one.roadmap for one in preview.waiting], seen=seen, by=request.user, **form.cleaned_data), returns=returns)
    return go_to(request, "roadmap:school_plans")


def tell(request: HttpRequest, outcome: Outcome, *, returns: bool) -> None:
    """How many, and what was left alone."""
    done = _("Возвращено карт: %(done)s.") if returns else _("Согласовано карт: %(done)s.")
    if outcome.done or not outcome.refused:
        messages.success(request, done % {"done": outcome.done})
    for sentence in outcome.refused:
        messages.error(request, sentence)


def own_terms(request: HttpRequest) -> ApprovalTerms:
    """The terms of the present department; 403 for a region, which decides about no school."""
    if not decides(request):
        raise PermissionDenied
    return terms_of(request.user.appointment.organisation)


@page(ENDORSE)
def terms_form(request: HttpRequest) -> HttpResponse:
    """How many days each step may take."""
    terms = own_terms(request)
    return show_terms(request, TermsForm(instance=terms), terms.version)


def show_terms(request: HttpRequest, form: TermsForm, version: Any) -> HttpResponse:
    """The page of the terms."""
    return render(request, "roadmap/terms_form.html", {"form": form, "version": version}, status=422 if form.errors else 200)


@command(ENDORSE)
def save_terms(request: HttpRequest) -> HttpResponse:
    """Keep the terms."""
    form, version = TermsForm(request.POST, instance=own_terms(request)), request.POST.get("version", "")
    place, seen = request.user.appointment.organisation, seen_version(request, 1)
    if not form.is_valid() or not accepted(form, lambda: change_terms(place, **form.cleaned_data, version=seen, by=request.user)):
        return show_terms(request, form, version)
    messages.success(request, _("Сроки сохранены. Они действуют для следующих шагов."))
    return go_to(request, "roadmap:school_plans")
