"""`nastavnik backup FILE`: the database and the files in one archive, taken while the product works."""

import json
import sqlite3
import subprocess
import tarfile
import tempfile
from argparse import ArgumentParser
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from nastavnik.config.postgres_tools import connection_arguments, tool


class Command(BaseCommand):
    help = "Write a backup archive (database, files, and a list of row counts to check a restore against)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.tar.gz")

    def handle(self, *, file: Path, **options: Any) -> None:
        """The archive appears under its name only when it is whole."""
        unfinished = file.with_name(file.name + ".part")
        try:
            with tempfile.TemporaryDirectory(dir=file.resolve().parent) as folder, tarfile.open(unfinished, "w:gz") as archive:
                dump = dump_database(Path(folder))
                archive.add(dump, arcname=dump.name)
                if Path(settings.MEDIA_ROOT).is_dir():
                    archive.add(settings.MEDIA_ROOT, arcname="files")
                add_text(archive, "manifest.json", json.dumps(manifest(dump), ensure_ascii=False, indent=2))
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise CommandError(f"Копия не сделана: {error.strerror or error}. Проверьте папку и свободное место.") from error
        unfinished.replace(file)
        self.stdout.write(f"Копия готова: {file}")


def dump_database(folder: Path) -> Path:
    """A consistent copy of the database as one file."""
    if connection.vendor == "sqlite":
        target = folder / "database.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        return target
    target = folder / "database.dump"
    subprocess.run([tool("pg_dump"), "--format=custom", f"--file={target}", *connection_arguments()], check=True)  # noqa: S603
    return target


def manifest(dump: Path) -> dict[str, Any]:
    """When, from which engine, and how many rows each table holds; on SQLite counted in the copy, which nobody writes to."""
    tables = [model._meta.db_table for model in apps.get_models() if model._meta.managed]
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(dump)) as copy:
            rows = {table: copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}  # noqa: S608
    else:
        with connection.cursor() as cursor:
            rows = {table: count_rows(cursor, table) for table in tables}
    return {"made_at": timezone.now().isoformat(), "engine": connection.vendor, "rows": rows}


def count_rows(cursor: Any, table: str) -> int:
    """How many rows a table holds now."""
    cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 -- our own table's name
    return int(cursor.fetchone()[0])


def add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    """Add a small text member."""
    content = text.encode()
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, BytesIO(content))
