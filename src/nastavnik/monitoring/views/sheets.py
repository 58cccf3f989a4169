"""The control of one school: the checklist, its signature, what the school answers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from nastavnik.audit.queries import history_of
from nastavnik.core.access import command, page
from nastavnik.core.forms import accepted, seen_version
from nastavnik.core.htmx import go_to
from nastavnik.documents.official import FORMATS, paper_response
from nastavnik.monitoring.actions import sheets as actions
from nastavnik.monitoring.exports import act_of
from nastavnik.monitoring.forms import SheetForm
from nastavnik.monitoring.models import ControlSheet
from nastavnik.monitoring.queries.rounds import check_lines

VIEW, CONTROL, ANSWER = "monitoring.view_monitoring", "monitoring.control_schools", "monitoring.acknowledge_control"


def load(request: HttpRequest, pk: UUID) -> ControlSheet:
    """A sheet of the branch, or 404."""
    rows = ControlSheet.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("organisation", "round__organisation", "signed_by", "acknowledged_by"), pk=pk)


def load_to_control(request: HttpRequest, pk: UUID) -> ControlSheet:
    """One of the own department's: 404 outside the branch, 403 for another's inside."""
    sheet = load(request, pk)
    if not controls(request, sheet):
        raise PermissionDenied
    return sheet


def controls(request: HttpRequest, sheet: ControlSheet) -> bool:
    """Is it the person's own department that holds this control?"""
    return request.user.may(CONTROL) and sheet.round.organisation_id == request.user.appointment.organisation_id


def load_to_answer(request: HttpRequest, pk: UUID) -> ControlSheet:
    """One about the person's own school."""
    sheet = load(request, pk)
    if not answers(request, sheet):
        raise PermissionDenied
    return sheet


def answers(request: HttpRequest, sheet: ControlSheet) -> bool:
    """Is it about the person's own school?"""
    return request.user.may(ANSWER) and sheet.organisation_id == request.user.appointment.organisation_id


@page(VIEW)
def sheet_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The checklist: a form for the controller until it is signed, a paper for everybody after that."""
    return show(request, load(request, pk))


def show(request: HttpRequest, sheet: ControlSheet, form: SheetForm | None = None) -> HttpResponse:
    """The page, with a form that was refused."""
    lines = check_lines(sheet)
    fills = controls(request, sheet) and sheet.is_open and sheet.round.state == "open"
    initial = {"conclusion": sheet.conclusion, "remedy_by": sheet.remedy_by}
    context = {
        "sheet": sheet, "lines": lines, "fills": fills, "form": form or SheetForm(lines=lines, initial=initial),
        "controls": controls(request, sheet), "answers": answers(request, sheet), "history": history_of(sheet),
        "answered": sum(bool(line.value) for line in lines), "remarks": sum(line.value in ("partly", "no") for line in lines),
    }  # fmt: skip
    return render(request, "monitoring/sheet_detail.html", context, status=422 if form else 200)


@command(CONTROL)
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep the answers; with `sign` also sign them."""
    sheet = load_to_control(request, pk)
    form = SheetForm(request.POST, lines=check_lines(sheet))
    if not form.is_valid() or not accepted(form, lambda: keep(request, sheet, form)):
        return show(request, sheet, form)
    signed = bool(request.POST.get("sign"))
    messages.success(request, _("Акт подписан, школа получила сообщение.") if signed else _("Лист сохранён."))
    return go_to(request, "monitoring:sheet_detail", sheet.pk)


def keep(request: HttpRequest, sheet: ControlSheet, form: SheetForm) -> None:
    """Both or nothing."""
    cleaned: dict[str, Any] = form.cleaned_data
    kept = actions.save_answers(
        sheet, answers=form.answers, conclusion=cleaned["conclusion"], remedy_by=cleaned["remedy_by"],
        version=seen_version(request, sheet.version), by=request.user,
    )  # fmt: skip
    if request.POST.get("sign"):
        actions.sign_sheet(kept, version=kept.version, by=request.user)


@command(CONTROL)
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the signature back."""
    sheet = load_to_control(request, pk)
    actions.reopen_sheet(sheet, reason=request.POST.get("reason", "")[:300], by=request.user)
    messages.success(request, _("Подпись снята. Исправьте лист и подпишите снова."))
    return go_to(request, "monitoring:sheet_detail", sheet.pk)


@command(ANSWER)
def acknowledge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head has read it."""
    sheet = load_to_answer(request, pk)
    actions.acknowledge_sheet(sheet, objection=request.POST.get("objection", "")[:2000], by=request.user)
    messages.success(request, _("Отмечено: школа ознакомлена."))
    return go_to(request, "monitoring:sheet_detail", sheet.pk)


@command(ANSWER)
def remedy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the school has mended."""
    sheet = load_to_answer(request, pk)
    actions.report_remedy(sheet, remedy=request.POST.get("remedy", "")[:2000], by=request.user)
    messages.success(request, _("Управление увидит, что сделано."))
    return go_to(request, "monitoring:sheet_detail", sheet.pk)


@command(CONTROL)
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the remedy as done, or send it back."""
    sheet = load_to_control(request, pk)
    accepted_ = request.POST.get("decision") == "accept"
    actions.settle_sheet(sheet, accepted=accepted_, words=request.POST.get("words", "")[:1000], by=request.user)
    messages.success(request, _("Замечания сняты.") if accepted_ else _("Школа получит ваши слова."))
    return go_to(request, "monitoring:sheet_detail", sheet.pk)


@page(VIEW)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """The act as Word, PDF or Excel."""
    if kind not in FORMATS:
        raise Http404
    sheet = load(request, pk)
    name = _("Акт контроля, %(school)s") % {"school": sheet.organisation.name}
    return paper_response(act_of(sheet, check_lines(sheet)), kind, name=name)
