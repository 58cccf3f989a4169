"""The school list from a table: upload, preview, accept."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fileguard import FileRefused
from fileguard.tables import read_table_limited
from nastavnik.core.access import command, page
from nastavnik.core.htmx import go_to
from nastavnik.documents.uploads import upload_on_disk
from nastavnik.jobs.actions import enqueue
from nastavnik.organisations.exports import export_wrong_rows
from nastavnik.organisations.forms import UploadForm
from nastavnik.organisations.imports.applying import accept_school_list
from nastavnik.organisations.imports.comparing import compared, fingerprint
from nastavnik.organisations.imports.rows import CARD_FIELDS, parse_sheets
from nastavnik.organisations.models import Organisation, SchoolListDraft
from nastavnik.organisations.queries import may_import

RIGHT = "organisations.import_schools"
AT_ONCE = 200  # longer lists are applied as a job with progress
SHOWN = 300  # lines of one group on the preview


def own_municipality(request: HttpRequest) -> Organisation:
    """The municipality for which the user acts; 403 for those who lead none."""
    if not may_import(request.user):
        raise PermissionDenied
    return request.user.appointment.organisation


@page(RIGHT)
def upload_form(request: HttpRequest) -> HttpResponse:
    """Where the file goes, and what it should hold."""
    own_municipality(request)
    return render(request, "organisations/school_list_upload.html", {"form": UploadForm(), "trouble": ""})


@command(RIGHT, atomic=False)
def upload(request: HttpRequest) -> HttpResponse:
    """Read the file in a child process and keep what it says for the preview."""
    place = own_municipality(request)
    form = UploadForm(request.POST, request.FILES)
    trouble = "" if form.is_valid() else _("Выберите файл, в котором есть таблица.")
    if not trouble:
        try:
            return redirect("organisations:school_list_draft", keep_draft(request, form.cleaned_data["file"], place).pk)
        except FileRefused as refused:
            trouble = str(refused)
    return render(request, "organisations/school_list_upload.html", {"form": form, "trouble": trouble}, status=422)


def keep_draft(request: HttpRequest, upload: UploadedFile, place: Organisation) -> SchoolListDraft:
    """The lines of an uploaded table as a draft of this person."""
    headings, rows = parse_sheets(read(upload))
    if not rows:
        raise FileRefused(
            _("Список школ не найден: нужен столбец «Название» или «Краткое название» и хотя бы одна строка под ним.")
        )
    return SchoolListDraft.objects.create(
        region_id=place.region_id, organisation=place, source_name=(upload.name or "")[-200:], headings=headings,
        rows=[row.to_json() for row in rows], created_by_id=request.user.pk,
    )  # fmt: skip


def read(upload: UploadedFile) -> list[dict[str, object]]:
    """Sheets of the uploaded file, or FileRefused."""
    with upload_on_disk(upload) as file:
        return read_table_limited(file)


def load(request: HttpRequest, pk: UUID) -> SchoolListDraft:
    """A draft that this person made for the own municipality, or 404."""
    drafts = SchoolListDraft.objects.filter(organisation=own_municipality(request), created_by_id=request.user.pk)
    return get_object_or_404(drafts, pk=pk)


@page(RIGHT)
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What would happen, line by line; nothing has happened yet."""
    found = load(request, pk)
    rows = compared(found)
    groups = {action: [row for row in rows if row.action == action] for action in ("wrong", "change", "new", "same")}
    changed = [
        (
            row,
            [(Organisation._meta.get_field(name).verbose_name, *row.changes[name]) for name in CARD_FIELDS if name in row.changes],
        )
        for row in groups["change"][:SHOWN]
    ]
    context = {
        "draft": found, "groups": groups, "changed": changed, "useful": len(groups["new"]) + len(groups["change"]),
        "seen": fingerprint(rows), "shown": SHOWN,
        "left": {action: max(0, len(members) - SHOWN) for action, members in groups.items()},
    }  # fmt: skip
    return render(request, "organisations/school_list_draft.html", context)


@page(RIGHT)
def wrong_rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The refused lines as a file."""
    found = load(request, pk)
    return export_wrong_rows(found.headings, [row for row in compared(found) if row.action == "wrong"])


@command(RIGHT)
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Apply the draft at once, or as a job when it is long."""
    found, seen = load(request, pk), request.POST.get("seen", "")
    if len(found.rows) > AT_ONCE and found.accepted_at is None:
        job = enqueue(
            "organisations.accept_school_list", key=f"school list {found.pk}", title=_("Загрузка списка школ"), by=request.user,
            result_url=reverse("organisations:school_list_draft", args=[found.pk]), draft_id=str(found.pk), seen=seen,
            user_id=str(request.user.pk),
        )  # fmt: skip
        return go_to(request, "jobs:job_detail", job.pk)
    counts = accept_school_list(found, seen=seen, by=request.user)
    messages.success(request, _("Список загружен: новых организаций %(new)s, изменено %(changed)s.") % counts)
    return go_to(request, "organisations:organisation_list")
