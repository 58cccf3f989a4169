"""The owner's steps of a roadmap's paper: hand over for signature, approve, take back; scans."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit.trail import note_access
from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted
from nastavnik.core.htmx import go_to
from nastavnik.roadmap.actions.approval import approve_roadmap, hand_for_signature, withdraw_approval
from nastavnik.roadmap.approving import may_sign
from nastavnik.roadmap.forms.approval import ApprovalForm
from nastavnik.roadmap.models import ApprovalStep, Roadmap
from nastavnik.roadmap.queries.approval import ribbon_of
from nastavnik.roadmap.queries.differences import difference_of
from nastavnik.roadmap.queries.plans import horizon_of
from nastavnik.roadmap.queries.versions import digest_of, kept_lines, lines_of
from nastavnik.roadmap.views.leading import load_led

LEAD, VIEW = "roadmap.lead_roadmap", "roadmap.view_roadmap"


@page(LEAD)
def approval_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is approved, and by which order."""
    roadmap = load_led(request, pk)
    return show(request, roadmap, ApprovalForm(initial=initial_of(request, roadmap), from_paper=is_from_paper(request, roadmap)))


def is_from_paper(request: HttpRequest, roadmap: Roadmap) -> bool:
    """Who may not sign enters what was signed on paper."""
    return not may_sign(request.user, roadmap)


def initial_of(request: HttpRequest, roadmap: Roadmap) -> dict[str, Any]:
    """Today, and the head as far as the system knows."""
    signer = "" if is_from_paper(request, roadmap) else request.user.short_name
    place = roadmap.organisation
    post = roadmap.approved_post or place.head_post
    return {"on": timezone.localdate(), "post": post, "name": signer or roadmap.approved_name or place.head_name}


def show(request: HttpRequest, roadmap: Roadmap, form: ApprovalForm) -> HttpResponse:
    """The page: what the order approves, and what became of it since it was approved before."""
    lines, before = lines_of(roadmap), roadmap.versions.order_by("-number").first()
    context = {
        "roadmap": roadmap, "form": form, "seen": digest_of(lines), "ribbon": ribbon_of(roadmap, request.user),
        "from_paper": is_from_paper(request, roadmap), "measures": sum(not line.heading for line in lines),
        "unsettled": sum(not one.is_settled for one in roadmap.measures.all()), "horizon": horizon_of(roadmap),
        "before": before, "difference": difference_of(kept_lines(before), lines) if before else None,
    }  # fmt: skip
    return render(request, "roadmap/approval_form.html", context, status=422 if form.errors else 200)


@command(LEAD)
def approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approve, or enter the approval from its paper."""
    roadmap = load_led(request, pk)
    form = ApprovalForm(request.POST, request.FILES, from_paper=is_from_paper(request, roadmap))
    seen = request.POST.get("seen") or "-"
    if not form.is_valid() or not accepted(form, lambda: approve_roadmap(roadmap, **form.cleaned_data, seen=seen, by=request.user)):
        return show(request, load_led(request, pk), form)
    messages.success(request, _("Карта утверждена. Эта версия сохранена."))
    return go_to(request, "roadmap:roadmap_detail", roadmap.pk)


@command(LEAD)
def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand the plan over for signature."""
    roadmap = load_led(request, pk)
    hand_for_signature(roadmap, comment=request.POST.get("comment", "")[:2000], by=request.user)
    messages.success(request, _("Карта на подписи. Руководитель увидит её в разделе «Сегодня»."))
    return go_to(request, "roadmap:roadmap_detail", roadmap.pk)


@command(LEAD)
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a mistaken approval back."""
    roadmap = load_led(request, pk)
    withdraw_approval(roadmap, reason=request.POST.get("reason", "")[:2000], by=request.user)
    messages.success(request, _("Утверждение отозвано. Исправьте карту и утвердите её ещё раз."))
    return go_to(request, "roadmap:roadmap_detail", roadmap.pk)


@page(VIEW)
def scan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The scan of a step, always as a download."""
    step = get_object_or_404(ApprovalStep.objects.visible_to(request.user).select_related("scan", "roadmap"), pk=pk)
    if step.scan is None:
        raise Http404
    note_access(request, "export", step.roadmap)
    return FileResponse(
        step.scan.content.open("rb"), as_attachment=True, filename=step.scan.name, content_type="application/octet-stream"
    )
