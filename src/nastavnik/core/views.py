"""How a person likes to see pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from nastavnik.core.access import came_from, public
from nastavnik.core.view_preferences import CHOICES, keep_preference


@public
@require_POST
def set_view(request: HttpRequest) -> HttpResponse:
    """Keep theme, contrast, text size and language in cookies, then back to where the person was."""
    response = HttpResponseRedirect(came_from(request))
    for name in CHOICES:
        keep_preference(response, name, request.POST.get(name, ""), secure=settings.SESSION_COOKIE_SECURE)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response
