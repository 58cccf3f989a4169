"""Take files in."""

import hashlib
import mimetypes
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from nastavnik.core.errors import Refusal
from nastavnik.documents.models import StoredFile

EVIDENCE_SUFFIXES = frozenset(
    [
        ".pdf",
        ".doc",
        ".docx",
        ".xls",
        ".xlsx",
        ".ods",
        ".odt",
        ".ppt",
        ".pptx",
        ".jpg",
        ".jpeg",
        ".png",
        ".txt",
        ".rtf",
        ".csv",
        ".zip",
    ]
)


def store_file(upload: UploadedFile, *, organisation: Any, by: Any) -> StoredFile:
    """Keep an uploaded file of an organisation. Refused: empty, too large, or of a kind that papers do not have."""
    name = PurePath(upload.name or "file").name[-200:]
    if not upload.size:
        raise Refusal(_("Файл «%(name)s» пустой. Выберите другой файл.") % {"name": name})
    if upload.size > settings.UPLOAD_LIMIT_BYTES:
        megabytes = settings.UPLOAD_LIMIT_BYTES // 2**20
        raise Refusal(_("Файл больше %(limit)s МБ. Уменьшите его или приложите ссылку.") % {"limit": megabytes})
    if PurePath(name).suffix.lower() not in EVIDENCE_SUFFIXES:
        raise Refusal(_("Файлы такого вида не принимаются. Подойдут документ, таблица, PDF или снимок."))
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    stored = StoredFile(
        region_id=organisation.region_id or 0, name=name, size=upload.size, sha256=digest.hexdigest(),
        content_type=mimetypes.guess_type(name)[0] or "application/octet-stream", organisation_id=organisation.pk,
        added_by_id=getattr(by, "pk", None),
    )  # fmt: skip
    stored.content.save(name, upload, save=False)
    stored.save(force_insert=True)
    return stored
