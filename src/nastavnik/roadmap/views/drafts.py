"""A plan that was read: printed beside understood, corrected in place, accepted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nastavnik.core.access import command, page
from nastavnik.core.errors import Refusal
from nastavnik.core.forms import seen_version
from nastavnik.core.htmx import go_to, render_page
from nastavnik.core.text import day_of, number_of
from nastavnik.jobs.models import Job
from nastavnik.roadmap.actions import drafts as actions
from nastavnik.roadmap.enums import DraftState
from nastavnik.roadmap.forms.deadlines import DeadlineForm
from nastavnik.roadmap.forms.measures import MeasureForm
from nastavnik.roadmap.forms.plans import HeadingForm
from nastavnik.roadmap.models import PlanDraft
from nastavnik.roadmap.queries.drafts import DraftLine, DraftReading, next_doubtful, stretch_of
from nastavnik.roadmap.queries.plans import deadline_words, partners_of, school_count
from planreader.deadlines import deadline_warnings
from planreader.model import Span

LEAD = "roadmap.lead_roadmap"
DECISIONS = ("undated", "confirm", "out", "back")


def load(request: HttpRequest, pk: UUID) -> PlanDraft:
    """A draft of the own organisation, or 404."""
    return get_object_or_404(PlanDraft.objects.visible_to(request.user).select_related("organisation", "roadmap"), pk=pk)


@page(LEAD)
def draft_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The preview; `?edit=N` opens the editor of a line, `?section=N` one section, `doubt` and `from` are offsets."""
    draft = load(request, pk)
    if draft.state == DraftState.ACCEPTED and draft.roadmap_id:
        return redirect("roadmap:roadmap_detail", draft.roadmap_id)
    if draft.state == DraftState.DISCARDED:
        return redirect("roadmap:upload_plan")
    return show(request, draft, edit=request.GET.get("edit", ""))


def show(
    request: HttpRequest, draft: PlanDraft, *, edit: str = "", form: MeasureForm | None = None, heading: HeadingForm | None = None
) -> HttpResponse:
    """The page with at most one editor open."""
    reading = DraftReading(draft)
    index = number_of(edit)
    line = reading.lines[index] if index is not None and index < len(reading.lines) else None
    edited, doubtful = line.index if line else None, reading.doubtful
    context = {
        "draft": draft, "reading": reading, "doubtful": doubtful, "taken": len(reading.taken), "edited": edited,
        "form": form or (form_of(draft, reading, line) if line else None), "blocking": reading.blocking,
        "understood": len(reading.taken) - len(doubtful), "schools": school_count(draft.organisation),
        "doubts": stretch_of(doubtful, request.GET.get("doubt", ""), edited),
        "section": shown_section(request, reading, line), "heading": heading or heading_form(reading),
        "heading_open": heading is not None or reading.horizon is None,
    }  # fmt: skip
    refused = bool(form or heading)
    return render_page(request, "roadmap/draft_detail.html", context, partial="body", status=422 if refused else 200)


def form_of(draft: PlanDraft, reading: DraftReading, line: DraftLine, *typed: Any) -> MeasureForm:
    """The editor of a line. The words of the paper stay with days that are chosen by hand."""
    deadline = line.printed.deadline
    return MeasureForm(
        *typed, horizon=reading.horizon, measure=line.measure, printed="" if deadline.inherited else deadline.text,
        partners=partners_of(draft.organisation),
    )  # fmt: skip


def shown_section(request: HttpRequest, reading: DraftReading, line: DraftLine | None) -> dict[str, Any]:
    """The section whose understood lines are unfolded: a page of 500 measures must stay light."""
    asked = number_of(request.GET.get("section"))
    number = asked if asked is not None else line.section if line and not line.is_doubtful else 0
    number = min(number, len(reading.printed.sections) - 1)
    lines = [one for one in reading.lines if one.section == number and not one.is_doubtful]
    return {"number": number, "stretch": stretch_of(lines, request.GET.get("from", ""), line.index if line else None)}


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


def load_line(draft: PlanDraft, index: int) -> tuple[DraftReading, DraftLine]:
    """A line of the draft, or 404."""
    reading = DraftReading(draft)
    if index >= len(reading.lines):
        raise Http404
    return reading, reading.lines[index]


@command(LEAD)
def save_line(request: HttpRequest, pk: UUID, index: int) -> HttpResponse:
    """Keep a correction and go on to the next doubtful line. What was typed is shown again when it cannot be kept."""
    draft = load(request, pk)
    reading, line = load_line(draft, index)
    form = form_of(draft, reading, line, request.POST)
    if not form.is_valid():
        return show(request, draft, edit=str(index), form=form)
    seen = seen_version(request, draft.version)
    try:
        draft = actions.correct_measure(draft, index, **form.values, by=request.user, version=seen)
    except Refusal as refused:
        messages.error(request, str(refused))
        return show(request, draft, edit=str(index), form=form)
    return go_on(request, draft, line)


@command(LEAD)
def decide(request: HttpRequest, pk: UUID, index: int, decision: str) -> HttpResponse:
    """Leave without a date, confirm, leave out, take back."""
    draft = load(request, pk)
    line = load_line(draft, index)[1]
    if decision not in DECISIONS:
        raise Http404
    draft = actions.decide_line(draft, index, decision, by=request.user)
    return go_on(request, draft, line) if line.is_doubtful and decision != "out" else stay(request, draft, line)


def go_on(request: HttpRequest, draft: PlanDraft, line: DraftLine) -> HttpResponse:
    """The next doubtful line opened; when there is none, the line that was just decided."""
    following = next_doubtful(DraftReading(draft).doubtful, line.index)
    if following is None:
        return stay(request, draft, line)
    return go_to(request, f"{reverse('roadmap:draft_detail', args=[draft.pk])}?edit={following}#line-{following}")


def stay(request: HttpRequest, draft: PlanDraft, line: DraftLine) -> HttpResponse:
    """The line where it stands now; the focus is on its button."""
    lines = [one.index for one in DraftReading(draft).lines if one.section == line.section and not one.is_doubtful]
    offset = f"&from={lines.index(line.index)}" if line.index in lines else ""
    return go_to(request, f"{reverse('roadmap:draft_detail', args=[draft.pk])}?section={line.section}{offset}#open-{line.index}")


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
        return show(request, draft, heading=form)
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
    return go_to(request, "jobs:job_detail", job.pk)


@page(LEAD)
def read_phrase(request: HttpRequest) -> HttpResponse:
    """How the typed deadline is understood, while it is typed: its chip and days, or what is still missing."""
    start, end = day_of(request.GET.get("from")), day_of(request.GET.get("to"))
    horizon = Span(start, end) if start and end else None
    form = DeadlineForm(request.GET, horizon=horizon)
    deadline = form.cleaned_data["deadline"] if form.is_valid() else None
    context = {
        "deadline": deadline, "warnings": deadline_warnings(deadline, horizon) if deadline else (),
        "words": deadline_words(deadline) if deadline else "",
        "errors": [words for found in form.errors.values() for words in found],
    }  # fmt: skip
    return render(request, "roadmap/parts/phrase.html", context)
