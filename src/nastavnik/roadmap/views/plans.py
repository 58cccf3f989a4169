"""Plans: list, paper, upload, beginning from the template or by hand, archive."""

from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.errors import Refusal
from nastavnik.core.htmx import go_to
from nastavnik.documents.uploads import upload_on_disk
from nastavnik.organisations.calendars import SchoolYear, school_year_of
from nastavnik.roadmap.actions.drafts import PlanAlreadyAcceptedError, open_draft
from nastavnik.roadmap.actions.plans import archive_roadmap, create_empty_roadmap
from nastavnik.roadmap.actions.templates import start_from_template
from nastavnik.roadmap.forms.plans import EmptyPlanForm, TemplateForm, UploadForm
from nastavnik.roadmap.models import PlanDraft, Roadmap
from nastavnik.roadmap.queries.approval import ribbon_of
from nastavnik.roadmap.queries.cascade import copy_bar, model_bar
from nastavnik.roadmap.queries.plans import paper_of, plan_list
from nastavnik.roadmap.queries.templates import model_plan, offer_of, template_for
from nastavnik.roadmap.views.leading import leads, load_led
from nastavnik.roadmap.views.models import asked_purpose
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
    rows = Roadmap.objects.visible_to(request.user).select_related("organisation__municipality", "model__organisation")
    return get_object_or_404(rows, pk=pk)


@page(VIEW)
def roadmap_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan as paper, with what was understood and how far it is."""
    roadmap = load(request, pk)
    context = {
        "roadmap": roadmap, "sections": paper_of(roadmap, request.user), "leads": leads(request, roadmap),
        "ribbon": ribbon_of(roadmap, request.user),
        "model_bar": model_bar(roadmap), "copy_bar": copy_bar(roadmap),
    }  # fmt: skip
    return render(request, "roadmap/roadmap_detail.html", context)


@page(VIEW)
def roadmap_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan for A4."""
    roadmap = load(request, pk)
    return render(request, "roadmap/roadmap_print.html", {"roadmap": roadmap, "sections": paper_of(roadmap, request.user)})


@command(LEAD)
def archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a plan away."""
    roadmap = load_led(request, pk)
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


def show_start(
    request: HttpRequest, *, trouble: str = "", at_work: Roadmap | None = None, empty: EmptyPlanForm | None = None
) -> HttpResponse:
    """The page of beginning; `at_work` is the roadmap that the uploaded plan has become already."""
    place, purpose = request.user.appointment.organisation, asked_purpose(request)
    context = {
        "template_form": TemplateForm(years=years_to_choose()), "empty_form": empty or EmptyPlanForm(), "trouble": trouble,
        "at_work": at_work, "model": model_plan(template_for(place, purpose)), "purpose": purpose,
        "own_plans": Roadmap.objects.led_by(request.user).working().order_by("-created_at")[:10] if purpose == "model" else [],
    }  # fmt: skip
    return render(request, "roadmap/start.html", context, status=422 if trouble or empty else 200)


def years_to_choose() -> list[tuple[int, str]]:
    """This school year and the next one."""
    present = school_year_of(timezone.localdate()).begins
    return [(year, SchoolYear(year).title) for year in (present, present + 1)]


@command(LEAD, atomic=False)
def upload(request: HttpRequest) -> HttpResponse:
    """Read the file in a child process; nothing but a draft is kept."""
    form, purpose = UploadForm(request.POST, request.FILES), asked_purpose(request)
    if not form.is_valid():
        return show_start(request, trouble=_("Выберите файл с дорожной картой."))
    file = form.cleaned_data["file"]
    try:
        plan = read_upload(file)
        draft = open_draft(request.user.appointment.organisation, plan, source_name=file.name, by=request.user, purpose=purpose)
    except (PlanRefused, Refusal) as refused:
        at_work = refused.roadmap if isinstance(refused, PlanAlreadyAcceptedError) else None
        return show_start(request, trouble=str(refused), at_work=at_work)
    return redirect("roadmap:draft_detail", draft.pk)


def read_upload(upload: UploadedFile) -> Plan:
    """The plan in an uploaded file, read with limits."""
    with upload_on_disk(upload) as file:
        return read_plan_limited(file)


def asked_year(asked: str) -> SchoolYear:
    """One of the years that can be chosen; anything else is the present one."""
    years = [year for year, _title in years_to_choose()]
    return SchoolYear(int(asked) if asked in map(str, years) else years[0])


@page(LEAD)
def choose_from_template(request: HttpRequest) -> HttpResponse:
    """The built-in plan in a school year: which of its measures to take."""
    year, purpose = asked_year(request.GET.get("year", "")), asked_purpose(request)
    offer = offer_of(year, model_plan(template_for(request.user.appointment.organisation, purpose)))
    context = {
        "form": TemplateForm(years=years_to_choose(), initial={"year": year.begins}), "offer": offer, "purpose": purpose
    }  # fmt: skip
    return render(request, "roadmap/template_start.html", context)


@command(LEAD)
def begin_from_template(request: HttpRequest) -> HttpResponse:
    """A draft of the built-in plan, or of the measures that were ticked."""
    chosen = request.POST.getlist("code") if request.POST.get("chosen") else None
    year, place = asked_year(request.POST.get("year", "")), request.user.appointment.organisation
    draft = start_from_template(place, year=year, chosen=chosen, purpose=asked_purpose(request), by=request.user)
    return redirect("roadmap:draft_detail", draft.pk)


@command(LEAD)
def begin_by_hand(request: HttpRequest) -> HttpResponse:
    """An empty plan."""
    form = EmptyPlanForm(request.POST)
    if not form.is_valid():
        return show_start(request, empty=form)
    place, purpose = request.user.appointment.organisation, asked_purpose(request)
    roadmap = create_empty_roadmap(place, **form.cleaned_data, purpose=purpose, by=request.user)
    return redirect("roadmap:roadmap_detail", roadmap.pk)
