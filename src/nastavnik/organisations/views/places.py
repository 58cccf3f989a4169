"""Organisations: list, card, opening, closing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit.queries import history_of
from nastavnik.audit.trail import note_access
from nastavnik.core.access import command, page
from nastavnik.core.errors import Refusal
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import asked, go_to, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.organisations.actions import change_card, close_organisation, open_organisation, refuse_closing
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.exports import export_organisations
from nastavnik.organisations.forms import CardForm, CloseForm, OpenForm
from nastavnik.organisations.models import Organisation
from nastavnik.organisations.queries import (
    kinds_to_open,
    led_kind,
    led_organisations,
    may_change,
    may_import,
    order_for,
    organisation_rows,
)

VIEW = "organisations.view_organisations"
MOST_EXPORTED = 20000


@page(VIEW)
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Schools and partners of the branch; for a region its municipalities first."""
    user, query = request.user, asked(request)
    context = {
        "page": keyset_page(organisation_rows(user, request.GET), order_for(user), request), "kinds": OrganisationKind.choices,
        "query": query, "filtered": any(query[name] for name in ("q", "kind", "below")), "today": timezone.localdate(),
        "kinds_to_open": kinds_to_open(user), "may_import": may_import(user),
        "of_region": led_kind(user) == OrganisationKind.REGION,
    }  # fmt: skip
    return render_page(request, "organisations/organisation_list.html", context, partial="rows")


@page(VIEW)
def organisation_export(request: HttpRequest) -> HttpResponse:
    """What is on screen as a table file."""
    rows = list(organisation_rows(request.user, request.GET).order_by(*order_for(request.user))[:MOST_EXPORTED])
    note_access(request, "export", Organisation, rows=len(rows))
    return export_organisations(rows, place=request.user.appointment.organisation.name)


def load(request: HttpRequest, slug: str) -> Organisation:
    """An organisation of the branch, or 404."""
    return get_object_or_404(Organisation.objects.visible_to(request.user).select_related("municipality", "successor"), slug=slug)


def load_changeable(request: HttpRequest, slug: str) -> Organisation:
    """An organisation whose card the user may change; 404 outside the branch, 403 inside without the right."""
    place = load(request, slug)
    if not may_change(request.user, place):
        raise PermissionDenied
    return place


@page(VIEW)
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The card."""
    place = load(request, slug)
    leads = request.user.may("organisations.close_schools") and led_organisations(request.user).filter(pk=place.pk).exists()
    context = {
        "place": place, "may_change": may_change(request.user, place), "may_close": leads and place.closed_on is None,
        "closed": place.is_closed(timezone.localdate()), "predecessors": list(place.predecessors.order_by("sort_key")),
        "history": history_of(place, most=10), "has_schools": place.kind == OrganisationKind.MUNICIPALITY,
    }  # fmt: skip
    return render(request, "organisations/organisation_detail.html", context)


@page("organisations.change_card")
def card_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of the card."""
    place = load_changeable(request, slug)
    return render(request, "organisations/card_form.html", {"place": place, "form": CardForm(instance=place)})


@command("organisations.change_card")
def save_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the card. The form gets its own copy of the row, so that the action still sees what stood before."""
    place = load_changeable(request, slug)
    form = CardForm(request.POST, instance=load(request, slug))
    if not form.is_valid():
        return render(request, "organisations/card_form.html", {"place": place, "form": form}, status=422)
    change_card(place, by=request.user, **form.cleaned_data)
    messages.success(request, _("Карточка сохранена."))
    return go_to(request, "organisations:organisation_detail", place.slug)


@page("organisations.open_schools")
def open_form(request: HttpRequest) -> HttpResponse:
    """The form of a new organisation."""
    return render(request, "organisations/open_form.html", {"form": OpenForm(kinds=kinds_to_open(request.user))})


@command("organisations.open_schools")
def open_place(request: HttpRequest) -> HttpResponse:
    """Open a school or a partner in one's municipality; what was typed stays when it is refused."""
    form = OpenForm(request.POST, kinds=kinds_to_open(request.user))
    opened: list[Organisation] = []
    below = {"parent": request.user.appointment.organisation, "by": request.user}
    if not form.is_valid() or not accepted(
        form, lambda: opened.append(open_organisation(**below, **form.cleaned_data)), field="name"
    ):
        return render(request, "organisations/open_form.html", {"form": form}, status=422)
    messages.success(request, _("«%(name)s»: добавлено. Задания действующих дорожных карт выданы.") % {"name": opened[0].name})
    return go_to(request, "organisations:organisation_detail", opened[0].slug)


@page("organisations.close_schools")
def close_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; once it is filled in (`?on=…&reason=…`), the same page says what will happen and asks to confirm."""
    place = get_object_or_404(led_organisations(request.user), slug=slug)
    form = CloseForm(request.GET or None, organisation=place)
    if request.GET and form.is_valid():
        try:
            refuse_closing(place, form.cleaned_data["on"], form.cleaned_data["successor"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            plan = form.cleaned_data | {"later": form.cleaned_data["on"] > timezone.localdate()}
            return render(request, "organisations/close_confirm.html", {"place": place, "form": form, "plan": plan})
    return render(request, "organisations/close_form.html", {"place": place, "form": form})


@command("organisations.close_schools")
def close_place(request: HttpRequest, slug: str) -> HttpResponse:
    """Close or merge."""
    place = get_object_or_404(led_organisations(request.user), slug=slug)
    form = CloseForm(request.POST, organisation=place)
    if not form.is_valid():
        return render(request, "organisations/close_form.html", {"place": place, "form": form}, status=422)
    close_organisation(place, **form.cleaned_data, by=request.user)
    messages.success(request, _("Закрытие записано. История сохранена."))
    return go_to(request, "organisations:organisation_detail", place.slug)
