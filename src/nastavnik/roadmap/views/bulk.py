"""Changes for many assignments: the first time a preview, with `confirmed` the change itself; then «Отменить»."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from nastavnik.core.access import came_from, command
from nastavnik.core.htmx import go_to
from nastavnik.roadmap.actions.bulk import bulk_preview, date_preview, mark_many, name_many_dates
from nastavnik.roadmap.actions.undoing import left_words, undo_bulk
from nastavnik.roadmap.forms.assignments import ManyDatesForm, ManyForm
from nastavnik.roadmap.models import BulkChange
from nastavnik.roadmap.queries.lists import assignment_rows, in_order, is_uuid

LEAD = "roadmap.lead_roadmap"
MOST_CHOSEN = 500


def chosen_keys(request: HttpRequest) -> list[str]:
    """The ticked rows, without what cannot be a key; with `everything` the first rows that the filters of the list find."""
    if request.POST.get("everything"):
        filters = QueryDict(request.POST.get("filters", "")[:4000])
        rows, order = in_order(assignment_rows(request.user, filters), filters)
        return [str(key) for key in rows.order_by(*order).values_list("pk", flat=True)[:MOST_CHOSEN]]
    return [key for key in dict.fromkeys(request.POST.getlist("chosen")[:MOST_CHOSEN]) if is_uuid(key)]


@command(LEAD)
def mark_chosen(request: HttpRequest) -> HttpResponse:
    """Mark the chosen assignments."""
    confirmed, state, chosen = bool(request.POST.get("confirmed")), request.POST.get("state") or "done", chosen_keys(request)
    preview = bulk_preview(request.user, chosen, state=state)
    form = ManyForm(request.POST if confirmed else None, initial={"state": state}, for_other=preview.for_other)
    if not confirmed or not form.is_valid():
        return show(request, "roadmap/bulk_form.html", confirmed=confirmed, preview=preview, form=form, chosen=chosen)
    done = mark_many(preview, **form.cleaned_data, by=request.user)
    messages.success(request, _("Отмечено заданий: %(done)s.") % {"done": done})
    return go_to(request, came_from(request))


@command(LEAD)
def date_chosen(request: HttpRequest) -> HttpResponse:
    """Name one day for the chosen assignments."""
    confirmed, chosen = bool(request.POST.get("confirmed")), chosen_keys(request)
    preview = date_preview(request.user, chosen, due_on=None)
    form = ManyDatesForm(request.POST if confirmed else None, needs_reason=preview.for_other or preview.moved)
    if not confirmed or not form.is_valid():
        return show(request, "roadmap/bulk_date_form.html", confirmed=confirmed, preview=preview, form=form, chosen=chosen)
    preview = date_preview(request.user, chosen, due_on=form.cleaned_data["due_on"])
    done = name_many_dates(preview, **form.cleaned_data, by=request.user)
    messages.success(request, _("Срок назван для заданий: %(done)s.") % {"done": done})
    return go_to(request, came_from(request))


def show(request: HttpRequest, template: str, *, confirmed: bool, **context: Any) -> HttpResponse:
    """The preview; what the form refused stands in it as it was typed."""
    cut = bool(request.POST.get("everything")) and len(context["chosen"]) == MOST_CHOSEN
    context |= {"back": came_from(request), "cut": cut, "most": MOST_CHOSEN}
    return render(request, template, context, status=422 if confirmed else 200)


@command(LEAD)
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a change for many back."""
    change = get_object_or_404(BulkChange.objects.visible_to(request.user), pk=pk)
    change = undo_bulk(change, by=request.user)
    words = _("Отменено. Вернули как было заданий: %(number)s.") % {"number": change.restored}
    messages.success(request, f"{words} {left_words(change)}".strip())
    return go_to(request, came_from(request))


def newest_change(user: Any) -> BulkChange | None:
    """The last change for many that can still be taken back: one query."""
    if not user.may(LEAD):
        return None
    return BulkChange.objects.visible_to(user).to_undo().order_by("-at").first()
