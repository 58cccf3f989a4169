"""`nastavnik check`: is this installation in order?"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from nastavnik.audit.sealing import LEDGERS, broken_at
from nastavnik.jobs.models import Job

LEAST_FREE_BYTES = 1024**3


class Command(BaseCommand):
    help = "Check database, migrations, ledgers, queue, mail, files and disk. Exit code 1 when something is wrong."

    def handle(self, **options: Any) -> None:
        """One line per check."""
        wrong = 0
        for good, sentence in checks():
            wrong += not good
            self.stdout.write(f"{'  ок' if good else '  !!'}  {sentence}")
        if wrong:
            raise SystemExit(1)


def checks() -> Iterator[tuple[bool, str]]:
    """(in order?, sentence)."""
    try:
        connection.ensure_connection()
    except DatabaseError:
        yield False, "База данных не отвечает. Проверьте DATABASE_URL."
        return
    yield True, f"База данных отвечает ({connection.vendor})."
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield not waiting, "Таблицы обновлены." if not waiting else "Таблицы старые: выполните nastavnik migrate."
    if waiting:
        return
    for name in LEDGERS:
        position = broken_at(name)
        yield (
            position is None,
            f"Журнал {name} цел." if position is None else f"Журнал {name} изменён после записи № {position}.",
        )
    dead = Job.objects.filter(state=Job.State.RUNNING, leased_until__lt=timezone.now()).count()
    yield not dead, "Фоновые работы идут." if not dead else f"Зависло работ: {dead}. Запустите nastavnik work."
    yield (
        True,
        "Почтовый сервер настроен." if settings.EMAIL_HOST else "Почтовый сервер не настроен: сообщения видны в системе.",
    )
    static = Path(settings.STATIC_ROOT) / "staticfiles.json"
    yield static.is_file(), "Оформление собрано." if static.is_file() else "Оформление не собрано: выполните make assets."
    free = shutil.disk_usage(settings.VAR).free
    yield free > LEAST_FREE_BYTES, f"Свободно на диске: {free // 2**20} МБ."
