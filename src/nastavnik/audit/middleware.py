"""Middleware of the ledgers: which request is at work, and the access rows that its views noted."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from nastavnik.audit.models import Access
from nastavnik.audit.trail import Trace, current_trace

Next = Callable[[HttpRequest], HttpResponse]


class RequestTraceMiddleware:
    """Give each request an id that its ledger rows and log lines carry."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current_trace.set(Trace(secrets.token_hex(8), address_of(request)))
        try:
            return self.get_response(request)
        finally:
            current_trace.reset(token)


def address_of(request: HttpRequest) -> str:
    """Where the request came from. Behind a proxy that is the last address of X-Forwarded-For: the only one that the proxy
    itself has written; all before it is whatever the visitor sent."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
    return address[:45]


class AccessLogMiddleware:
    """Write what views noted with `note_access`, unless the view failed."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        notes = request.__dict__.pop("access_notes", [])
        if notes and response.status_code < 400:
            with transaction.atomic():
                Access.objects.bulk_create(notes)
        return response
