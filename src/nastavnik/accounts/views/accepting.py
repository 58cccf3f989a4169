"""The page behind the link of an invitation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from nastavnik.accounts.actions.invitations import (
    accept_with_account,
    accept_with_new_account,
    account_of,
    invitation_by,
    note_opened,
)
from nastavnik.accounts.actions.logins import admit
from nastavnik.accounts.actions.throttling import INVITATION_FROM_ADDRESS, here, is_over, take_back_try
from nastavnik.accounts.forms.access import AcceptForm
from nastavnik.accounts.models import Invitation, User
from nastavnik.accounts.names import suggested_name
from nastavnik.core.access import public
from nastavnik.core.errors import Refusal

PAGE = "accounts/accept.html"


@public
@never_cache
@sensitive_post_parameters("password", "again")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what, and the form: a name and a password, or one button for somebody who has an account."""
    if is_over(INVITATION_FROM_ADDRESS, here()):
        return render(request, "accounts/invitation_gone.html", status=429)
    invitation = invitation_by(token)
    if invitation is None:
        return render(request, "accounts/invitation_gone.html", status=404)
    take_back_try(INVITATION_FROM_ADDRESS, here())
    known = account_of(invitation)
    if known is not None or request.user.is_authenticated:
        return with_account(request, invitation, token, known)
    return with_new_account(request, invitation, token)


def with_account(request: HttpRequest, invitation: Invitation, token: str, known: User | None) -> HttpResponse:
    """The mail belongs to an account, or somebody is logged in here: only that account may take the appointment."""
    fits = known is not None and request.user.is_authenticated and known.pk == request.user.pk
    if request.method == "POST" and fits:
        try:
            accept_with_account(token, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Должность добавлена. Переключиться на неё можно вверху страницы."))
            return redirect("desk:today")
    elif request.method == "GET":
        note_opened(invitation)
    context = {"invitation": invitation, "known": known, "fits": fits}
    return render(request, PAGE, context, status=422 if request.method == "POST" else 200)


def with_new_account(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """A visitor without an account opens one and is logged in."""
    person = User(
        region_id=invitation.region_id, email=invitation.email, surname=invitation.surname, given_name=invitation.given_name,
        patronymic=invitation.patronymic,
    )  # fmt: skip
    name = suggested_name(person.region_id, person.surname, person.given_name, person.patronymic)
    form = AcceptForm(request.POST or None, user=person, initial={"username": name})
    if request.method == "GET":
        note_opened(invitation)
    elif form.is_valid():
        try:
            user = accept_with_new_account(token, username=form.cleaned_data["username"], password=form.cleaned_data["password"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            admit(request, user, ground=_("по приглашению"))
            return redirect("desk:today")
    return render(request, PAGE, {"invitation": invitation, "form": form}, status=422 if request.method == "POST" else 200)
