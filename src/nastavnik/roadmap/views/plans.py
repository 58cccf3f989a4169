"""Plans: list, paper, upload, beginning from the template or by hand, archive."""

import tempfile
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.errors import Refusal
from nastavnik.core.htmx import go_to
from nastavnik.organisations.calendars import SchoolYear, school_year_of
from nastavnik.roadmap.actions.drafts import open_draft
from nastavnik.roadmap.actions.plans import archive_roadmap, create_empty_roadmap
from nastavnik.roadmap.actions.templates import model_plan, start_from_template
from nastavnik.roadmap.forms.plans import EmptyPlanForm, TemplateForm, UploadForm
from nastavnik.roadmap.models import PlanDraft, Roadmap
from nastavnik.roadmap.queries.plans import paper_of, plan_list, unsettled_of
from planreader import PlanRefused, read_plan_limited
from planreader.model import Plan

LEAD, VIEW = "roadmap.lead_roadmap", "roadmap.view_roadmap"


@page(VIEW)
def roadmap_list(request: HttpRequest) -> HttpResponse:
    """Plans at work, put away, and drafts."""
    archived = bool(request.GET.get("archived"))
    drafts = (
        PlanDraft.objects.visible_to(request.user).filter(state="open").order_by("-created_at") if request.user.may(LEAD) else []
    )
    context = {"plans": plan_list(request.user, archived=archived), "drafts": drafts, "archived": archived}
    return render(request, "roadmap/roadmap_list.html", context)


def load(request: HttpRequest, pk: UUID) -> Roadmap:
    """A plan that the person may read, or 404."""
    return get_object_or_404(Roadmap.objects.visible_to(request.user).select_related("organisation"), pk=pk)


@page(VIEW)
def roadmap_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan as paper, with what was understood and how far it is."""
    roadmap = load(request, pk)
    leads = request.user.may(LEAD) and roadmap.organisation_id == request.user.appointment.organisation_id
    context = {"roadmap": roadmap, "sections": paper_of(roadmap, request.user), "leads": leads}
    return render(request, "roadmap/roadmap_detail.html", context)


@page(VIEW)
def roadmap_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan for A4."""
    roadmap = load(request, pk)
    return render(request, "roadmap/roadmap_print.html", {"roadmap": roadmap, "sections": paper_of(roadmap, request.user)})


@command(LEAD)
def archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a plan away."""
    roadmap = get_object_or_404(Roadmap.objects.led_by(request.user).active(), pk=pk)
    reason = request.POST.get("reason", "").strip()
    if not reason:
        raise Refusal(_("Напишите, почему план больше не действует."))
    archive_roadmap(roadmap, reason=reason[:300], by=request.user)
    messages.success(request, _("План в архиве. Его задания больше не напоминают о себе."))
    return go_to(request, "roadmap:roadmap_list")


@page(LEAD)
def upload_form(request: HttpRequest) -> HttpResponse:
    """Three ways to begin: a file, the template, by hand."""
    return show_start(request)


def show_start(request: HttpRequest, trouble: str = "", status: int = 200, **forms: object) -> HttpResponse:
    """The page of beginning."""
    present = school_year_of(timezone.localdate()).begins
    years = [(year, SchoolYear(year).title) for year in (present, present + 1)]
    context = {
        "form": UploadForm(), "template_form": TemplateForm(years=years), "empty_form": forms.get("empty") or EmptyPlanForm(),
        "trouble": trouble, "model": model_plan(),
    }  # fmt: skip
    return render(request, "roadmap/start.html", context, status=status)


@command(LEAD, atomic=False)
def upload(request: HttpRequest) -> HttpResponse:
    """Read the file in a child process; nothing but a draft is kept."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_start(request, _("Выберите файл с дорожной картой."), 422)
    file = form.cleaned_data["file"]
    try:
        plan = read_upload(file)
        draft = open_draft(request.user.appointment.organisation, plan, source_name=file.name, by=request.user)
    except (PlanRefused, Refusal) as refused:
        return show_start(request, str(refused), 422)
    return redirect("roadmap:draft_detail", draft.pk)


def read_upload(upload: UploadedFile) -> Plan:
    """The plan in an uploaded file, read with limits."""
    if (upload.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        raise PlanRefused(_("Файл больше 25 МБ. Удалите из него картинки или сохраните только таблицу плана."))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"plan{Path(upload.name or '').suffix.lower()[:8]}"
        with file.open("wb") as target:
            for chunk in upload.chunks():
                target.write(chunk)
        return read_plan_limited(file)


@command(LEAD)
def begin_from_template(request: HttpRequest) -> HttpResponse:
    """A draft of the built-in plan."""
    present = school_year_of(timezone.localdate()).begins
    chosen = request.POST.get("year", "")
    year = SchoolYear(int(chosen)) if chosen in {str(present), str(present + 1)} else SchoolYear(present)
    draft = start_from_template(request.user.appointment.organisation, year=year, by=request.user)
    return redirect("roadmap:draft_detail", draft.pk)


@command(LEAD)
def begin_by_hand(request: HttpRequest) -> HttpResponse:
    """An empty plan."""
    form = EmptyPlanForm(request.POST)
    if not form.is_valid():
        return show_start(request, status=422, empty=form)
    roadmap = create_empty_roadmap(request.user.appointment.organisation, **form.cleaned_data, by=request.user)
    return redirect("roadmap:roadmap_detail", roadmap.pk)


@page(VIEW)
def unsettled_list(request: HttpRequest) -> HttpResponse:
    """«Сроки, которые надо уточнить»."""
    return render(request, "roadmap/unsettled_list.html", {"lines": unsettled_of(request.user)})
