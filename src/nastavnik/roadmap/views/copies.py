"""«Что изменили школы»: all copies of a model, one copy line by line; and what a school decides about proposals."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from nastavnik.core.access import came_from, command, page
from nastavnik.core.htmx import asked, go_to, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.roadmap.actions.proposals import harmless_proposals, keep_own, take_all, take_proposal
from nastavnik.roadmap.exports.copies import export_copies
from nastavnik.roadmap.models import LineProposal, Roadmap
from nastavnik.roadmap.queries.cascade import model_bar
from nastavnik.roadmap.queries.copies import ORDER, counts_of, differences_of, line_tallies, places_of, rows_of
from nastavnik.roadmap.views.amending import act_form_of, act_of
from nastavnik.roadmap.views.leading import leads, load_led, require_lead
from nastavnik.roadmap.views.models import PUBLISH, load_model

LEAD, VIEW = "roadmap.lead_roadmap", "roadmap.view_roadmap"
MOST_EXPORTED, AT_ONCE = 5000, 100


@page(PUBLISH)
def copy_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All copies in numbers; `?by=line` turns the table to the lines of the model."""
    model, by_line = load_model(request, pk), request.GET.get("by") == "line"
    context = {"model": model, "bar": model_bar(model), "leads": leads(request, model), "query": asked(request), "by_line": by_line}
    if by_line:
        return render(request, "roadmap/copy_list.html", {**context, "tallies": line_tallies(model, request.user)})
    shown = keyset_page(places_of(model, request.user, request.GET), ORDER, request)
    context |= {"page": shown, "rows": rows_of(model, shown.rows)}
    return render_page(request, "roadmap/copy_list.html", context, partial="rows")


@page(PUBLISH)
def copy_export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The table as a file, within its filters."""
    model = load_model(request, pk)
    places = list(places_of(model, request.user, request.GET).order_by(*ORDER)[:MOST_EXPORTED])
    parts = (places[start : start + AT_ONCE] for start in range(0, len(places), AT_ONCE))
    return export_copies(row for part in parts for row in rows_of(model, part))


def load_copy(request: HttpRequest, pk: UUID) -> Roadmap:
    """A copy that the person may read; 404 for a plan that is none."""
    rows = Roadmap.objects.visible_to(request.user).filter(model__isnull=False)
    return get_object_or_404(rows.select_related("organisation", "model__organisation"), pk=pk)


@page(VIEW)
def differences(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One copy beside the model; `?all=1` shows the lines that are the same too."""
    copy = load_copy(request, pk)
    found = differences_of(copy)
    shown = [one for one in found if request.GET.get("all") or one.kind != "same" or one.proposal]
    context = {
        "copy": copy, "model": copy.model, "counts": counts_of(copy.model, [copy])[copy.pk], "query": asked(request),
        "shown": shown, "leads": leads(request, copy), "hidden": len(found) - len(shown),
        "listed": bool(request.GET.get("all")) or any(not one.proposal for one in shown),
        "harmless": harmless_proposals(copy).exists(), "act": act_form_of(copy, with_reason=False),
    }  # fmt: skip
    return render(request, "roadmap/differences.html", context)


def load_proposal(request: HttpRequest, pk: UUID) -> LineProposal:
    """A proposal to a plan of the own organisation."""
    rows = LineProposal.objects.visible_to(request.user).select_related("copy__organisation")
    proposal = get_object_or_404(rows, pk=pk)
    require_lead(request, proposal.copy)
    return proposal


@command(LEAD)
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """«Взять из типовой»."""
    found = load_proposal(request, pk)
    proposal = take_proposal(found, act=act_of(request, found.copy), by=request.user)
    messages.success(request, _("Взято из типовой карты."))
    return go_to(request, "roadmap:differences", proposal.copy_id)


@command(LEAD)
def keep(request: HttpRequest, pk: UUID) -> HttpResponse:
    """«Оставить по-своему»."""
    proposal = keep_own(load_proposal(request, pk), by=request.user)
    messages.success(request, _("Оставлено по-своему. Эти слова больше не предложат."))
    return go_to(request, "roadmap:differences", proposal.copy_id)


@command(LEAD)
def take_every(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take all proposals that lose nothing of the own."""
    copy = load_led(request, pk)
    if copy.model_id is None:
        raise Http404
    taken = take_all(copy, act=act_of(request, copy), by=request.user)
    messages.success(request, _("Взято из типовой карты строк: %(taken)s.") % {"taken": taken})
    return go_to(request, came_from(request, f"/roadmap/{copy.pk}/"))
