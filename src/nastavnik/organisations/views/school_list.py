"""The school list from a table: upload, preview, accept."""

import tempfile
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fileguard import FileRefused
from fileguard.tables import read_table_limited
from nastavnik.core.access import command, page
from nastavnik.core.htmx import go_to
from nastavnik.jobs.actions import enqueue
from nastavnik.organisations.actions import accept_school_list
from nastavnik.organisations.exports import export_wrong_rows
from nastavnik.organisations.forms import UploadForm
from nastavnik.organisations.imports import parse_sheets
from nastavnik.organisations.models import SchoolListDraft

RIGHT = "organisations.import_schools"
AT_ONCE = 200  # longer lists are applied as a job with progress


@page(RIGHT)
def upload_form(request: HttpRequest) -> HttpResponse:
    """Where the file goes, and what it should hold."""
    return render(request, "organisations/school_list_upload.html", {"form": UploadForm(), "trouble": ""})


@command(RIGHT, atomic=False)
def upload(request: HttpRequest) -> HttpResponse:
    """Read the file in a child process and keep what it says for the preview."""
    form = UploadForm(request.POST, request.FILES)
    trouble = _("Выберите файл.") if not form.is_valid() else ""
    if not trouble:
        try:
            return redirect("organisations:school_list_draft", read(request, form.cleaned_data["file"]).pk)
        except FileRefused as refused:
            trouble = str(refused)
    return render(request, "organisations/school_list_upload.html", {"form": form, "trouble": trouble}, status=422)


def read(request: HttpRequest, upload: UploadedFile) -> SchoolListDraft:
    """The rows of an uploaded table as a draft."""
    if (upload.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        raise FileRefused(_("Файл больше 25 МБ. Оставьте в нём только список школ."))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"upload{Path(upload.name or '').suffix.lower()[:8]}"
        with file.open("wb") as target:
            for chunk in upload.chunks():
                target.write(chunk)
        sheets = read_table_limited(file)
    place = request.user.appointment.organisation
    headings, rows = parse_sheets(sheets, place)
    if not rows:
        raise FileRefused(
            _("Список школ не найден: нужен столбец «Название» или «Краткое название». Проверьте первую строку таблицы.")
        )
    return SchoolListDraft.objects.create(
        region_id=place.region_id, organisation=place, source_name=(upload.name or "")[-200:], headings=list(headings),
        rows=[row.to_json() for row in rows], created_by_id=request.user.pk,
    )  # fmt: skip


def load(request: HttpRequest, pk: UUID) -> SchoolListDraft:
    """A draft of the own organisation, or 404."""
    drafts = SchoolListDraft.objects.select_related("organisation")
    return get_object_or_404(drafts.filter(organisation_id=request.user.appointment.organisation_id), pk=pk)


@page(RIGHT)
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What would happen, row by row; nothing has happened yet."""
    found = load(request, pk)
    groups = {action: [row for row in found.rows if row["action"] == action] for action in ("wrong", "change", "new", "same")}
    context = {"draft": found, "groups": groups, "useful": len(groups["new"]) + len(groups["change"])}
    return render(request, "organisations/school_list_draft.html", context)


@page(RIGHT)
def wrong_rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The refused rows as a file."""
    found = load(request, pk)
    return export_wrong_rows(found.headings, [row for row in found.rows if row["action"] == "wrong"])


@command(RIGHT)
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Apply the draft at once, or as a job when it is long."""
    found = load(request, pk)
    if len(found.rows) > AT_ONCE and found.accepted_at is None:
        job = enqueue(
            "organisations.accept_school_list", key=f"school list {found.pk}", title=_("Загрузка списка школ"), by=request.user,
            result_url=reverse("organisations:organisation_list"), draft_id=str(found.pk), user_id=str(request.user.pk),
        )  # fmt: skip
        return go_to(request, "jobs:job_detail", job.pk)
    counts = accept_school_list(found, by=request.user)
    messages.success(request, _("Список загружен: новых школ %(new)s, изменено %(changed)s.") % counts)
    return go_to(request, "organisations:organisation_list")
