"""Model roadmaps: the list, beginning one from a plan at work, one line of it over all copies."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.htmx import asked, go_to, render_page
from nastavnik.core.paging import keyset_page
from nastavnik.roadmap.actions.models import begin_model_from_plan, return_line
from nastavnik.roadmap.enums import Purpose
from nastavnik.roadmap.models import Measure, Roadmap
from nastavnik.roadmap.queries.cascade import own_models
from nastavnik.roadmap.queries.copies import copies_with_line
from nastavnik.roadmap.views.leading import leads, load_led, load_measure

PUBLISH = "roadmap.publish_model"


def asked_purpose(request: HttpRequest) -> str:
    """What the plan that begins is for; a model is begun only by those who may publish it."""
    wanted = request.POST.get("purpose") or request.GET.get("purpose") or ""
    if wanted != Purpose.MODEL:
        return Purpose.WORK
    if not request.user.may(PUBLISH):
        raise PermissionDenied
    return Purpose.MODEL


def load_model(request: HttpRequest, pk: UUID) -> Roadmap:
    """A model of the branch, or 404."""
    return get_object_or_404(Roadmap.objects.visible_to(request.user).models().select_related("organisation"), pk=pk)


def load_own_model(request: HttpRequest, pk: UUID) -> Roadmap:
    """A model of the own organisation: 404 outside the branch and for other plans, 403 for somebody else's."""
    model = load_model(request, pk)
    if not leads(request, model):
        raise PermissionDenied
    return model


@page(PUBLISH)
def model_list(request: HttpRequest) -> HttpResponse:
    """Model roadmaps of the own organisation."""
    archived = bool(request.GET.get("archived"))
    context = {"models": own_models(request.user, archived=archived), "archived": archived}
    return render(request, "roadmap/model_list.html", context)


@command(PUBLISH)
def begin_from_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A draft of a model with what a plan at work asks of every school."""
    draft = begin_model_from_plan(load_led(request, pk), by=request.user)
    return redirect("roadmap:draft_detail", draft.pk)


@page(PUBLISH)
def line_copies(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One line of a model: which organisations have changed it or left it out."""
    measures = Measure.objects.visible_to(request.user).filter(roadmap__purpose=Purpose.MODEL)
    line = get_object_or_404(measures.select_related("roadmap__organisation", "section").prefetch_related("parties"), pk=pk)
    rows = copies_with_line(line, request.user, request.GET)
    shown = keyset_page(rows, ["organisation__sort_key", "pk"], request)
    own = {one.roadmap_id: one for one in line_rows(line, shown.rows)}
    context = {
        "line": line, "model": line.roadmap, "leads": leads(request, line.roadmap), "page": shown, "query": asked(request),
        "lines": [(copy, own.get(copy.pk)) for copy in shown.rows],
    }  # fmt: skip
    return render_page(request, "roadmap/line_copies.html", context, partial="rows")


def line_rows(line: Measure, copies: list[Roadmap]) -> list[Measure]:
    """The copies' lines that come from this one."""
    rows = Measure.objects.filter(origin=line, roadmap__in=copies).select_related("section")
    return list(rows.prefetch_related("parties"))


@command(PUBLISH)
def take_line_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back a line that the model had given up."""
    line = load_measure(request, pk)
    if line.roadmap.purpose != Purpose.MODEL:
        raise Http404
    return_line(line, by=request.user)
    messages.success(request, _("Строка снова в типовой карте. Школы получат её со следующей рассылкой изменений."))
    return go_to(request, "roadmap:roadmap_detail", line.roadmap_id)
