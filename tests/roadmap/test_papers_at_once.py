"""Two people at once, each with a connection of their own: committed rows, taken away afterwards. SQLite lets in one writer
at a time, so only PostgreSQL can show it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from nastavnik.accounts.models import User
from nastavnik.audit.models import Change
from nastavnik.core.errors import Refusal
from nastavnik.jobs.models import Job
from nastavnik.notifications.models import Message
from nastavnik.roadmap.actions.approval import approve_roadmap
from nastavnik.roadmap.actions.endorsement import endorse_roadmap
from nastavnik.roadmap.models import Roadmap
from nastavnik.roadmap.queries.versions import digest_of, lines_of
from tests.roadmap.papers import ORDER, PAPER, project, reword
from tests.worlds import World

needs_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets in one writer at a time")
LEFT_BEHIND = (Roadmap, Message, Change, Job, DBTaskResult)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[Roadmap]:
    """A school's project that other connections see."""
    with django_db_blocker.unblock():
        before = {model: set(model._default_manager.values_list("pk", flat=True)) for model in LEFT_BEHIND}
        try:
            yield project(World())
        finally:
            for model, keys in before.items():
                model._default_manager.exclude(pk__in=keys).delete()
            connections.close_all()


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Begin all at the same moment; what each was told, "" for success."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        try:
            barrier.wait(timeout=10)
            act()
        except Refusal as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_the_second_of_two_heads_is_refused(world: World) -> None:
    roadmap, head = project(world), world.user("school_head")
    approve_roadmap(roadmap, **PAPER, by=head)
    with pytest.raises(Refusal, match="Эта карта уже утверждена"):
        approve_roadmap(roadmap, **PAPER, by=head)
    assert (roadmap.steps.count(), roadmap.versions.count()) == (1, 1)


@needs_postgresql
def test_of_two_approvals_one_stands(committed: Roadmap) -> None:
    head = User.objects.get(username="school_head")
    answers = at_once(*[lambda: approve_roadmap(committed, **PAPER, by=head)] * 4)
    assert sorted(answers) == ["", *["Эта карта уже утверждена."] * 3]
    assert (committed.steps.count(), committed.versions.count()) == (1, 1)


@needs_postgresql
def test_only_what_was_shown_is_endorsed(committed: Roadmap) -> None:
    people = {user.username: user for user in User.objects.filter(username__in=("school", "school_head", "municipal"))}
    approve_roadmap(committed, **PAPER, by=people["school_head"])
    seen = digest_of(lines_of(committed))
    at_once(
        lambda: endorse_roadmap(committed, by=people["municipal"], seen=seen),
        lambda: reword(committed, "1.1.", "Назначить двоих", act=ORDER, by=people["school"]),
    )
    endorsed = committed.versions.filter(kind="endorsed")
    committed.refresh_from_db()
    assert {version.digest for version in endorsed} <= {seen}
    assert (committed.stage, committed.versions.filter(kind="amended").count()) == ("approved", 1)
