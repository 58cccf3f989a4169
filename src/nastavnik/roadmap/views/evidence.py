"""Proofs of an assignment."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from nastavnik.audit.trail import note_access
from nastavnik.core.access import came_from, command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import go_to
from nastavnik.documents.downloads import stored_download
from nastavnik.roadmap.actions.assignments import add_file, add_link, remove_evidence
from nastavnik.roadmap.forms.assignments import LinkForm
from nastavnik.roadmap.marking import may_mark
from nastavnik.roadmap.models import Assignment, Evidence
from nastavnik.roadmap.views.assignments import load_to_mark, show


@command("roadmap.mark_assignment")
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Attach a file or a link."""
    assignment = load_to_mark(request, pk)
    form = LinkForm(request.POST, request.FILES)
    if not form.is_valid() or not accepted(form, lambda: attach(assignment, form.cleaned_data, request.user)):
        return show(request, assignment, status=422, link_form=form)
    messages.success(request, _("Подтверждение приложено."))
    return go_to(request, came_from(request))


def attach(assignment: Assignment, clean: dict[str, Any], by: Any) -> None:
    """The file, or else the link."""
    if clean["file"]:
        add_file(assignment, upload=clean["file"], title=clean["title"], kind=clean["kind"], by=by)
    else:
        add_link(assignment, title=clean["title"], url=clean["url"], kind=clean["kind"], by=by)


def load(request: HttpRequest, pk: UUID) -> Evidence:
    """A proof of an assignment of the branch, or 404."""
    visible = Assignment.objects.visible_to(request.user).values("pk")
    rows = Evidence.objects.select_related("file", "assignment__organisation", "assignment__measure")
    return get_object_or_404(rows, pk=pk, assignment__in=visible)


@page("roadmap.view_roadmap")
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file of a proof, always as a download: nothing that was uploaded is shown inside a page."""
    evidence = load(request, pk)
    if evidence.file is None:
        raise Http404
    note_access(request, "export", evidence.assignment)
    return stored_download(evidence.file)


@command("roadmap.mark_assignment")
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a proof back."""
    evidence = load(request, pk)
    if not may_mark(request.user, evidence.assignment):
        raise PermissionDenied
    remove_evidence(evidence, by=request.user)
    messages.success(request, _("Подтверждение убрано."))
    return go_to(request, came_from(request))
