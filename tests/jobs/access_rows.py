"""Who may open what in jobs."""

from typing import Any

from nastavnik.jobs.models import Job
from tests.access import Row
from tests.worlds import PEOPLE, World


def own_job(world: World) -> dict[str, Any]:
    """A job that the municipal coordinator started."""
    job, _ = Job.objects.get_or_create(kind="test", key="matrix", started_by_id=world.user("municipal").pk)
    return {"pk": job.pk}


def neighbours_job(world: World) -> dict[str, Any]:
    """A job of the neighbour."""
    job, _ = Job.objects.get_or_create(kind="test", key="matrix-upland", started_by_id=world.user("upland").pk)
    return {"pk": job.pk}


ROWS = [
    Row(name, {"municipal"}, set(PEOPLE) - {"municipal"}, own_job, neighbours_job, method=method)
    for name, method in (("jobs:job_detail", "get"), ("jobs:cancel_job", "post"))
]
