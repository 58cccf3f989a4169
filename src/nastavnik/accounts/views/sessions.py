"""The door: log in, out, switch the appointment."""

from django.contrib.auth import logout as leave
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from nastavnik.accounts.actions.logins import try_code, try_to_log_in
from nastavnik.accounts.forms import CodeForm, LoginForm
from nastavnik.accounts.middleware import SESSION_KEY
from nastavnik.core.access import SIGNED_IN, came_from, command, public


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
            return HttpResponseRedirect(wanted_page(request))
    context = {"form": form, "trouble": trouble, "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "accounts/login.html", context, status=422 if request.method == "POST" else 200)


def wanted_page(request: HttpRequest) -> str:
    """The local page that sent the person here, never the log-in itself."""
    page = came_from(request, default=reverse("desk:today"))
    return reverse("desk:today") if reverse("accounts:login") in page else page


@public
@never_cache
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """Log in with a printed code; a new password is demanded next."""
    form, trouble = CodeForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        trouble = try_code(request, **form.cleaned_data)
        if not trouble:
            return redirect("accounts:password")
    context = {"form": form, "trouble": trouble}
    return render(request, "accounts/code.html", context, status=422 if request.method == "POST" else 200)


@command(SIGNED_IN)
def logout(request: HttpRequest) -> HttpResponse:
    """End this session."""
    leave(request)
    return redirect("accounts:login")


@command(SIGNED_IN)
def switch(request: HttpRequest) -> HttpResponse:
    """Act in another of one's appointments; one that is not held changes nothing. `next` is a page of that appointment."""
    chosen = request.POST.get("appointment", "")
    if any(str(held.pk) == chosen for held in request.user.held):
        request.session[SESSION_KEY] = chosen
        if request.POST.get("next"):
            return HttpResponseRedirect(came_from(request))
    return redirect("desk:today")
