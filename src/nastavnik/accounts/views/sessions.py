"""The door: log in, second factor, out; where one is logged in; switch the appointment."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout as leave
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from nastavnik.accounts.actions.logins import person_waiting, try_code, try_factor, try_to_log_in
from nastavnik.accounts.actions.sessions import end_one_session, end_session
from nastavnik.accounts.actions.support import end_support
from nastavnik.accounts.forms.access import FactorLoginForm
from nastavnik.accounts.forms.people import CodeForm, LoginForm
from nastavnik.accounts.middleware import SESSION_KEY
from nastavnik.accounts.models import UserSession
from nastavnik.core.access import SIGNED_IN, came_from, command, page, public

MOST_SHOWN = 50


@public
@never_cache
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    """The log-in page; a signed-in person goes on to the first screen."""
    if request.user.is_authenticated:
        return redirect("desk:today")
    form = LoginForm(request.POST or None)
    trouble = ""
    if request.method == "POST" and form.is_valid():
        trouble = try_to_log_in(request, **form.cleaned_data)
        if not trouble:
            return go_on(request, wanted_page(request))
    context = {"form": form, "trouble": trouble, "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "accounts/login.html", context, status=422 if request.method == "POST" else 200)


def go_on(request: HttpRequest, target: str) -> HttpResponse:
    """To the wanted page, or to the second factor first."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(target)
    return HttpResponseRedirect(f"{reverse('accounts:factor_login')}?{urlencode({'next': target})}")


@public
@never_cache
@sensitive_post_parameters("code")
def factor_login(request: HttpRequest) -> HttpResponse:
    """The second step of the log-in: whoever comes too late begins anew."""
    person = person_waiting(request)
    if request.user.is_authenticated or person is None:
        return redirect("desk:today")
    form, trouble = FactorLoginForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        trouble = try_factor(request, person, code=form.cleaned_data["code"])
        if not trouble:
            return HttpResponseRedirect(wanted_page(request))
    context = {"form": form, "trouble": trouble, "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "accounts/factor_login.html", context, status=422 if request.method == "POST" else 200)


def wanted_page(request: HttpRequest) -> str:
    """The local page that sent the person here, never the log-in itself."""
    target = came_from(request, default=reverse("desk:today"))
    return reverse("desk:today") if reverse("accounts:login") in target else target


@public
@never_cache
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """Log in with a printed code; a new password is demanded next."""
    form, trouble = CodeForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        trouble = try_code(request, **form.cleaned_data)
        if not trouble:
            return go_on(request, reverse("accounts:password"))
    context = {"form": form, "trouble": trouble}
    return render(request, "accounts/code.html", context, status=422 if request.method == "POST" else 200)


@command(SIGNED_IN)
def logout(request: HttpRequest) -> HttpResponse:
    """End this session, for every copy of its cookie."""
    end_support(request.user_session)
    end_session(request.user_session)
    leave(request)
    return redirect("accounts:login")


@page(SIGNED_IN)
def session_list(request: HttpRequest) -> HttpResponse:
    """«Где открыт вход»."""
    rows = UserSession.objects.visible_to(request.user).live(timezone.now()).order_by("-last_seen_at", "-pk")[:MOST_SHOWN]
    context = {"sessions": list(rows), "present": request.user_session}
    return render(request, "accounts/session_list.html", context)


@command(SIGNED_IN)
def end_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End one of one's own sessions; ending the present one is logging out."""
    session = get_object_or_404(UserSession.objects.visible_to(request.user).select_related("user"), pk=pk)
    end_one_session(session, by=request.user)
    if session.pk == request.user_session.pk:
        leave(request)
        return redirect("accounts:login")
    messages.success(request, _("Вход на этом устройстве завершён."))
    return redirect("accounts:session_list")


@command(SIGNED_IN)
def switch(request: HttpRequest) -> HttpResponse:
    """Act in another of one's appointments; one that is not held changes nothing. `next` is a page of that appointment."""
    chosen = request.POST.get("appointment", "")
    if any(str(held.pk) == chosen for held in request.user.held):
        request.session[SESSION_KEY] = chosen
        if request.POST.get("next"):
            return HttpResponseRedirect(came_from(request))
    return redirect("desk:today")
