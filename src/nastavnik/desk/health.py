"""For whoever watches the server."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from nastavnik.core.access import public
from nastavnik.jobs.models import Job

LONGEST_WAIT = timedelta(minutes=10)


@public
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


@public
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers, the tables are up to date, the queue moves: 200, else 503."""
    state = {"database": False, "tables": False, "queue": False}
    try:
        executor = MigrationExecutor(connection)
        state["database"] = True
        state["tables"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        waiting = Job.objects.filter(state=Job.State.QUEUED, created_at__lt=timezone.now() - LONGEST_WAIT)
        state["queue"] = not waiting.exists()
    except DatabaseError:
        pass
    return JsonResponse(state, status=200 if all(state.values()) else 503)
