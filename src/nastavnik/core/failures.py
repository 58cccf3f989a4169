"""Error pages: what happened, what was kept, what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return render(request, "400.html", status=400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: inside one's own branch, but without the right."""
    return render(request, "403.html", status=403)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: does not exist, or stands outside one's branch; the page does not tell which."""
    return render(request, "404.html", status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500, drawn without context so that it cannot fail again."""
    return render(request, "500.html", status=500, using=None)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a stale or missing form token."""
    return render(request, "csrf_failure.html", status=403)
