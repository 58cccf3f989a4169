"""Official papers as downloads."""

from collections.abc import Callable
from io import BytesIO

from django.http import FileResponse
from django.utils import timezone

from nastavnik.documents.official.paper import OfficialPaper
from nastavnik.documents.official.pdf import write_pdf
from nastavnik.documents.official.word import write_word
from nastavnik.documents.official.workbook import write_workbook
from nastavnik.documents.sheets import MEDIA_TYPE, NOT_IN_FILE_NAMES

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST_NAME = 80
FORMATS: dict[str, tuple[Callable[[OfficialPaper], BytesIO], str]] = {
    "docx": (write_word, WORD_TYPE), "pdf": (write_pdf, "application/pdf"), "xlsx": (write_workbook, MEDIA_TYPE),
}  # fmt: skip


def paper_response(paper: OfficialPaper, kind: str, *, name: str) -> FileResponse:
    """The paper in one of `FORMATS` as a download named after `name` and the day."""
    write, media_type = FORMATS[kind]
    file = NOT_IN_FILE_NAMES.sub(" ", f"{name[:LONGEST_NAME].strip()} {timezone.localdate():%d.%m.%Y}.{kind}")
    return FileResponse(write(paper), as_attachment=True, filename=file, content_type=media_type)
