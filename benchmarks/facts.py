"""Facts at scale: 120, then 1,200 schools (or the number given) x 40 measures, every measure bound to one fact. Prints seconds and
queries of the first evaluation, of the daily sweep, and of what one school changes; milliseconds, queries and bytes of pages.

Runs in scratch SQLite files; with DATABASE_URL set, in that PostgreSQL server's test database.
"""

import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse
from django.utils import timezone

from benchmarks import board
from nastavnik.accounts.actions.appointments import appoint, end_appointment
from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Appointment, User
from nastavnik.organisations.actions import open_organisation, open_organisations
from nastavnik.organisations.calendars import school_year_of
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.assignments import add_link
from nastavnik.roadmap.actions.fact_binding import preview_binding
from nastavnik.roadmap.actions.facts import sweep_facts, touch_facts
from nastavnik.roadmap.actions.fanout import fan_out_roadmap
from nastavnik.roadmap.actions.plans import create_roadmap
from nastavnik.roadmap.models import FactState, MeasureFact, Roadmap

CODES = ("coordinator_appointed", "evidence_uploaded", "report_received", "roadmap_approved")


def measured(name: str, act: Callable[[], Any]) -> None:
    """Print seconds, seconds of the processor (the machine may be busy) and queries of an action."""
    with CaptureQueriesContext(connection) as captured:
        started, worked = time.perf_counter(), time.process_time()
        act()
        seconds, work = time.perf_counter() - started, time.process_time() - worked
    print(f"  {name:<44}{seconds:>9.3f} s {work:>9.3f} s of processor {len(captured):>6} queries", flush=True)


def build(schools: int) -> tuple[User, Roadmap]:
    """A municipality of so many schools, a coordinator in nine of ten, a plan whose measures are bound but not handed out."""
    region = open_organisation(kind=OrganisationKind.REGION, name=f"Область {schools}", parent=None, by=None)
    place = open_organisation(kind=OrganisationKind.MUNICIPALITY, name=f"Округ {schools}", parent=region, by=None)
    cards = [{"kind": OrganisationKind.SCHOOL, "name": f"Школа № {number + 1}"} for number in range(schools)]
    opened = open_organisations(cards, parent=place, by=None)
    leader = person(region, f"leader{schools}")
    worker = person(region, f"worker{schools}")
    posts = [(leader, place, Role.MUNICIPAL_COORDINATOR)]
    posts += [(worker, one, Role.SCHOOL_COORDINATOR) for number, one in enumerate(opened) if number % 10]
    Appointment.objects.bulk_create(
        Appointment(region_id=region.pk, user=user, organisation=one, role=role, starts_on=date(2020, 1, 1))
        for user, one, role in posts
    )
    touch_facts(CODES[0], [one.pk for one in opened], by=None)
    roadmap = create_roadmap(place, board.plan_of(school_year_of(timezone.localdate()).begins), by=None)
    MeasureFact.objects.bulk_create(
        MeasureFact(region_id=region.pk, measure=measure, code=CODES[number % len(CODES)])
        for number, measure in enumerate(roadmap.measures.order_by("position"))
    )
    return leader, roadmap


def person(region: Organisation, username: str) -> User:
    """An account without a password."""
    user = User(region_id=region.pk, username=username, surname="Рябова", given_name="Нина")
    user.set_unusable_password()
    user.save()
    return user


def run(schools: int) -> None:
    """Build, measure, print."""
    leader, roadmap = build(schools)
    print(f"{schools} schools x {board.MEASURES} measures")
    measured("fan-out with the first evaluation", lambda: fan_out_roadmap(roadmap, by=None))
    print(f"  stored answers: {FactState.objects.filter(organisation__municipality=roadmap.organisation).count()}")
    school = Organisation.objects.schools().filter(municipality=roadmap.organisation).order_by("pk")[0]
    today = timezone.localdate()
    measured(
        "one school appoints a coordinator", lambda: appoint(leader, school, role=Role.SCHOOL_COORDINATOR, starts_on=today, by=None)
    )
    held = Appointment.objects.get(user=leader, organisation=school)
    measured("… and ends the appointment", lambda: close(held, today))
    proved = roadmap.assignments.filter(organisation=school, measure__facts__code=CODES[1]).first()
    measured("one proof is attached", lambda: add_link(proved, title="", url="https://example.org/1", by=None))
    measured("the same school is touched again", lambda: touch_facts(CODES[0], [school.pk], by=None))
    measured("the daily sweep", sweep_facts)
    measure = roadmap.measures.get(position=0)
    measured("preview of a binding", lambda: preview_binding(measure, [CODES[0]], "all"))
    pages(leader, roadmap)


def close(appointment: Appointment, today: date) -> None:
    """End what began today: it began a week ago."""
    Appointment.objects.filter(pk=appointment.pk).update(starts_on=today - timedelta(days=7))
    appointment.refresh_from_db()
    end_appointment(appointment, on=today - timedelta(days=1), reason="", by=None)


def pages(leader: User, roadmap: Roadmap) -> None:
    """Milliseconds, queries and bytes of the pages that show facts."""
    browser = Client()
    browser.force_login(leader)
    assignment = roadmap.assignments.order_by("pk").first()
    listed = reverse("roadmap:assignment_list")
    addresses = {
        "facts": reverse("roadmap:fact_table"), "facts yes": f"{reverse('roadmap:fact_table')}?fact={CODES[0]}&holds=yes",
        "board": reverse("roadmap:board", args=[roadmap.pk]), "list": listed, "list by fact": f"{listed}?fact={CODES[1]}&holds=no",
        "measure": reverse("roadmap:measure_detail", args=[assignment.measure_id]),
        "detail": reverse("roadmap:assignment_detail", args=[assignment.pk]),
    }  # fmt: skip
    for name, address in addresses.items():
        queries, best, size = board.measure_page(lambda address=address: browser.get(address))
        print(f"  {name:<20}{best:>9.1f} ms {queries:>4} queries {size / 1024:>7.1f} KB")


def main() -> None:
    """The sizes that were asked for."""
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        for schools in [int(number) for number in sys.argv[1:]] or [120, 1200]:
            run(schools)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
