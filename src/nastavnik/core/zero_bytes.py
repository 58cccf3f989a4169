"""Text pasted out of a PDF can carry zero bytes. They say nothing, and PostgreSQL refuses them: no view ever sees one."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

ZERO = "\x00"


class ZeroByteMiddleware:
    """Take zero bytes out of what was typed; an address that has one is no address of ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Runs after the check of the form's token, which has read the form already."""
        if ZERO in request.path:
            raise BadRequest
        if has_zero_byte(request.GET):
            request.GET = without_zero_bytes(request.GET)
        if has_zero_byte(request.POST):
            request.POST = without_zero_bytes(request.POST)


def has_zero_byte(typed: QueryDict) -> bool:
    """In a name or in a value."""
    return any(ZERO in name or any(ZERO in one for one in values) for name, values in typed.lists())


def without_zero_bytes(typed: QueryDict) -> QueryDict:
    """The same names and values without them."""
    clean = QueryDict(mutable=True)
    for name, values in typed.lists():
        clean.setlist(name.replace(ZERO, ""), [one.replace(ZERO, "") for one in values])
    return clean
