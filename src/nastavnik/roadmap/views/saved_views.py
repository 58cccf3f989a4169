"""Views that people keep: save, name, share, begin with, delete."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from nastavnik.core.access import came_from, command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import go_to
from nastavnik.roadmap.actions.saved_views import begin_with, change_view, delete_view, save_view
from nastavnik.roadmap.enums import ViewKind
from nastavnik.roadmap.forms.assignments import SavedViewForm
from nastavnik.roadmap.models import SavedView
from nastavnik.roadmap.queries.addresses import chips_of, kept_query, newest_plan

VIEW = "roadmap.view_roadmap"


@page(VIEW)
def saved_views(request: HttpRequest) -> HttpResponse:
    """All views of a person, with a form for each own one."""
    return show(request)


def show(request: HttpRequest, status: int = 200, wrong: dict[UUID, SavedViewForm] | None = None) -> HttpResponse:
    """The page with forms that were refused."""
    chips = chips_of(request.user, "", "", newest_plan(request.user), openable=False)
    lines = [(chip, (wrong or {}).get(chip.view.pk) or form_of(chip.view)) for chip in chips]
    return render(request, "roadmap/saved_views.html", {"lines": lines}, status=status)


def form_of(view: SavedView) -> SavedViewForm:
    """A form with the view's own name."""
    return SavedViewForm(initial={"name": view.name, "shared": view.shared}, auto_id=f"view_{view.pk}_%s")


@command(VIEW)
def save(request: HttpRequest) -> HttpResponse:
    """Keep the address that the person is looking at."""
    form, kind = SavedViewForm(request.POST), request.POST.get("kind", "")
    if not form.is_valid() or kind not in ViewKind.values:
        messages.error(request, _("Назовите вид, чтобы сохранить его."))
        return go_to(request, came_from(request))
    query = kept_query(QueryDict(request.POST.get("query", "")[:4000]))
    view = save_view(**form.cleaned_data, kind=kind, query=query, by=request.user)
    if request.POST.get("begin"):
        begin_with(view, by=request.user)
    messages.success(request, _("Вид «%(name)s» сохранён.") % {"name": view.name})
    return go_to(request, came_from(request))


@command(VIEW)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another name, shared or not."""
    view = load_own(request, pk)
    form = SavedViewForm(request.POST, auto_id=f"view_{view.pk}_%s")
    if not form.is_valid() or not accepted(form, lambda: change_view(view, **form.cleaned_data, by=request.user), field="name"):
        return show(request, status=422, wrong={view.pk: form})
    return done(request, _("Вид сохранён."))


@command(VIEW)
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget an own view."""
    view = load_own(request, pk)
    name = view.name
    delete_view(view, by=request.user)
    return done(request, _("Вид «%(name)s» удалён.") % {"name": name})


@command(VIEW)
def begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """«Задания» opens with this view from now on."""
    begin_with(load(request, pk), by=request.user)
    return done(request, _("Задания теперь открываются с этого вида."))


@command(VIEW)
def begin_plainly(request: HttpRequest) -> HttpResponse:
    """«Задания» opens with everything again."""
    begin_with(None, by=request.user)
    return done(request, _("Задания теперь открываются целиком."))


def done(request: HttpRequest, words: Any) -> HttpResponse:
    """Say it and go back to the page of views."""
    messages.success(request, words)
    return go_to(request, "roadmap:saved_views")


def load(request: HttpRequest, pk: UUID) -> SavedView:
    """A view that the person sees, or 404."""
    return get_object_or_404(SavedView.objects.visible_to(request.user).select_related("organisation"), pk=pk)


def load_own(request: HttpRequest, pk: UUID) -> SavedView:
    """An own view: 404 for one that the person does not see, 403 for a colleague's."""
    view = load(request, pk)
    if view.owner_id != request.user.pk:
        raise PermissionDenied
    return view
