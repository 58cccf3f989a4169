"""«История»: the ledgers of the branch. They live here because who sees which organisation is known from here up."""

from django.http import HttpRequest, HttpResponse

from nastavnik.audit.labels import action_choices
from nastavnik.audit.models import Access, ChainEnd, Change
from nastavnik.audit.queries import accesses, lines, rows_in
from nastavnik.core.access import page
from nastavnik.core.htmx import asked, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.organisations.models import Organisation

ORDER = ["-at", "-pk"]


@page("audit.view_history")
def change_list(request: HttpRequest) -> HttpResponse:
    """Who changed what, before and after, when and why."""
    places = Organisation.objects.visible_to(request.user).values("pk")
    shown = keyset_page(rows_in(Change, places, request.GET), ORDER, request)
    context = {
        "page": shown, "lines": lines(shown.rows), "actions": action_choices(), "query": asked(request),
        "end": ChainEnd.objects.filter(ledger="change").first(),
    }  # fmt: skip
    return render_page(request, "accounts/change_list.html", context, partial="rows")


@page("audit.view_history")
def access_list(request: HttpRequest) -> HttpResponse:
    """Who viewed, exported or printed personal data."""
    places = Organisation.objects.visible_to(request.user).values("pk")
    shown = keyset_page(rows_in(Access, places, request.GET), ORDER, request)
    context = {"page": shown, "rows": accesses(shown.rows), "kinds": Access.Kind.choices, "query": asked(request)}
    return render_page(request, "accounts/access_list.html", context, partial="rows")
