"""`nastavnik restore FILE`: put a backup in place of an empty (or, with --replace, the present) installation."""

import json
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from nastavnik.config.postgres_tools import connection_arguments, tool


class Command(BaseCommand):
    help = "Restore a backup archive and check its row counts. Stop the server first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.tar.gz")
        parser.add_argument("--replace", action="store_true", help="overwrite the present database and files")

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        """Unpack beside the target, check, then swap; then bring the tables to this version."""
        if not file.is_file():
            raise CommandError(f"Файла {file} нет. Укажите архив, сделанный командой backup.")
        if not replace and not is_empty():
            raise CommandError("В базе уже есть данные. Чтобы заменить их копией, добавьте --replace.")
        Path(settings.VAR).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=settings.VAR) as folder:
            unpack(file, Path(folder))
            manifest = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
            if manifest["engine"] != connection.vendor:
                raise CommandError(f"Копия сделана для {manifest['engine']}, а настроена база {connection.vendor}.")
            put_database(Path(folder), manifest["rows"])
            put_files(Path(folder) / "files")
        call_command("migrate", verbosity=0)
        self.stdout.write(f"Восстановлено из копии от {manifest['made_at']}.")


def is_empty() -> bool:
    """True for a database without tables or without people."""
    tables = connection.introspection.table_names()
    if "accounts_user" not in tables:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM accounts_user LIMIT 1")
        return cursor.fetchone() is None


def unpack(file: Path, folder: Path) -> None:
    """Unpack the archive; members that would leave the folder are refused."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, OSError, EOFError) as error:
        raise CommandError("Архив повреждён или сделан не этой программой. Возьмите другую копию.") from error
    if not (folder / "manifest.json").is_file():
        raise CommandError("В архиве нет описи. Возьмите копию, сделанную командой backup.")


def put_database(folder: Path, rows: dict[str, int]) -> None:
    """Check the copy, then make it the database."""
    if connection.vendor == "sqlite":
        copy = folder / "database.sqlite3"
        check_copy(copy, rows)
        connection.close()
        target = Path(settings.DATABASES["default"]["NAME"])
        for suffix in ("-wal", "-shm"):
            Path(f"{target}{suffix}").unlink(missing_ok=True)
        copy.replace(target)
        return
    connection.close()
    subprocess.run(  # noqa: S603
        [tool("pg_restore"), "--clean", "--if-exists", "--no-owner", "--exit-on-error", "--single-transaction",
         *connection_arguments(), str(folder / "database.dump")],
        check=True,
    )  # fmt: skip


def check_copy(copy: Path, rows: dict[str, int]) -> None:
    """Integrity and row counts of a SQLite copy."""
    with sqlite3.connect(copy) as database:
        whole = database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        counts = {table: database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in rows}  # noqa: S608
    if not whole or counts != rows:
        raise CommandError("Копия не совпадает со своей описью. Возьмите другую копию.")


def put_files(files: Path) -> None:
    """Replace the folder of files."""
    target = Path(settings.MEDIA_ROOT)
    if target.exists():
        shutil.rmtree(target)
    if files.is_dir():
        shutil.move(files, target)
