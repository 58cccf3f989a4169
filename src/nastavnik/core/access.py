"""Who may open a view. Every view of the product wears exactly one of three marks:

`@page(right)` reads (GET, the database refuses writes), `@command(right)` changes (POST, one durable transaction),
`@public` needs no login. `tests/test_architecture.py` walks all addresses and fails on a view without a mark.
A right is a name from the table in `accounts.rights`; `SIGNED_IN` stands for every account.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from nastavnik.core.errors import Refusal

SIGNED_IN = "signed_in"
READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "WITH", "EXPLAIN")

View = Callable[..., HttpResponse]


class ReadingViewWroteError(RuntimeError):
    """A page that promises to read tried to change the database."""


def page(right: str) -> Callable[[View], View]:
    """Mark a reading view: GET and HEAD only, `right` checked, every statement but SELECT refused."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require_right(request, right)
            with connection.execute_wrapper(refuse_writes):
                response = view(request, *args, **kwargs)
            patch_vary_headers(response, ["HX-Request", "Cookie"])
            response.setdefault("Cache-Control", "no-store, private")
            return response

        return marked(require_safe(guarded), kind="page", right=right)

    return mark


def command(right: str, *, atomic: bool = True) -> Callable[[View], View]:
    """Mark a changing view: POST only, `right` checked, one durable transaction.

    `atomic=False` is for a view that first does slow work without the database (reading an uploaded file) and then
    calls an action that opens its own transaction: the write lock of SQLite must not be held meanwhile.
    A `Refusal` rolls everything back and becomes a message on the page that the person came from.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require_right(request, right)
            try:
                if not atomic:
                    return view(request, *args, **kwargs)
                with transaction.atomic(durable=True):
                    return view(request, *args, **kwargs)
            except Refusal as refusal:
                return refused(request, str(refusal))

        return marked(require_POST(guarded), kind="command", right=right)

    return mark


def public(view: View) -> View:
    """Mark a view that needs no login."""
    return marked(login_not_required(view), kind="public", right="")


def marked(view: View, *, kind: str, right: str) -> View:
    """Leave on the view what the architecture tests read."""
    view.access_kind = kind  # type: ignore[attr-defined]
    view.right = right  # type: ignore[attr-defined]
    return view


def require_right(request: HttpRequest, right: str) -> None:
    """403 for an account whose present appointment does not carry the right."""
    if right != SIGNED_IN and not request.user.may(right):
        raise PermissionDenied


def refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Execute wrapper that lets only reading statements through."""
    if not sql.lstrip(" \n\t(").upper().startswith(READING):
        raise ReadingViewWroteError(sql[:200])
    return execute(sql, params, many, context)


def refused(request: HttpRequest, sentence: str) -> HttpResponse:
    """Answer a refusal: a fragment with status 422 for htmx, else the page that the person came from."""
    if request.headers.get("HX-Request"):
        return render(request, "core/parts/refusal.html", {"sentence": sentence}, status=422)
    messages.error(request, sentence)
    return HttpResponseRedirect(came_from(request))


def is_own_page(request: HttpRequest, address: str | None) -> bool:
    """Is it the path, or the whole address, of a page of this installation? A bare word is none."""
    return bool(address) and "/" in str(address) and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})


def came_from(request: HttpRequest, default: str = "/") -> str:
    """The local page named by `next` or by the Referer; never another host."""
    for candidate in (request.POST.get("next"), request.GET.get("next"), request.headers.get("Referer")):
        if candidate and is_own_page(request, candidate):
            return candidate
    return default
