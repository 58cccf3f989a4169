"""The registry of files. A file belongs to an organisation by its id only: this app knows no domain. Who may read it
is decided by the app that refers to it."""

from django.db import models
from django.utils import timezone

from nastavnik.core.models import RegionalModel


def storage_name(stored: "StoredFile", name: str) -> str:
    """Where the bytes lie: by key, so that names of people never become names of files."""
    return f"{stored.pk.hex[-2:]}/{stored.pk.hex}"


class StoredFile(RegionalModel):
    content = models.FileField(upload_to=storage_name, max_length=100)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100, default="application/octet-stream")
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    organisation_id = models.BigIntegerField(db_index=True)
    added_by_id = models.UUIDField(null=True)
    added_at = models.DateTimeField(default=timezone.now)
