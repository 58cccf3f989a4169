"""Fragments are named partials of their page's own template, answered by the page's own view."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, partial: str = "", status: int = 200
) -> HttpResponse:
    """The whole page, or only its `partial` when htmx asks for a fragment (not for history or a boosted visit)."""
    if partial and is_fragment(request):
        template = f"{template}#{partial}"
    return render(request, template, context, status=status)


def is_fragment(request: HttpRequest) -> bool:
    """True when htmx wants a piece of the page."""
    headers = request.headers
    return bool(headers.get("HX-Request")) and not (headers.get("HX-Boosted") or headers.get("HX-History-Restore-Request"))


def go_to(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Send the browser on after a command: HX-Redirect for htmx, 302 otherwise."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": resolve_url(to, *args, **kwargs)})
    return redirect(to, *args, **kwargs)


def asked(request: HttpRequest) -> "defaultdict[str, str]":
    """The filters of the address for templates: a key that is not there is empty, not undefined."""
    return defaultdict(str, request.GET.items())
