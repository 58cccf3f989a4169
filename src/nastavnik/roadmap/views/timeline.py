"""The timeline of one plan: the scale, its table twin, one measure beside it, the paper, remembered deadlines."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nastavnik.core.access import came_from, command, page
from nastavnik.core.errors import Refusal
from nastavnik.core.htmx import asked, go_to, is_fragment
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.baselines import take_baseline
from nastavnik.roadmap.enums import ShownState
from nastavnik.roadmap.forms.moving import BaselineForm
from nastavnik.roadmap.models import Measure, Roadmap
from nastavnik.roadmap.queries.lists import is_uuid
from nastavnik.roadmap.queries.plans import unsettled_of
from nastavnik.roadmap.queries.timeline import MOST_PRINTED, lane_of, timeline_of
from nastavnik.roadmap.views.filtering import PARTY_ROLES
from nastavnik.roadmap.views.leading import leads, load_led
from nastavnik.roadmap.views.plans import load

VIEW, LEAD = "roadmap.view_roadmap", "roadmap.lead_roadmap"
MOST_UNSETTLED = 3


@page(VIEW)
def timeline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan on a scale of time; `view=table` is the same in words, `open` a measure beside it (alone for htmx)."""
    roadmap = load(request, pk)
    side = side_of(request, roadmap)
    if is_fragment(request):
        return render(request, "roadmap/parts/timeline_side.html", {**side, "roadmap": roadmap})
    as_table = request.GET.get("view") == "table"
    facts = as_table or bool(request.GET.get("fact"))
    open_days = unsettled_of(request.user, roadmap)
    context = {
        "roadmap": roadmap, "timeline": timeline_of(roadmap, request.user, request, facts=facts), "as_table": as_table,
        "query": asked(request), "states": ShownState.choices, "roles": PARTY_ROLES, "leads": leads(request, roadmap),
        "unsettled": open_days[:MOST_UNSETTLED], "unsettled_more": len(open_days) - MOST_UNSETTLED,
        "unsettled_count": len(open_days), "organisation": chosen_organisation(request), **side,
    }  # fmt: skip
    return render(request, "roadmap/timeline.html", context)


def side_of(request: HttpRequest, roadmap: Roadmap) -> dict[str, Any]:
    """What the panel shows of the measure that `open` names; nothing for one that is not there."""
    key = request.GET.get("open", "")
    measure = Measure.objects.filter(pk=key, roadmap=roadmap).select_related("section").first() if is_uuid(key) else None
    if measure is None:
        return {"selected": None}
    return {**lane_of(roadmap, measure, request.user, request), "selected": measure, "leads": leads(request, roadmap)}


def chosen_organisation(request: HttpRequest) -> Organisation | None:
    """The organisation that the address filters by."""
    slug = request.GET.get("organisation")
    return Organisation.objects.visible_to(request.user).filter(slug=slug).first() if slug else None


@page(VIEW)
def timeline_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The scale on landscape paper with all its lanes."""
    roadmap = load(request, pk)
    found = timeline_of(roadmap, request.user, request, size=MOST_PRINTED, facts=True)
    return render(request, "roadmap/timeline_print.html", {"roadmap": roadmap, "timeline": found})


@command(LEAD)
def remember_dates(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remember the deadlines as they stand."""
    roadmap, form = load_led(request, pk), BaselineForm(request.POST)
    if not form.is_valid():
        raise Refusal(" ".join(form.errors["name"]))
    take_baseline(roadmap, name=form.cleaned_data["name"], by=request.user)
    messages.success(request, _("Сроки запомнены. Теперь с ними можно сравнивать."))
    return go_to(request, came_from(request, "/"))
