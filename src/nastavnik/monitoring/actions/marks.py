"""What an organisation says of a requirement."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.documents.actions import store_file
from nastavnik.monitoring.enums import MarkState
from nastavnik.monitoring.models import RequirementMark
from nastavnik.organisations.models import Organisation

KEPT = ("state", "words", "url", "valid_to")


@transaction.atomic
def mark_requirement(
    place: Organisation, code: str, *, state: str, by: Any, words: str = "", url: str = "", valid_to: date | None = None,
    upload: UploadedFile | None = None, version: int | None = None,
) -> RequirementMark:  # fmt: skip
    """Say that the paper is there, is not there or is not needed. `version` is that of the mark the person saw (0 for none);
    a colleague's mark in between is refused, not overwritten."""
    words = words.strip()
    if state == MarkState.NOT_NEEDED and not words:
        raise Refusal(_("Напишите, почему это не требуется."))
    if state == MarkState.MET and not (words or url or upload):
        raise Refusal(_("Назовите документ: вид, дату и номер, или приложите файл или ссылку."))
    Organisation.objects.select_for_update().get(pk=place.pk)  # two first marks at once would both be new
    mark = RequirementMark.objects.filter(organisation=place, code=code).first()
    if version is not None and version != (mark.version if mark else 0):
        raise Refusal(_("Отметку тем временем изменил другой человек. Проверьте свою и сохраните ещё раз."))
    mark = mark or RequirementMark(organisation=place, code=code, region_id=place.region_id or 0, version=0)
    before = {name: getattr(mark, name) for name in KEPT} if mark.version else {}
    mark.state, mark.words, mark.url, mark.valid_to = state, words[:300], url, valid_to
    mark.marked_by, mark.marked_at, mark.version = by, timezone.now(), mark.version + 1
    if upload is not None:
        mark.file = store_file(upload, organisation=place, by=by)
    mark.save()
    after = {name: getattr(mark, name) for name in KEPT}
    trail.record(
        "monitoring.requirement_marked", mark, by=by, organisation=place, before=before, after={"requirement": code, **after}
    )
    return mark
