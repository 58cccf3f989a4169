"""Helping out in another person's account; and who did so in one's own."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.logins import too_many
from nastavnik.accounts.actions.support import begin_support
from nastavnik.accounts.actions.throttling import FACTOR_OF_ACCOUNT, forget_tries, is_over, minutes_left
from nastavnik.accounts.forms.access import SupportForm
from nastavnik.accounts.middleware import leave_account
from nastavnik.accounts.models import SupportVisit
from nastavnik.accounts.views.staff import load, show_person
from nastavnik.audit.queries import done_on_behalf_of
from nastavnik.core.access import SIGNED_IN, command, page
from nastavnik.core.errors import Refusal
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import render_page
from nastavnik.core.paging import keyset_page

ORDER = ["-began_at", "-pk"]


@command("accounts.support_login")
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin to work as somebody below. Forms that other tabs show for oneself stop working."""
    person, form = load(request, pk), SupportForm(request.POST, by=request.user)
    if request.user.has_factor and is_over(FACTOR_OF_ACCOUNT, str(request.user.pk)):
        raise Refusal(too_many(minutes_left(FACTOR_OF_ACCOUNT)))
    session, by = request.user_session, request.user
    if not form.is_valid() or not accepted(form, lambda: begin_support(session, person, **form.cleaned_data, by=by)):
        return show_person(request, person, status=422, wrong={"support": form})
    forget_tries(FACTOR_OF_ACCOUNT, str(by.pk))
    rotate_token(request)
    return redirect("desk:today")


@command(SIGNED_IN)
def end(request: HttpRequest) -> HttpResponse:
    """Back in the own account."""
    if request.user_session.support is None:
        return redirect("desk:today")
    return leave_account(request, _("Вы снова работаете от своего имени."))


@page(SIGNED_IN)
def visits(request: HttpRequest) -> HttpResponse:
    """«Кто работал от моего имени»."""
    rows = SupportVisit.objects.visible_to(request.user).select_related("supporter", "appointment__organisation")
    return render_page(request, "accounts/support_visits.html", {"page": keyset_page(rows, ORDER, request)}, partial="rows")


@page(SIGNED_IN)
def visit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One visit: what was changed and looked at."""
    rows = SupportVisit.objects.visible_to(request.user).select_related("supporter", "appointment__organisation")
    found = get_object_or_404(rows, pk=pk)
    lines = done_on_behalf_of(request.user, since=found.began_at, until=found.last_moment)
    return render(request, "accounts/support_visit.html", {"visit": found, "lines": lines})
