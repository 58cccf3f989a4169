"""A plan that was read: printed beside understood, corrected in place, accepted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.htmx import go_to, render_page
from nastavnik.jobs.models import Job
from nastavnik.roadmap.actions import drafts as actions
from nastavnik.roadmap.forms.measures import MeasureForm
from nastavnik.roadmap.forms.plans import HeadingForm
from nastavnik.roadmap.models import PlanDraft
from nastavnik.roadmap.queries.drafts import DraftLine, DraftReading, next_doubtful
from nastavnik.roadmap.queries.plans import phrase_reading, school_count

LEAD = "roadmap.lead_roadmap"
DECISIONS = ("undated", "confirm", "out", "back")


def load(request: HttpRequest, pk: UUID) -> PlanDraft:
    """A draft of the own organisation, or 404."""
    return get_object_or_404(PlanDraft.objects.visible_to(request.user).select_related("organisation", "roadmap"), pk=pk)


@page(LEAD)
def draft_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The preview; `?edit=N` opens the editor of a line, `?section=N` one section."""
    draft = load(request, pk)
    if draft.state == "accepted" and draft.roadmap_id:
        return redirect("roadmap:roadmap_detail", draft.roadmap_id)
    return show(request, draft, edit=request.GET.get("edit", ""))


def show(
    request: HttpRequest, draft: PlanDraft, *, edit: str = "", form: MeasureForm | None = None, heading: HeadingForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page with at most one editor open."""
    reading = DraftReading(draft)
    chosen = int(edit) if edit.isdigit() and int(edit) < len(reading.lines) else None
    line = reading.lines[chosen] if chosen is not None else None
    if line is not None and form is None:
        form = MeasureForm(horizon=reading.horizon, measure=line.measure)
    doubtful = reading.doubtful
    context = {
        "draft": draft, "reading": reading, "doubtful": doubtful, "taken": len(reading.taken), "form": form, "edited": chosen,
        "understood": len(reading.taken) - len(doubtful), "blocking": reading.blocking, "schools": school_count(draft.organisation),
        "section": shown_section(request, reading, line, doubtful), "heading": heading or heading_form(reading),
        "heading_open": heading is not None or reading.horizon is None,
    }  # fmt: skip
    return render_page(request, "roadmap/draft_detail.html", context, partial="body", status=status)


def shown_section(request: HttpRequest, reading: DraftReading, line: DraftLine | None, doubtful: list[DraftLine]) -> Any:
    """The section whose understood lines are unfolded: a page of 500 measures must stay light."""
    asked = request.GET.get("section", "")
    number = int(asked) if asked.isdigit() else line.section if line and line not in doubtful else 0
    number = min(number, len(reading.printed.sections) - 1)
    lines = [one for one in reading.lines if one.section == number and not one.is_doubtful]
    return {"number": number, "lines": lines, "title": reading.printed.sections[number].title if number >= 0 else ""}


def heading_form(reading: DraftReading) -> HeadingForm:
    """The form of title, period and stamp."""
    horizon, approval = reading.horizon, reading.approval
    return HeadingForm(
        initial={
            "title": reading.title, "starts_on": horizon.start if horizon else None, "ends_on": horizon.end if horizon else None,
            "post": approval.post if approval else "", "name": approval.name if approval else "",
            "approved_on": approval.date if approval else None,
        }
    )  # fmt: skip


@command(LEAD)
def save_line(request: HttpRequest, pk: UUID, index: int) -> HttpResponse:
    """Keep a correction and go on to the next doubtful line."""
    draft = load(request, pk)
    reading = DraftReading(draft)
    if index >= len(reading.lines):
        raise Http404
    form = MeasureForm(request.POST, horizon=reading.horizon, measure=reading.lines[index].measure)
    if not form.is_valid():
        return show(request, draft, edit=str(index), form=form, status=422)
    version = request.POST.get("version", "")
    fields = {name: form.cleaned_data[name] for name in ("number", "text", "result", "deadline", "parties")}
    draft = actions.correct_measure(
        draft, index, **fields, by=request.user, version=int(version) if version.isdigit() else draft.version
    )
    return go_on(request, draft, index)


@command(LEAD)
def decide(request: HttpRequest, pk: UUID, index: int, decision: str) -> HttpResponse:
    """Leave without a date, confirm, leave out, take back."""
    draft = load(request, pk)
    if decision not in DECISIONS or index >= len(DraftReading(draft).lines):
        raise Http404
    return go_on(request, actions.decide_line(draft, index, decision, by=request.user), index)


def go_on(request: HttpRequest, draft: PlanDraft, index: int) -> HttpResponse:
    """The next doubtful line opened, or the top of the page when there is none."""
    following = next_doubtful(DraftReading(draft).doubtful, index)
    address = reverse("roadmap:draft_detail", kwargs={"pk": draft.pk})
    return go_to(request, f"{address}?edit={following}#line-{following}" if following is not None else address)


@command(LEAD)
def leave_undated(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All unreadable deadlines wait."""
    draft = actions.leave_all_undated(load(request, pk), by=request.user)
    return go_to(request, "roadmap:draft_detail", draft.pk)


@command(LEAD)
def save_heading(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Title, period and stamp."""
    draft, form = load(request, pk), HeadingForm(request.POST)
    if not form.is_valid():
        return show(request, draft, heading=form, status=422)
    clean = form.cleaned_data
    day = clean["approved_on"].isoformat() if clean["approved_on"] else None
    stamp = {"post": clean["post"], "name": clean["name"], "date": day} if clean["post"] or clean["name"] else None
    period = {"start": clean["starts_on"].isoformat(), "end": clean["ends_on"].isoformat()}
    actions.change_heading(draft, by=request.user, title=clean["title"], horizon=period, approval=stamp)
    return go_to(request, "roadmap:draft_detail", draft.pk)


@command(LEAD)
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the draft away."""
    actions.discard_draft(load(request, pk), by=request.user)
    messages.success(request, _("Черновик убран. Ничего не создано."))
    return go_to(request, "roadmap:roadmap_list")


@command(LEAD)
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The plan goes to work; its fan-out is watched as a job."""
    roadmap = actions.accept_draft(load(request, pk), by=request.user)
    job = Job.objects.visible_to(request.user).filter(key=f"fan-out {roadmap.pk}").order_by("-created_at").first()
    if job is None:
        return go_to(request, "roadmap:board", roadmap.pk)
    Job.objects.filter(pk=job.pk).update(result_url=reverse("roadmap:board", kwargs={"pk": roadmap.pk}))
    return go_to(request, "jobs:job_detail", job.pk)


@page(LEAD)
def read_phrase(request: HttpRequest) -> HttpResponse:
    """How a typed deadline is read, while it is typed."""
    return render(request, "roadmap/parts/phrase.html", phrase_reading(request.user, request.GET))
