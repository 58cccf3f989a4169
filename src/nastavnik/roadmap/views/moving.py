"""Deadlines moved by whoever leads the plan: what would happen, then the deed; and the order of measures."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nastavnik.core.access import came_from, command, page
from nastavnik.core.errors import Refusal
from nastavnik.core.forms import accepted, seen_version
from nastavnik.core.htmx import go_to, render_page
from nastavnik.core.text import number_of
from nastavnik.roadmap.actions.moving import move_measure
from nastavnik.roadmap.actions.order import add_dependency, remove_dependency
from nastavnik.roadmap.forms.approval import ActForm
from nastavnik.roadmap.forms.moving import MoveForm, OrderForm
from nastavnik.roadmap.models import Measure, MeasureDependency, Roadmap
from nastavnik.roadmap.queries.moving import preview_of, successors_of
from nastavnik.roadmap.queries.order import bonds_of, measures_to_choose
from nastavnik.roadmap.queries.plans import horizon_of
from nastavnik.roadmap.schedule import is_movable
from nastavnik.roadmap.views.amending import act_form_of, act_values, are_valid
from nastavnik.roadmap.views.leading import load_measure, require_lead

LEAD = "roadmap.lead_roadmap"


@page(LEAD)
def move_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """New days of a measure: with `ends_on` (and `starts_on`, `occurrence`) in the address also what they would change."""
    measure = load_measure(request, pk)
    if not is_movable(measure.deadline):
        return render(request, "roadmap/move_form.html", {"measure": measure, "roadmap": measure.roadmap, "form": None})
    typed = request.GET if "ends_on" in request.GET else None
    form = form_of(measure, typed, occurrence=number_of(request.GET.get("occurrence", "")) or 0)
    form.fields["reason"].required = typed is None
    return show(request, measure, form)


def form_of(measure: Measure, *input_: Any, occurrence: int = 0) -> MoveForm:
    """The form of a measure's days."""
    return MoveForm(
        *input_, deadline=measure.deadline, horizon=horizon_of(measure.roadmap), occurrence=occurrence,
        followers=[str(one.pk) for one in successors_of(measure)],
    )  # fmt: skip


def show(request: HttpRequest, measure: Measure, form: MoveForm, act: ActForm | None = None) -> HttpResponse:
    """The form with what the days in it would change."""
    deadline = form.cleaned_data.get("deadline") if form.is_bound and not form.wrong_days else None
    context = {
        "measure": measure, "roadmap": measure.roadmap, "form": form, "move": preview_of(measure, deadline) if deadline else None,
        "next": came_from(request, reverse("roadmap:timeline", args=[measure.roadmap_id])),
        "act": act or act_form_of(measure.roadmap, with_reason=False),
        "picked": form.data.getlist("following") if form.is_bound else [],
    }  # fmt: skip
    return render_page(request, "roadmap/move_form.html", context, partial="moving", status=422 if form.errors else 200)


@command(LEAD)
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move the measure, and what was ticked with it."""
    measure = load_measure(request, pk)
    if not is_movable(measure.deadline):
        raise Refusal(_("У этого мероприятия нет своих дней. Измените его срок в мероприятии."))
    form, act = form_of(measure, request.POST), act_form_of(measure.roadmap, request.POST, with_reason=False)
    if not are_valid(form, act):
        return show(request, measure, form, act)
    following = [one for one in successors_of(measure) if str(one.pk) in form.cleaned_data["following"]]
    values = {"deadline": form.cleaned_data["deadline"], "following": following, "reason": form.cleaned_data["reason"],
              "version": seen_version(request, measure.version)}  # fmt: skip
    if not accepted(form, lambda: move_measure(measure, **values, **act_values(act), by=request.user)):
        return show(request, measure, form, act)
    messages.success(request, told(values["deadline"].text, len(following)))
    return go_to(request, came_from(request, reverse("roadmap:timeline", args=[measure.roadmap_id])))


def told(words: str, following: int) -> str:
    """What is said after the deed."""
    if following:
        return _("Срок сдвинут: %(words)s. Вместе с ним сдвинуто мероприятий: %(count)s.") % {"words": words, "count": following}
    return _("Срок сдвинут: %(words)s. Открытые задания обновлены.") % {"words": words}


@page(LEAD)
def measure_order(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a measure begins after, and what begins after it."""
    measure = load_measure(request, pk)
    return show_order(request, measure, order_form(measure))


def order_form(measure: Measure, *input_: Any) -> OrderForm:
    """The form of one more bond."""
    return OrderForm(*input_, measures=measures_to_choose(measure))


def show_order(request: HttpRequest, measure: Measure, form: OrderForm) -> HttpResponse:
    """The page of a measure's bonds."""
    bonds = bonds_of(measure.roadmap)
    context = {
        "measure": measure, "roadmap": measure.roadmap, "form": form,
        "waits_for": [bond for bond in bonds if bond.second.pk == measure.pk],
        "followers": [bond for bond in bonds if bond.first.pk == measure.pk],
    }  # fmt: skip
    return render(request, "roadmap/measure_order.html", context, status=422 if form.errors else 200)


@command(LEAD)
def add_order(request: HttpRequest, pk: UUID) -> HttpResponse:
    """«Начать после …»."""
    measure = load_measure(request, pk)
    form = order_form(measure, request.POST)
    if not form.is_valid() or not accepted(form, lambda: bind(measure, form.cleaned_data["after"], request.user), field="after"):
        return show_order(request, measure, form)
    messages.success(request, _("Порядок задан."))
    return go_to(request, "roadmap:measure_order", measure.pk)


def bind(measure: Measure, position: int, by: Any) -> None:
    """The bond with the measure at that place of the plan."""
    add_dependency(measure, after=Measure.objects.get(roadmap_id=measure.roadmap_id, position=position), by=by)


@command(LEAD)
def remove_order(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The measure no longer waits for the other."""
    plans = Roadmap.objects.visible_to(request.user)
    rows = MeasureDependency.objects.select_related("measure__roadmap__organisation", "after")
    dependency = get_object_or_404(rows, pk=pk, roadmap__in=plans)
    require_lead(request, dependency.measure.roadmap)
    remove_dependency(dependency, by=request.user)
    messages.success(request, _("Связь убрана."))
    return go_to(request, "roadmap:measure_order", dependency.measure_id)
