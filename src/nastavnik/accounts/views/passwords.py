"""Passwords: forgotten, set by a mailed link, changed."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from nastavnik.accounts.actions.logins import too_many
from nastavnik.accounts.actions.passwords import ask_for_reset, set_new_password, use_reset_link
from nastavnik.accounts.actions.sessions import end_other_sessions
from nastavnik.accounts.actions.throttling import PASSWORD_OF_ACCOUNT, is_over, minutes_left
from nastavnik.accounts.forms.people import ChangePasswordForm, ForgottenForm, NewPasswordForm
from nastavnik.accounts.models import User
from nastavnik.core.access import SIGNED_IN, came_from, command, page, public
from nastavnik.core.errors import Refusal


@public
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail. The answer is the same whoever asks."""
    form = ForgottenForm(request.POST or None)
    by_mail = bool(settings.EMAIL_HOST)
    asked = request.method == "POST" and by_mail and form.is_valid()
    if asked:
        ask_for_reset(form.cleaned_data["username"])
    return render(request, "accounts/forgotten.html", {"form": form, "asked": asked, "by_mail": by_mail})


@public
@never_cache
@sensitive_post_parameters()
def new_password(request: HttpRequest, pk: UUID, token: str) -> HttpResponse:
    """The page behind the mailed link: valid for two hours and for one use."""
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or not default_token_generator.check_token(user, token):
        return render(request, "accounts/link_expired.html", status=404)
    form = NewPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        if not use_reset_link(user, token, form.cleaned_data["password"]):
            return render(request, "accounts/link_expired.html", status=404)
        messages.success(request, _("Пароль сменён. Войдите с новым паролем."))
        return redirect("accounts:login")
    return render(request, "accounts/new_password.html", {"form": form}, status=422 if request.method == "POST" else 200)


@page(SIGNED_IN)
def password(request: HttpRequest) -> HttpResponse:
    """The form for a new password; after a one-time code the present one is not asked."""
    return render(request, "accounts/password.html", {"form": form_for(request)})


@command(SIGNED_IN, atomic=False)
@sensitive_post_parameters()
def change_password(request: HttpRequest) -> HttpResponse:
    """Store the new password; this session stays, all others end. Guessing the present one is throttled, for whoever sits
    down at somebody's open screen."""
    if is_over(PASSWORD_OF_ACCOUNT, str(request.user.pk)):
        raise Refusal(too_many(minutes_left(PASSWORD_OF_ACCOUNT)))
    form = form_for(request)
    if not form.is_valid():
        return render(request, "accounts/password.html", {"form": form}, status=422)
    set_new_password(request.user, form.cleaned_data["password"], by=request.user, but=request.user_session)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Пароль сменён. На других устройствах нужно войти заново."))
    return redirect("desk:today")


def form_for(request: HttpRequest) -> NewPasswordForm:
    """With or without the present password."""
    form = NewPasswordForm if request.user.must_change_password else ChangePasswordForm
    return form(request.POST or None, user=request.user)


@command(SIGNED_IN)
def leave_everywhere(request: HttpRequest) -> HttpResponse:
    """End all other sessions."""
    end_other_sessions(request.user, but=request.user_session, by=request.user)
    messages.success(request, _("На других устройствах вход завершён."))
    return redirect(came_from(request, default=reverse("accounts:session_list")))
