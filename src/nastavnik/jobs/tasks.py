"""The one task of the queue."""

from django_tasks import task


@task()
def run_job(job_id: str) -> None:
    """Carry out the job with this id."""
    from nastavnik.jobs.actions import carry_out  # noqa: PLC0415 -- leaf: actions enqueue this task

    carry_out(job_id)
