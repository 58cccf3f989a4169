"""The department's decision about one school's roadmap."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import go_to
from nastavnik.roadmap.actions.endorsement import endorse_roadmap, return_roadmap
from nastavnik.roadmap.approving import may_endorse
from nastavnik.roadmap.enums import StepKind
from nastavnik.roadmap.forms.approval import CommentForm, EndorsementForm
from nastavnik.roadmap.models import Roadmap
from nastavnik.roadmap.queries.approval import ribbon_of, steps_of
from nastavnik.roadmap.queries.differences import difference_of
from nastavnik.roadmap.queries.versions import digest_of, kept_lines, lines_of

ENDORSE = "roadmap.endorse_roadmap"
RETURN_IDS = "return-%s"  # both forms of the page have a comment


def load(request: HttpRequest, pk: UUID) -> Roadmap:
    """A school's plan about which the person decides: 404 outside the branch, 403 for others inside it."""
    rows = Roadmap.objects.visible_to(request.user).select_related("organisation__municipality")
    roadmap = get_object_or_404(rows, pk=pk)
    if not may_endorse(request.user, roadmap):
        raise PermissionDenied
    return roadmap


@page(ENDORSE)
def endorsement_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan, what changed since it was endorsed or returned last, and the two answers."""
    return show(request, load(request, pk))


def show(request: HttpRequest, roadmap: Roadmap, **forms: Any) -> HttpResponse:
    """The page, with a form that was refused."""
    lines, before = lines_of(roadmap), version_before(roadmap)
    context = {
        "roadmap": roadmap, "ribbon": ribbon_of(roadmap, request.user), "seen": digest_of(lines), "steps": steps_of(roadmap),
        "before": before, "difference": difference_of(kept_lines(before) if before else [], lines),
        "measures": sum(not line.heading for line in lines), "form": EndorsementForm(initial={"on": timezone.localdate()}),
        "comment_form": CommentForm(auto_id=RETURN_IDS), **forms,
    }  # fmt: skip
    return render(request, "roadmap/endorsement_form.html", context, status=422 if forms else 200)


def version_before(roadmap: Roadmap) -> Any:
    """What the department saw last: the version that it returned or endorsed."""
    step = roadmap.steps.filter(kind__in=(StepKind.RETURNED, StepKind.ENDORSED)).exclude(version=None)
    found = step.select_related("version").order_by("-position").first()
    return found.version if found else None


@command(ENDORSE)
def endorse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Endorse what was shown."""
    roadmap, form = load(request, pk), EndorsementForm(request.POST)
    seen = request.POST.get("seen") or "-"
    if not form.is_valid() or not accepted(form, lambda: endorse_roadmap(roadmap, **form.cleaned_data, seen=seen, by=request.user)):
        return show(request, load(request, pk), form=form)
    messages.success(request, _("%(name)s: карта согласована, школа получила сообщение.") % {"name": roadmap.organisation.name})
    return go_to(request, "roadmap:school_plans")


@command(ENDORSE)
def send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return with what must be corrected."""
    roadmap, form = load(request, pk), CommentForm(request.POST, auto_id=RETURN_IDS)
    seen = request.POST.get("seen") or "-"
    if not form.is_valid() or not accepted(form, lambda: return_roadmap(roadmap, **form.cleaned_data, seen=seen, by=request.user)):
        return show(request, load(request, pk), comment_form=form)
    messages.success(request, _("%(name)s: карта возвращена, школа получила ваши замечания.") % {"name": roadmap.organisation.name})
    return go_to(request, "roadmap:school_plans")
