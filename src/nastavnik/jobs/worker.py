"""The loop of a worker: the queue, the schedule, and mending after a crash. One thread inside the web process on
SQLite; separate `nastavnik work` processes on PostgreSQL."""

import logging
import threading
from datetime import timedelta

from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from nastavnik.core.identifiers import uuid7
from nastavnik.jobs.actions import mend_dead_jobs
from nastavnik.jobs.models import Schedule
from nastavnik.jobs.registry import Recurring, recurring

logger = logging.getLogger(__name__)
work_has_come = threading.Event()
IDLE_SECONDS = 2.0


def work(stop: threading.Event) -> None:
    """Do jobs until `stop` is set."""
    while not stop.is_set():
        close_old_connections()
        try:
            run_schedule()
            run_pending()
        except DatabaseError as error:
            # The database may be restarting; the loop must outlive it.
            logger.warning("The worker found no database (%s); trying again", type(error).__name__)
        except Exception:
            logger.exception("The worker's round failed; trying again")
        work_has_come.wait(IDLE_SECONDS)
        work_has_come.clear()
    close_old_connections()


def run_pending() -> None:
    """Do everything that is in the queue and due now."""
    if DBTaskResult.objects.ready().exists():
        Worker(
            queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
            worker_id=uuid7().hex, excluded_queue_names=[],
        ).run()  # fmt: skip


def run_schedule() -> None:
    """Run the returning work that is due; the conditional update lets one worker have it."""
    now = timezone.now()
    known = dict(Schedule.objects.values_list("name", "next_at"))
    for entry in recurring.values():
        if entry.name not in known:
            Schedule.objects.bulk_create([Schedule(name=entry.name, next_at=now)], ignore_conflicts=True)
        if known.get(entry.name, now) <= now and claim(entry):
            entry.run()
    mend_dead_jobs()


def claim(entry: Recurring) -> bool:
    """True for the one worker that may run the entry now."""
    now = timezone.now()
    return Schedule.objects.filter(name=entry.name, next_at__lte=now).update(next_at=now + timedelta(seconds=entry.seconds)) == 1


def start_in_this_process() -> threading.Event:
    """Start the worker thread; set the returned event to stop it."""
    stop = threading.Event()
    threading.Thread(target=work, args=(stop,), name="jobs", daemon=True).start()
    return stop
