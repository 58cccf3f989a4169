"""Staff of the branch: list, table file, card, one-time code, closing and opening the log-in."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from nastavnik.accounts.actions.passwords import CODE_VALID, issue_code, spaced
from nastavnik.accounts.actions.people import block_account, change_account, require_superior, unblock_account
from nastavnik.accounts.enums import Role
from nastavnik.accounts.exports import export_staff
from nastavnik.accounts.forms.access import SupportForm
from nastavnik.accounts.forms.people import DatesForm, EndForm, PersonForm, ReasonForm
from nastavnik.accounts.models import Appointment, SecondFactor, User
from nastavnik.accounts.queries import places_to_choose, staff_rows
from nastavnik.accounts.rules import is_below, may_help, may_support
from nastavnik.audit.queries import log_ins_of
from nastavnik.audit.trail import note_access
from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import asked, go_to, render_page
from nastavnik.core.paging import keyset_page

ORDER = ["user__sort_key", "pk"]
MOST_EXPORTED = 20_000


@page("accounts.view_staff")
def staff_list(request: HttpRequest) -> HttpResponse:
    """Who works where."""
    shown = keyset_page(staff_rows(request.user, request.GET), ORDER, request)
    note_access(request, "view", User, rows=len(shown.rows))
    places = places_to_choose(request.user)
    query = asked(request)
    chosen = next((place for place in places if place.slug == query["organisation"]), request.user.appointment.organisation)
    context = {"page": shown, "roles": Role.choices, "places": places, "chosen": chosen, "query": query}
    return render_page(request, "accounts/staff_list.html", context, partial="rows")


@page("accounts.view_staff")
def staff_export(request: HttpRequest) -> HttpResponse:
    """What is on screen as a table file."""
    rows = list(staff_rows(request.user, request.GET).order_by(*ORDER)[:MOST_EXPORTED])
    note_access(request, "export", User, rows=len(rows))
    return export_staff(rows)


@page("accounts.view_staff")
def staff_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person: contacts, appointments, what may be done."""
    return show_person(request, load(request, pk))


@dataclass(frozen=True, slots=True)
class Held:
    """An appointment on the card. The forms are there when the reader may use them."""

    appointment: Appointment
    dates_form: forms.BaseForm | None
    end_form: forms.BaseForm | None


def show_person(
    request: HttpRequest, person: User, status: int = 200, *, wrong: dict[str, forms.BaseForm] | None = None
) -> HttpResponse:
    """The card. `wrong` holds a form that was refused, by the pattern of its ids or as `person`."""
    wrong = wrong or {}
    note_access(request, "view", person)
    visible = Appointment.objects.visible_to(request.user).filter(user=person).select_related("organisation")
    helps = may_help(request.user, person)
    context = {
        "person": person,
        "held": [held_row(request.user, one, wrong) for one in visible.order_by("-starts_on", "pk")],
        "may_help": helps,
        "person_form": wrong.get("person") or PersonForm(instance=person),
        "reason_form": ReasonForm(),
        "log_ins": log_ins_of(person) if helps else [],
        "has_factor": SecondFactor.objects.filter(user=person, confirmed_at__isnull=False).exists() if helps else False,
        "support_form": support_form(request.user, person, wrong.get("support")),
    }
    return render(request, "accounts/staff_detail.html", context, status=status)


def support_form(user: User, person: User, wrong: forms.BaseForm | None) -> forms.BaseForm | None:
    """The form to help out in the person's account, for whoever may."""
    return (wrong or SupportForm(by=user)) if may_support(user, person) else None


def held_row(user: User, appointment: Appointment, wrong: dict[str, forms.BaseForm]) -> Held:
    """An appointment with empty forms, or with the one that was refused. Ids differ, since several stand on one page."""
    dates_id, end_id = f"dates_{appointment.pk}_%s", f"end_{appointment.pk}_%s"
    dates_form, end_form = wrong.get(dates_id), wrong.get(end_id)
    if is_below(user, appointment):
        days = {"starts_on": appointment.starts_on, "ends_on": appointment.ends_on}
        dates_form = dates_form or DatesForm(auto_id=dates_id, initial=days)
        end_form = end_form or (None if appointment.ends_on else EndForm(auto_id=end_id))
    return Held(appointment, dates_form, end_form)


@command("accounts.issue_code")
@never_cache
def print_code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Issue a one-time code and show the sheet to print: it is shown once."""
    person = load(request, pk)
    fresh = spaced(issue_code(person, by=request.user))
    note_access(request, "print", person)
    site = settings.PUBLIC_ADDRESS or f"{request.scheme}://{request.get_host()}"
    context = {"person": person, "code": fresh, "days": CODE_VALID.days, "address": site + reverse("accounts:code")}
    return render(request, "accounts/code_sheet.html", context)


@command("accounts.appoint_staff")
def change_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change names and contacts of somebody below."""
    person = load(request, pk)
    require_superior(request.user, person)
    form = PersonForm(request.POST, instance=load(request, pk))
    if not form.is_valid() or not accepted(form, lambda: change_account(person, by=request.user, **form.cleaned_data)):
        return show_person(request, load(request, pk), status=422, wrong={"person": form})
    messages.success(request, _("Сохранено."))
    return go_to(request, "accounts:staff_detail", person.pk)


@command("accounts.appoint_staff")
def block(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close the log-in of somebody below."""
    person = load(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        block_account(person, reason=form.cleaned_data["reason"], by=request.user)
    else:
        messages.error(request, _("Напишите причину."))
    return go_to(request, "accounts:staff_detail", person.pk)


@command("accounts.appoint_staff")
def unblock(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open the log-in again. An address of its own: a second click on «Закрыть вход» must not open it."""
    person = load(request, pk)
    unblock_account(person, by=request.user)
    return go_to(request, "accounts:staff_detail", person.pk)


def load(request: HttpRequest, pk: UUID) -> User:
    """A person of the branch, or 404."""
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)
