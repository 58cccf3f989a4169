"""What stands between a session and a page: the present appointment, what has to be done first, limits of helping out."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from nastavnik.accounts.actions.support import end_support
from nastavnik.accounts.models.factors import with_demand
from nastavnik.accounts.supporting import is_shut
from nastavnik.core.access import refused

SESSION_KEY = "appointment"
Next = Callable[[HttpRequest], HttpResponse]


class AppointmentMiddleware:
    """Choose among the appointments in force the one that the header switched to, else the first."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        plain_user = request.user
        request.user = SimpleLazyObject(lambda: with_appointment(request, plain_user))
        return self.get_response(request)


def with_appointment(request: HttpRequest, user: Any) -> Any:
    """The user with `appointment` and `held` (all appointments in force, those carried as a deputy after the own ones) loaded
    by one query."""
    if not user.is_authenticated:
        return user
    held = user.carried(timezone.localdate(), annotated=with_demand)
    chosen = request.session.get(SESSION_KEY)
    user.held = held
    user.appointment = next((one for one in held if str(one.pk) == chosen), held[0] if held else None)
    return user


class FirstThingsMiddleware:
    """After a one-time code nothing opens but the page for a new password; without the second factor that the person must have
    by now, nothing but the pages where it is set up."""

    ALWAYS = ("accounts:logout", "core:set_view")
    PASSWORD = ("accounts:password", "accounts:change_password")
    FACTOR = (
        "accounts:factor",
        "accounts:begin_factor",
        "accounts:factor_set_up",
        "accounts:confirm_factor",
    )

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return whole_page(request, self.get_response(request))

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send the person to the form first."""
        user, name = request.user, request.resolver_match.view_name
        if not user.is_authenticated or user.supported_by or name in self.ALWAYS:
            return None
        if user.must_change_password:
            return None if name in self.PASSWORD else redirect("accounts:password")
        if must_have_factor(user) and name not in self.FACTOR:
            return redirect("accounts:factor")
        return None


def must_have_factor(user: Any) -> bool:
    """Is it demanded in one of the appointments in force, and not there?"""
    today = timezone.localdate()
    return not user.has_factor and any(one.factor_since and one.factor_since <= today for one in user.held)


def whole_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """When a session has ended, htmx would follow the way to the log-in and put that page into a panel of this one; so the
    browser itself is sent there."""
    door = (reverse("accounts:login"), reverse("accounts:password"), reverse("accounts:factor"))
    if request.headers.get("HX-Request") and response.status_code == 302 and response["Location"].startswith(door):
        return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    return response


class SupportMiddleware:
    """Helping out in another account ends by itself, and never reaches what only the person may do."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """End what is over before anything is done in the wrong name; refuse what is shut."""
        if not request.user.is_authenticated:
            return None
        if getattr(request, "support_is_over", False):
            return leave_account(request, _("Время помощи вышло. Вы снова работаете от своего имени."))
        if request.user.supported_by and is_shut(request.resolver_match.view_name, view):
            return refused(request, _("От чужого имени этого сделать нельзя. Это делает сам человек."))
        return None


def leave_account(request: HttpRequest, words: str) -> HttpResponse:
    """Back in the own account: forms that other tabs still show for the other person do not work any more."""
    visit = request.user_session.support
    end_support(request.user_session)
    rotate_token(request)
    messages.info(request, words)
    target = reverse("accounts:staff_detail", args=[visit.person_id])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)
