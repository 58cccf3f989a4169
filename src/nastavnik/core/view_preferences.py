"""How a person likes to see pages: theme, contrast, size of text. Kept in cookies, so it works before log-in too."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

CHOICES = {"theme": ("auto", "light", "dark"), "contrast": ("normal", "high"), "size": ("normal", "large", "huge")}
COOKIE_DAYS = 365


@dataclass(frozen=True, slots=True)
class ViewPreferences:
    """The choices as `base.html` reads them."""

    theme: str
    contrast: str
    size: str
    language: str


def view_preferences(request: HttpRequest) -> ViewPreferences:
    """From the cookies; a value that is no choice falls back to the first one."""
    chosen = {name: request.COOKIES.get(f"view_{name}", "") for name in CHOICES}
    clean = {name: value if value in CHOICES[name] else CHOICES[name][0] for name, value in chosen.items()}
    return ViewPreferences(**clean, language=get_language() or "ru")


def keep_preference(response: HttpResponse, name: str, value: str, *, secure: bool) -> None:
    """Store one choice; anything that is no choice is ignored."""
    if value in CHOICES[name]:
        age = COOKIE_DAYS * 24 * 3600
        response.set_cookie(f"view_{name}", value, max_age=age, secure=secure, httponly=True, samesite="Lax")
