"""A model roadmap goes down to so many schools (1,200 unless a number is given): queries, seconds and megabytes of publishing,
of sending a later change, and of the pages that compare. Runs in a scratch SQLite file; with DATABASE_URL set, in that
PostgreSQL server's test database.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ["NASTAVNIK_HOME"] = tempfile.mkdtemp(prefix="nastavnik-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nastavnik.config.settings_test")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from nastavnik.accounts.enums import Role  # noqa: E402
from nastavnik.accounts.models import Appointment, User  # noqa: E402
from nastavnik.jobs.worker import run_pending  # noqa: E402
from nastavnik.organisations.actions import open_organisation, open_organisations  # noqa: E402
from nastavnik.organisations.calendars import school_year_of  # noqa: E402
from nastavnik.organisations.enums import OrganisationKind  # noqa: E402
from nastavnik.organisations.models import Organisation  # noqa: E402
from nastavnik.roadmap.actions.drafts import accept_draft  # noqa: E402
from nastavnik.roadmap.actions.plans import change_measure  # noqa: E402
from nastavnik.roadmap.actions.publishing import publish_model  # noqa: E402
from nastavnik.roadmap.actions.sending import send_changes  # noqa: E402
from nastavnik.roadmap.actions.templates import start_from_template  # noqa: E402
from nastavnik.roadmap.enums import Purpose  # noqa: E402
from nastavnik.roadmap.models import Assignment, Measure, Roadmap  # noqa: E402
from nastavnik.roadmap.queries.plans import as_value  # noqa: E402


def measured(name: str, act: Callable[[], Any]) -> Any:
    """Print what an act costs."""
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as captured:
        began = time.perf_counter()
        result = act()
        seconds = time.perf_counter() - began
    size = f"{len(result.content) / 1024:7.0f} KB" if hasattr(result, "content") else ""
    print(f"{name:<34}{len(captured):>7} queries{seconds:>9.2f} s {size}")
    return result


def build(schools: int) -> tuple[Organisation, User]:
    """A municipality with so many schools and its coordinator."""
    region = open_organisation(kind=OrganisationKind.REGION, name="Область", parent=None, by=None)
    place = open_organisation(kind=OrganisationKind.MUNICIPALITY, name="Округ", parent=region, by=None)
    cards = [{"kind": OrganisationKind.SCHOOL, "name": f"Школа № {number + 1}"} for number in range(schools)]
    open_organisations(cards, parent=place, by=None)
    leader = User(region_id=region.pk, username="leader", surname="Рябова", given_name="Нина")
    leader.set_unusable_password()
    leader.save()
    Appointment.objects.create(
        region_id=region.pk, user=leader, organisation=place, role=Role.MUNICIPAL_COORDINATOR, starts_on=date(2020, 1, 1)
    )
    return place, leader


def reword(measure: Measure, text: str, by: User) -> None:
    """Change the words of a line."""
    value = as_value(measure)
    change_measure(
        measure, number=value.number, text=text, deadline=value.deadline, parties=value.parties, result=value.result or "",
        version=measure.version, reason="Уточнение", by=by,
    )  # fmt: skip


def run(schools: int) -> None:
    """Everything once."""
    place, leader = build(schools)
    year = school_year_of(timezone.localdate())
    model = accept_draft(start_from_template(place, year=year, by=leader, purpose=Purpose.MODEL), by=leader)
    publish_model(model, chosen=None, text="Приспособьте карту.", by=leader)
    measured(f"publish to {schools} schools", run_pending)
    for copy in model.copies.all()[: schools // 10]:
        reword(copy.measures.get(position=2), "По-своему", leader)
    for position in (1, 2, 3):
        reword(model.measures.get(position=position), f"По-новому {position}", leader)
    model = Roadmap.objects.get(pk=model.pk)
    client = Client()
    client.force_login(leader)
    measured("preview of three changes", lambda: client.get(reverse("roadmap:changes_form", args=[model.pk])))
    send_changes(model, text="Карта изменилась.", by=leader)
    measured("send three changes", run_pending)
    line = model.measures.get(position=2)
    pages = {
        "all schools": reverse("roadmap:copy_list", args=[model.pk]),
        "by line": reverse("roadmap:copy_list", args=[model.pk]) + "?by=line",
        "only differing": reverse("roadmap:copy_list", args=[model.pk]) + "?show=changed",
        "one line": reverse("roadmap:line_copies", args=[line.pk]), "today": "/",
    }  # fmt: skip
    for name, address in pages.items():
        measured(name, lambda address=address: client.get(address))
    measured("export", lambda: b"".join(client.get(reverse("roadmap:copy_export", args=[model.pk])).streaming_content))
    print(f"{Measure.objects.count()} lines, {Assignment.objects.count()} assignments, "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")  # fmt: skip


if __name__ == "__main__":
    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0)
    try:
        run(int(sys.argv[1]) if len(sys.argv) > 1 else 1200)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
