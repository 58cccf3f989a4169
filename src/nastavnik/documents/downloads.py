"""Stored files on their way out."""

from django.http import FileResponse

from nastavnik.documents.models import StoredFile


def stored_download(stored: StoredFile) -> FileResponse:
    """The file, always as a download: nothing that was uploaded is shown inside a page."""
    return FileResponse(
        stored.content.open("rb"), as_attachment=True, filename=stored.name, content_type="application/octet-stream"
    )
