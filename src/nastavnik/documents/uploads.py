"""An uploaded file on disk for as long as it is read; nothing of it is kept."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from fileguard import FileRefused


@contextmanager
def upload_on_disk(upload: UploadedFile) -> Iterator[Path]:
    """A path with the upload's own ending, gone afterwards. Raises FileRefused for a file over the limit."""
    if (upload.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        limit = settings.UPLOAD_LIMIT_BYTES // 2**20
        raise FileRefused(_("Файл больше %(limit)s МБ. Удалите из него картинки или сохраните только таблицу.") % {"limit": limit})
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"upload{Path(upload.name or '').suffix.lower()[:8]}"
        with file.open("wb") as target:
            for chunk in upload.chunks():
                target.write(chunk)
        yield file
