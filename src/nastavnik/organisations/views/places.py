"""Organisations: list, card, opening, closing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from nastavnik.audit.queries import history_of
from nastavnik.core.access import command, page
from nastavnik.core.htmx import asked, go_to, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.organisations.actions import change_card, close_organisation, open_organisation
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.exports import export_organisations
from nastavnik.organisations.forms import CardForm, CloseForm, OpenForm
from nastavnik.organisations.models import Organisation
from nastavnik.organisations.queries import led_organisations, may_change, organisation_rows

ORDER = ["sort_key", "pk"]
VIEW = "organisations.view_organisations"


@page(VIEW)
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Schools and partners of the branch."""
    shown = keyset_page(organisation_rows(request.user, request.GET), ORDER, request)
    context = {"page": shown, "kinds": OrganisationKind.choices, "query": asked(request)}
    return render_page(request, "organisations/organisation_list.html", context, partial="rows")


@page(VIEW)
def organisation_export(request: HttpRequest) -> HttpResponse:
    """What is on screen as a table file."""
    return export_organisations(organisation_rows(request.user, request.GET).order_by(*ORDER)[:20000])


def load(request: HttpRequest, slug: str) -> Organisation:
    """An organisation of the branch, or 404."""
    return get_object_or_404(Organisation.objects.visible_to(request.user).select_related("municipality", "successor"), slug=slug)


@page(VIEW)
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The card."""
    place = load(request, slug)
    leads = request.user.may("organisations.close_schools") and led_organisations(request.user).filter(pk=place.pk).exists()
    context = {
        "place": place, "may_change": may_change(request.user, place), "may_close": leads and place.closed_on is None,
        "predecessors": list(place.predecessors.all()), "history": history_of(place, most=10),
    }  # fmt: skip
    return render(request, "organisations/organisation_detail.html", context)


@page("organisations.change_card")
def card_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of the card."""
    place = load(request, slug)
    if not may_change(request.user, place):
        raise PermissionDenied
    return render(request, "organisations/card_form.html", {"place": place, "form": CardForm(instance=place)})


@command("organisations.change_card")
def save_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the card."""
    place = load(request, slug)
    if not may_change(request.user, place):
        raise PermissionDenied
    form = CardForm(request.POST, instance=load(request, slug))
    if not form.is_valid():
        return render(request, "organisations/card_form.html", {"place": place, "form": form}, status=422)
    change_card(place, by=request.user, **form.cleaned_data)
    messages.success(request, _("Карточка сохранена."))
    return go_to(request, "organisations:organisation_detail", place.slug)


@page("organisations.open_schools")
def open_form(request: HttpRequest) -> HttpResponse:
    """The form of a new organisation."""
    return render(request, "organisations/open_form.html", {"form": OpenForm()})


@command("organisations.open_schools")
def open_place(request: HttpRequest) -> HttpResponse:
    """Open a school or a partner in one's municipality."""
    form = OpenForm(request.POST)
    if not form.is_valid():
        return render(request, "organisations/open_form.html", {"form": form}, status=422)
    place = open_organisation(parent=request.user.appointment.organisation, by=request.user, **form.cleaned_data)
    messages.success(request, _("Организация добавлена. Задания действующих дорожных карт она получила."))
    return go_to(request, "organisations:organisation_detail", place.slug)


@page("organisations.close_schools")
def close_form(request: HttpRequest, slug: str) -> HttpResponse:
    """What closing means, and the form."""
    place = get_object_or_404(led_organisations(request.user), slug=slug)
    return render(request, "organisations/close_form.html", {"place": place, "form": CloseForm(organisation=place)})


@command("organisations.close_schools")
def close_place(request: HttpRequest, slug: str) -> HttpResponse:
    """Close or merge."""
    place = get_object_or_404(led_organisations(request.user), slug=slug)
    form = CloseForm(request.POST, organisation=place)
    if not form.is_valid():
        return render(request, "organisations/close_form.html", {"place": place, "form": form}, status=422)
    close_organisation(place, **form.cleaned_data, by=request.user)
    messages.success(request, _("Организация закрыта. История сохранена."))
    return go_to(request, "organisations:organisation_detail", place.slug)
