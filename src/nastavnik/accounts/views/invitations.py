"""Invitations of the branch: list, one person, a pasted list, sheets to print, again, withdraw."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from nastavnik.accounts.actions.invitations import VALID, invite, print_sheet, revoke, send_again
from nastavnik.accounts.forms.access import InviteForm, PastedForm
from nastavnik.accounts.imports.pasted import Row, read_pasted
from nastavnik.accounts.models import Invitation
from nastavnik.accounts.queries import invitation_rows, places_to_choose, printable
from nastavnik.accounts.views.appointing import place_by
from nastavnik.audit.trail import note_access
from nastavnik.core.access import came_from, command, page
from nastavnik.core.errors import Refusal
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import asked, go_to, render_page
from nastavnik.core.identifiers import is_uuid
from nastavnik.core.paging import keyset_page

RIGHT = "accounts.appoint_staff"
ORDER = ["organisation__sort_key", "sort_key", "pk"]
MOST_SHEETS = 300


@page(RIGHT)
def invitation_list(request: HttpRequest) -> HttpResponse:
    """Who was invited, and how far that is."""
    shown = keyset_page(invitation_rows(request.user, request.GET), ORDER, request)
    note_access(request, "view", Invitation, rows=len(shown.rows))
    context = {
        "page": shown, "states": Invitation.Shown.choices, "places": places_to_choose(request.user), "query": asked(request),
        "by_mail": bool(settings.EMAIL_HOST), "own": request.user.appointment.organisation,
    }  # fmt: skip
    return render_page(request, "accounts/invitation_list.html", context, partial="rows")


@page(RIGHT)
def invite_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for one person in an organisation."""
    place = place_by(request, slug)
    return show_invite(request, place, InviteForm(by=request.user, place=place))


def show_invite(request: HttpRequest, place: object, form: InviteForm, status: int = 200) -> HttpResponse:
    """The page of one invitation."""
    context = {"place": place, "form": form, "places": places_to_choose(request.user), "by_mail": bool(settings.EMAIL_HOST)}
    return render(request, "accounts/invite.html", context, status=status)


@command(RIGHT)
def invite_person(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite one person."""
    place = place_by(request, slug)
    form = InviteForm(request.POST, by=request.user, place=place)
    if not form.is_valid() or not accepted(form, lambda: invite(place, by=request.user, **form.cleaned_data)):
        return show_invite(request, place, form, status=422)
    sent = bool(settings.EMAIL_HOST and form.cleaned_data["email"])
    messages.success(request, _("Приглашение отправлено.") if sent else _("Приглашение готово. Напечатайте лист."))
    return go_to(request, "accounts:invitation_list")


@page(RIGHT)
def paste_form(request: HttpRequest) -> HttpResponse:
    """The box for a pasted list."""
    return show_pasted(request, PastedForm(places=places_to_choose(request.user), initial=default_place(request)), [])


def default_place(request: HttpRequest) -> dict[str, str]:
    """A school's list is for that school."""
    return {"place": request.user.appointment.organisation.slug}


def show_pasted(request: HttpRequest, form: PastedForm, rows: list[Row], status: int = 200) -> HttpResponse:
    """Box and preview."""
    fresh = sum(row.state == "new" for row in rows)
    wrong = sum(row.state == "wrong" for row in rows)
    context = {"form": form, "rows": rows, "fresh": fresh, "wrong": wrong, "by_mail": bool(settings.EMAIL_HOST)}
    return render(request, "accounts/invite_many.html", context, status=status)


@command(RIGHT)
def paste(request: HttpRequest) -> HttpResponse:
    """Understand the list and show what it would do; with `confirmed`, invite everybody who is new and keep in the box what is
    wrong. The second time nobody is new."""
    places = places_to_choose(request.user)
    form = PastedForm(request.POST, places=places)
    if not form.is_valid():
        return show_pasted(request, form, [], status=422)
    own = request.user.appointment.organisation
    default = form.places.get(form.cleaned_data["place"]) if places else own
    rows = read_pasted(request.user, form.cleaned_data["lines"], default)
    if not request.POST.get("confirmed"):
        return show_pasted(request, form, rows)
    fresh, wrong = [row for row in rows if row.state == "new"], [row for row in rows if row.state == "wrong"]
    for row in fresh:
        invite_row(request, row)
    messages.success(
        request, _("Приглашено: %(fresh)s. Осталось исправить: %(wrong)s.") % {"fresh": len(fresh), "wrong": len(wrong)}
    )
    if not wrong:
        return go_to(request, "accounts:invitation_list")
    left = {"lines": "\n".join(row.line.text for row in wrong), "place": form.cleaned_data.get("place", "")}
    return show_pasted(request, PastedForm(left, places=places), wrong)


def invite_row(request: HttpRequest, row: Row) -> None:
    """One line of the list; what goes wrong now takes everything back and names the line."""
    line = row.line
    try:
        invite(
            row.place, role=row.role, email=line.email, surname=line.surname, given_name=line.given_name,
            patronymic=line.patronymic, by=request.user,
        )  # fmt: skip
    except Refusal as refusal:
        raise Refusal(_("Строка %(number)s: %(reason)s") % {"number": line.number, "reason": refusal}) from refusal


@command(RIGHT)
@never_cache
def sheets(request: HttpRequest) -> HttpResponse:
    """New links on paper for the chosen ones, each on a sheet of its own. They are shown this once."""
    keys = [key for key in request.POST.getlist("chosen")[:MOST_SHEETS] if is_uuid(key)]
    rows = list(printable(request.user, keys))
    if not rows:
        raise Refusal(_("Отметьте приглашения, которые ещё не приняты и не отозваны."))
    site = settings.PUBLIC_ADDRESS or f"{request.scheme}://{request.get_host()}"
    printed = [(one, site + print_sheet(one, by=request.user)) for one in rows]
    note_access(request, "print", Invitation, rows=len(rows))
    return render(request, "accounts/invitation_sheets.html", {"printed": printed, "days": VALID.days})


@command(RIGHT)
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mail a new link."""
    send_again(load_invitation(request, pk), by=request.user)
    messages.success(request, _("Новая ссылка отправлена, прежняя не действует."))
    return go_to(request, came_from(request, "accounts:invitation_list"))


@command(RIGHT)
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The link stops working."""
    revoke(load_invitation(request, pk), by=request.user)
    messages.success(request, _("Приглашение отозвано."))
    return go_to(request, came_from(request, "accounts:invitation_list"))


def load_invitation(request: HttpRequest, pk: UUID) -> Invitation:
    """An invitation of the branch, or 404."""
    return get_object_or_404(Invitation.objects.visible_to(request.user).select_related("organisation"), pk=pk)
