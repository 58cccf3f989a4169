"""Put the present appointment on `request.user`."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

SESSION_KEY = "appointment"


class AppointmentMiddleware:
    """Choose among the appointments in force the one that the header switched to, else the first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
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
    held = user.carried(timezone.localdate())
    chosen = request.session.get(SESSION_KEY)
    user.held = held
    user.appointment = next((one for one in held if str(one.pk) == chosen), held[0] if held else None)
    return user


class NewPasswordMiddleware:
    """After a one-time code nothing opens but the page for a new password."""

    OPEN = ("accounts:password", "accounts:change_password", "accounts:logout", "core:set_view")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return whole_page(request, self.get_response(request))

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send the person to the form first."""
        user = request.user
        if user.is_authenticated and user.must_change_password and request.resolver_match.view_name not in self.OPEN:
            return redirect("accounts:password")
        return None


def whole_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """When a session has ended, htmx would follow the way to the log-in and put that page into a panel of this one; so the
    browser itself is sent there."""
    door = (reverse("accounts:login"), reverse("accounts:password"))
    if request.headers.get("HX-Request") and response.status_code == 302 and response["Location"].startswith(door):
        return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    return response
