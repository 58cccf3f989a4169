"""How the daily digest grows: 500 and 5,000 people (two per school, 40 measures, a department per 100 schools). Prints people,
messages, queries, seconds and the memory that the run itself needed.

Runs in a scratch SQLite file; with DATABASE_URL set, in that PostgreSQL server's test database.
"""

import os
import sys
import tempfile
import time
import tracemalloc
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
os.environ["NASTAVNIK_HOME"] = tempfile.mkdtemp(prefix="nastavnik-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nastavnik.config.settings_test")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

from nastavnik.accounts.enums import Role  # noqa: E402
from nastavnik.accounts.models import Appointment, User  # noqa: E402
from nastavnik.notifications.models import Message  # noqa: E402
from nastavnik.organisations.actions import open_organisation, open_organisations  # noqa: E402
from nastavnik.organisations.enums import OrganisationKind  # noqa: E402
from nastavnik.organisations.models import Organisation  # noqa: E402
from nastavnik.roadmap.actions.digests import send_digests  # noqa: E402
from nastavnik.roadmap.models import Assignment, Digest, DigestRun, Measure, Roadmap, Section  # noqa: E402

SCHOOLS, MEASURES = 100, 40
DAY = date(2026, 11, 25)


def build(people: int) -> None:
    """So many people in municipalities of a hundred schools, each school with a plan's assignments around the day."""
    region = open_organisation(kind=OrganisationKind.REGION, name=f"Область {people}", parent=None, by=None)
    for number in range(-(-people // (2 * SCHOOLS + 1))):
        place = open_organisation(kind=OrganisationKind.MUNICIPALITY, name=f"Округ {people}-{number}", parent=region, by=None)
        cards = [{"kind": OrganisationKind.SCHOOL, "name": f"Школа № {one + 1}"} for one in range(SCHOOLS)]
        schools = open_organisations(cards, parent=place, by=None)
        appoint([place], Role.MUNICIPAL_COORDINATOR)
        appoint(schools, Role.SCHOOL_COORDINATOR)
        appoint(schools, Role.SCHOOL_HEAD)
        hand_out(place, schools)


def appoint(places: list[Organisation], role: str) -> None:
    """One account per place."""
    users = [
        User(region_id=place.region_id, username=f"{role}{place.pk}", surname="Рябова", given_name="Нина", sort_key="рябова")
        for place in places
    ]
    User.objects.bulk_create(users)
    Appointment.objects.bulk_create(
        Appointment(region_id=place.region_id, user=user, organisation=place, role=role, starts_on=date(2020, 1, 1))
        for place, user in zip(places, users, strict=True)
    )


def hand_out(place: Organisation, schools: list[Organisation]) -> None:
    """Forty measures, a third of them spoken of on the day; every seventh school has done nothing, all others most."""
    roadmap = Roadmap.objects.create(region_id=place.region_id, organisation=place, title="Дорожная карта")
    section = Section.objects.create(region_id=place.region_id, roadmap=roadmap, position=0, title="Раздел")
    text = "Проведение муниципального семинара для кураторов и наставников организаций"
    measures = [
        Measure(region_id=place.region_id, roadmap=roadmap, section=section, position=one, number=f"1.{one + 1}.", text=text,
                search_text="")
        for one in range(MEASURES)
    ]  # fmt: skip
    Measure.objects.bulk_create(measures)
    Assignment.objects.bulk_create(
        (
            Assignment(
                region_id=place.region_id, roadmap=roadmap, measure=measure, organisation=school,
                due_on=DAY + timedelta(days=(measure.position - 25) * 5 + measure.position % 3),
                state="planned" if school.pk % 7 == 0 or measure.position >= 24 else "done", done_on=DAY,
            )
            for measure in measures for school in schools
        ),
        batch_size=2000,
    )  # fmt: skip


def measured(people: int) -> str:
    """One run over everybody, once for time and once for queries and memory."""
    began = time.perf_counter()
    sent = send_digests(DAY)
    seconds = time.perf_counter() - began
    Digest.objects.all().delete()
    DigestRun.objects.all().delete()
    Message.objects.all().delete()
    tracemalloc.start()
    with CaptureQueriesContext(connection) as captured:
        send_digests(DAY)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return f"{people:>8}{sent:>10}{len(captured):>9}{seconds:>9.1f}{peak:>8.0f}"


def main() -> None:
    """Build, run, print."""
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        print(f"{connection.vendor}\n{'people':>8}{'messages':>10}{'queries':>9}{'seconds':>9}{'MB':>8}")
        for people in (500, 5000):
            with transaction.atomic():
                build(people)
                print(measured(User.objects.count()), flush=True)
                transaction.set_rollback(True)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
