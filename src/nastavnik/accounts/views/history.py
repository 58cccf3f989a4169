"""«История»: the ledgers of the branch. They live here, not in the app of the ledgers, because who belongs to which branch
is known from here up."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from nastavnik.accounts.queries import people_like, places_to_choose
from nastavnik.audit.labels import action_choices
from nastavnik.audit.models import Access, ChainEnd, Change, LedgerRow
from nastavnik.audit.queries import lines, rows_in
from nastavnik.audit.trail import note_access
from nastavnik.core.access import page
from nastavnik.core.htmx import asked, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.organisations.models import Organisation

ORDER = ["-at", "-pk"]


@page("audit.view_history")
def change_list(request: HttpRequest) -> HttpResponse:
    """Who changed what, before and after, when and why. What was changed may be a phone number, so looking is noted."""
    context = context_of(request, Change, "change") | {"actions": action_choices()}
    note_access(request, "view", Change, rows=len(context["lines"]))
    return render_page(request, "accounts/change_list.html", context, partial="rows")


@page("audit.view_history")
def access_list(request: HttpRequest) -> HttpResponse:
    """Who viewed, exported or printed personal data, and who logged in."""
    context = context_of(request, Access, "access") | {"kinds": Access.Kind.choices}
    return render_page(request, "accounts/access_list.html", context, partial="rows")


def context_of(request: HttpRequest, model: type[LedgerRow], ledger: str) -> dict[str, Any]:
    """A page of a ledger: filters `organisation` (address), `person` (words of a name), and those of `rows_in`."""
    places = Organisation.objects.visible_to(request.user)
    if request.GET.get("organisation"):
        places = places.filter(slug=request.GET["organisation"])
    person = request.GET.get("person", "").strip()
    actors = people_like(request.user, person).values("pk") if person else None
    shown = keyset_page(rows_in(model, places.values("pk"), request.GET, actor_ids=actors), ORDER, request)
    return {
        "page": shown,
        "lines": lines(shown.rows),
        "places": places_to_choose(request.user),
        "end": ChainEnd.objects.filter(ledger=ledger).first(),
        "query": asked(request),
    }
