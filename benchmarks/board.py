"""How the pages of the roadmap grow: 1, 10 and 100 times the demo (12, 120, 1,200 schools; 40 measures; at 100 times also the
plans of four years before). Prints queries, milliseconds (best of five) and bytes per page, and the time of a fan-out.

Runs in scratch SQLite files; with DATABASE_URL set, in that PostgreSQL server's test database.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
HOME = tempfile.mkdtemp(prefix="nastavnik-bench-")
os.environ["NASTAVNIK_HOME"] = HOME
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nastavnik.config.settings_test")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.db.models import F  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from nastavnik.accounts.enums import Role  # noqa: E402
from nastavnik.accounts.models import Appointment, User  # noqa: E402
from nastavnik.organisations.actions import open_organisation, open_organisations  # noqa: E402
from nastavnik.organisations.calendars import school_year_of  # noqa: E402
from nastavnik.organisations.enums import OrganisationKind  # noqa: E402
from nastavnik.organisations.models import Organisation  # noqa: E402
from nastavnik.roadmap.actions.fanout import fan_out_roadmap  # noqa: E402
from nastavnik.roadmap.actions.plans import create_roadmap  # noqa: E402
from nastavnik.roadmap.enums import RoadmapState  # noqa: E402
from nastavnik.roadmap.models import Assignment, Roadmap  # noqa: E402
from planreader.model import Deadline, DeadlineKind, Measure, Party, Plan, Scope, Section, Span  # noqa: E402
from planreader.model import Role as PlanRole  # noqa: E402

SCHOOLS, MEASURES, SECTIONS, ROUNDS = 12, 40, 5, 5
HEADS = Party("Руководители ОО", PlanRole.SCHOOL_HEAD, Scope.EACH_SCHOOL)


def plan_of(begins: int) -> Plan:
    """Forty measures over the school year that begins then."""

    def measure(number: int) -> Measure:
        day = date(begins + (number % 10 > 3), (number % 10 + 8) % 12 + 1, 15)
        text = "Проведение муниципального семинара для кураторов и наставников организаций"
        return Measure(f"{number // 8 + 1}.{number % 8 + 1}.", text, Deadline(
            f"до {day:%d.%m.%Y}", DeadlineKind.BY, None, day, (Span(None, day),)), (HEADS,))  # fmt: skip

    per = MEASURES // SECTIONS
    sections = tuple(
        Section(f"{place + 1}.", f"Раздел {place + 1}", None, tuple(measure(place * per + one) for one in range(per)))
        for place in range(SECTIONS)
    )
    return Plan(f"Дорожная карта {begins}", Span(date(begins, 9, 1), date(begins + 1, 8, 31)), None, sections)


def build(times: int) -> tuple[User, Roadmap, float]:
    """A municipality of so many schools; returns its leader, its plan at work and the seconds of that plan's fan-out."""
    region = open_organisation(kind=OrganisationKind.REGION, name=f"Область {times}", parent=None, by=None)
    place = open_organisation(kind=OrganisationKind.MUNICIPALITY, name=f"Округ {times}", parent=region, by=None)
    cards = [{"kind": OrganisationKind.SCHOOL, "name": f"Школа № {number + 1}"} for number in range(SCHOOLS * times)]
    open_organisations(cards, parent=place, by=None)
    leader = User(region_id=region.pk, username=f"leader{times}", surname="Рябова", given_name="Нина")
    leader.set_unusable_password()
    leader.save()
    Appointment.objects.create(
        region_id=region.pk, user=leader, organisation=place, role=Role.MUNICIPAL_COORDINATOR, starts_on=date(2020, 1, 1)
    )
    begins = school_year_of(timezone.localdate()).begins
    for year in range(begins - (4 if times >= 100 else 0), begins):
        hand_out(place, year)
        Roadmap.objects.filter(organisation=place).update(state=RoadmapState.ARCHIVED)
    roadmap, seconds = hand_out(place, begins)
    late = Assignment.objects.filter(roadmap=roadmap, due_on__lt=timezone.localdate())
    done = late.filter(organisation__in=[pk for pk in schools_of(place) if pk % 7])
    done.update(state="done", done_on=F("due_on"))
    return leader, roadmap, seconds


def schools_of(place: Organisation) -> list[int]:
    """Keys of the schools."""
    return list(Organisation.objects.filter(municipality=place, kind=OrganisationKind.SCHOOL).values_list("pk", flat=True))


def hand_out(place: Organisation, year: int) -> tuple[Roadmap, float]:
    """A plan of that year, handed out; the seconds that the fan-out took."""
    roadmap = create_roadmap(place, plan_of(year), by=None, source_name=f"План {year}.docx")
    started = time.perf_counter()
    fan_out_roadmap(roadmap, by=None)
    return roadmap, time.perf_counter() - started


def measure_page(ask: Callable[[], Any]) -> tuple[int, float, int]:
    """Queries, best milliseconds of several rounds, bytes."""
    ask()
    with CaptureQueriesContext(connection) as captured:
        answer = ask()
    queries = len(captured)  # counted now: the next request empties the log
    size = sum(map(len, answer.streaming_content)) if answer.streaming else len(answer.content)
    best = min(timed(ask) for _round in range(ROUNDS))
    return queries, best, size


def timed(ask: Callable[[], Any]) -> float:
    """Milliseconds of one answer, read to its end."""
    started = time.perf_counter()
    answer = ask()
    if answer.streaming:
        for _chunk in answer.streaming_content:
            pass
    return (time.perf_counter() - started) * 1000


def addresses(roadmap: Roadmap) -> dict[str, str]:
    """The pages that are measured."""
    assignment = roadmap.assignments.order_by("pk").first()
    listed = reverse("roadmap:assignment_list")
    return {
        "today": reverse("desk:today"), "board": reverse("roadmap:board", args=[roadmap.pk]), "list": f"{listed}?all=1",
        "list late": f"{listed}?state=late", "measure": reverse("roadmap:measure_detail", args=[assignment.measure_id]),
        "detail": reverse("roadmap:assignment_detail", args=[assignment.pk]),
        "cards": reverse("roadmap:kanban"), "month": f"{reverse('roadmap:calendar')}?month={timezone.localdate().year}-09",
        "list by state": f"{listed}?order=-state",
        "board export": reverse("roadmap:board_export", args=[roadmap.pk]),
        "list export": f"{reverse('roadmap:assignment_export')}?state=late",
    }  # fmt: skip


def main() -> None:
    """Build, measure, print."""
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        print(f"{connection.vendor}\n{'':14}{'x':>5}{'queries':>9}{'ms':>9}{'bytes':>10}")
        for times in (1, 10, 100):
            leader, roadmap, seconds = build(times)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            browser = Client()
            browser.force_login(leader)
            for name, address in addresses(roadmap).items():
                queries, best, size = measure_page(partial(browser.get, address))
                print(f"{name:14}{times:>5}{queries:>9}{best:>9.1f}{size:>10}", flush=True)
            print(f"{'fan-out':14}{times:>5}{'':9}{seconds * 1000:>9.0f}{roadmap.assignments.count():>10} assignments", flush=True)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
