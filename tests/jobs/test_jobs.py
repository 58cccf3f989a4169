"""Background work: progress, one live job per key, other tries, dead workers."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nastavnik.core.errors import Refusal
from nastavnik.jobs import registry
from nastavnik.jobs.actions import JobCancelled, enqueue, mend_dead_jobs
from nastavnik.jobs.models import Job
from nastavnik.jobs.worker import run_schedule
from tests.worlds import World

Kind = Callable[[Callable[..., Any]], str]


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Kind:
    """Register a function as a kind of job for one test."""

    def register(function: Callable[..., Any]) -> str:
        monkeypatch.setitem(registry.functions, "test", function)
        return "test"

    return register


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Failing on purpose is not worth a log line."""
    import logging

    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_a_job_tells_how_far_it_is_and_what_came_out(world: World, kind: Kind, run_jobs: Callable[[], None]) -> None:
    seen = []

    def function(progress: Any, *, size: int) -> dict[str, int]:
        progress(1, size, "Первая школа")
        seen.append(Job.objects.values_list("state", "done", "total", "message").get())
        return {"made": size}

    Job.objects.all().delete()
    job = enqueue(kind(function), size=4, by=world.user("municipal"))
    run_jobs()
    job.refresh_from_db()
    assert seen == [("running", 1, 4, "Первая школа")]
    assert (job.state, job.result, job.attempts) == ("done", {"made": 4}, 1)


def test_a_live_key_is_not_queued_twice(world: World, kind: Kind, run_jobs: Callable[[], None]) -> None:
    name = kind(lambda progress: None)
    first, second = enqueue(name, key="k"), enqueue(name, key="k")
    run_jobs()
    third = enqueue(name, key="k")
    assert (first.pk == second.pk, third.pk == first.pk) == (True, False)


def test_a_refusal_is_told_and_not_tried_again(world: World, kind: Kind, run_jobs: Callable[[], None]) -> None:
    def function(progress: Any) -> None:
        raise Refusal("Файл пустой.")

    job = enqueue(kind(function))
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.message, job.attempts) == ("failed", "Файл пустой.", 1)


def test_an_error_gets_three_tries(world: World, kind: Kind, run_jobs: Callable[[], None]) -> None:
    def function(progress: Any) -> None:
        raise ValueError

    job = enqueue(kind(function))
    for minutes in (0, 5, 10, 15):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False):
            run_jobs()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 3)
    assert job.message == "Работа не выполнена из-за ошибки в программе. Ничего не изменено. Повторите позже."


def test_a_job_of_a_dead_worker_is_done_by_another(world: World, kind: Kind, run_jobs: Callable[[], None]) -> None:
    job = enqueue(kind(lambda progress: {"ok": True}))
    DBTaskResult.objects.all().delete()
    Job.objects.filter(pk=job.pk).update(state="running", attempts=1, leased_until=timezone.now() - timedelta(seconds=1))
    assert mend_dead_jobs() == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        run_jobs()
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == ("done", {"ok": True}, 2)


def test_a_cancelled_job_stops_at_its_next_report(
    world: World, kind: Kind, run_jobs: Callable[[], None], as_: Callable[[str], Any]
) -> None:
    reached = []

    def function(progress: Any) -> None:
        as_("municipal").post(reverse("jobs:cancel_job", args=[job.pk]))
        try:
            progress(1, 2)
        except JobCancelled:
            reached.append("stopped")
            raise

    job = enqueue(kind(function), by=world.user("municipal"))
    run_jobs()
    job.refresh_from_db()
    assert (job.state, reached) == ("cancelled", ["stopped"])


def test_returning_work_comes_when_it_is_due(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []
    monkeypatch.setattr("nastavnik.jobs.worker.recurring", {"x": registry.Recurring("x", 60, lambda: runs.append(1))})
    for seconds in (0, 30, 61, 90, 130):
        with time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False):
            run_schedule()
    assert len(runs) == 3
