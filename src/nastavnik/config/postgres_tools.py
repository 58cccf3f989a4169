"""PostgreSQL's own tools for backup and restore."""

import os
import shutil

from django.conf import settings
from django.core.management.base import CommandError


def tool(name: str) -> str:
    """Path of a tool, or a sentence that says what to install."""
    path = shutil.which(name)
    if path is None:
        raise CommandError(f"Не найдена программа {name}. Установите пакет postgresql-client.")
    return path


def connection_arguments() -> list[str]:
    """Where the database is; the password goes through the environment, never through the process list."""
    database = settings.DATABASES["default"]
    os.environ["PGPASSWORD"] = database["PASSWORD"]
    named = {
        "--host": database["HOST"],
        "--port": database["PORT"],
        "--username": database["USER"],
        "--dbname": database["NAME"],
    }
    return [f"{name}={value}" for name, value in named.items() if value]
