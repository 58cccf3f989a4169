"""Enqueue, carry out, renew and mend jobs."""

import logging
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit.trail import Trace, current_trace
from nastavnik.core.errors import Refusal
from nastavnik.jobs.models import Job
from nastavnik.jobs.registry import functions

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 3


class JobCancelled(Exception):  # noqa: N818 -- not an error: the person asked for it
    """Raised inside a job's function at its next progress report after somebody cancelled it."""


def enqueue(kind: str, *, key: str = "", title: str = "", by: Any = None, result_url: str = "", **payload: Any) -> Job:
    """Queue a job in the caller's transaction. A live job with the same key is returned instead of a second one."""
    from nastavnik.jobs.tasks import run_job  # noqa: PLC0415 -- leaf: the task imports this module

    place = getattr(getattr(by, "appointment", None), "organisation", None)
    trace = current_trace.get()
    job = Job(
        kind=kind, key=key, title=title, payload=payload, started_by_id=getattr(by, "pk", None), result_url=result_url,
        region_id=getattr(place, "region_id", None) or 0, supporter_id=trace.supporter_id, supporter_role=trace.supporter_role,
    )  # fmt: skip
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        return Job.objects.get(key=key, state__in=Job.LIVE)
    run_job.enqueue(str(job.pk))
    transaction.on_commit(wake_worker)
    return job


def wake_worker() -> None:
    """Tell the worker thread of this process, if there is one, that work has come."""
    from nastavnik.jobs.worker import work_has_come  # noqa: PLC0415 -- leaf

    work_has_come.set()


def carry_out(job_id: str) -> None:
    """Claim a queued job and run its function; a second worker that gets the same id finds nothing to claim."""
    now = timezone.now()
    claimed = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING, leased_until=now + LEASE, message="", attempts=F("attempts") + 1
    )
    if not claimed:
        return
    job = Job.objects.get(pk=job_id)
    token = current_trace.set(Trace(supporter_id=job.supporter_id, supporter_role=job.supporter_role))
    try:
        result = functions[job.kind](report_to(job), **job.payload)
    except JobCancelled:
        return
    except Refusal as refusal:
        end(job, Job.State.FAILED, message=str(refusal))
    except Exception:
        logger.exception("Job %s (%s) failed", job.pk, job.kind)
        retry_or_fail(job)
    else:
        end(job, Job.State.DONE, result=result or {})
    finally:
        current_trace.reset(token)


def report_to(job: Job) -> Any:
    """The progress function of a job: stores how far it is, renews the lease, stops a cancelled job."""

    def progress(done: int, total: int, message: str = "") -> None:
        alive = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
            done=done, total=total, message=message, leased_until=timezone.now() + LEASE
        )
        if not alive:
            raise JobCancelled

    return progress


def end(job: Job, state: str, *, message: str = "", result: dict[str, Any] | None = None) -> None:
    """Close a running job."""
    changes: dict[str, Any] = {"state": state, "message": message, "ended_at": timezone.now(), "leased_until": None}
    if result is not None:
        changes["result"] = result
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(**changes)


def retry_or_fail(job: Job) -> None:
    """Queue the job once more, later each time, or give up with a sentence for the person."""
    from nastavnik.jobs.tasks import run_job  # noqa: PLC0415 -- leaf

    if job.attempts >= MOST_ATTEMPTS:
        end(
            job,
            Job.State.FAILED,
            message=_("Работа не выполнена из-за ошибки в программе. Ничего не изменено. Повторите позже."),
        )
        return
    with transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED, leased_until=None)
        run_job.using(run_after=timezone.now() + timedelta(seconds=10 * 4**job.attempts)).enqueue(str(job.pk))


def mend_dead_jobs() -> int:
    """Jobs whose worker died (the lease ran out) get another try; returns how many were found."""
    dead = list(Job.objects.filter(state=Job.State.RUNNING, leased_until__lt=timezone.now()))
    for job in dead:
        retry_or_fail(job)
    return len(dead)


def cancel_job(job: Job, *, by: Any) -> None:
    """Stop a job that waits or runs; what its function wrote in an open transaction is rolled back."""
    Job.objects.filter(pk=job.pk, state__in=Job.LIVE).update(
        state=Job.State.CANCELLED, ended_at=timezone.now(), leased_until=None, message=_("Отменено.")
    )
