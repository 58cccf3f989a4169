"""Returning work of the lower floor."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nastavnik.audit.sealing import check_ledgers, seal_ledgers
from nastavnik.jobs.registry import every

KEEP_FINISHED_TASKS = timedelta(days=7)


@every("seal the ledgers", seconds=60)
def seal() -> None:
    """Add new ledger rows to the hash chain."""
    seal_ledgers()


@every("check the ledgers", seconds=24 * 3600)
def check() -> None:
    """Go through the whole hash chain once a day; the history says how it was."""
    check_ledgers()


@every("forget finished tasks", seconds=3600)
def forget_finished_tasks() -> None:
    """Queue rows are of no use a week after their end; Job rows stay."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEEP_FINISHED_TASKS).delete()
