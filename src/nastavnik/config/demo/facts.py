"""What the system sees by itself in the demo municipality: measures that close by facts, one that opened again, one that a
person overruled, a report received and one returned."""

from datetime import timedelta

from django.utils import timezone

from nastavnik.accounts.actions.appointments import end_appointment
from nastavnik.accounts.models import Appointment, User
from nastavnik.config.demo import places
from nastavnik.organisations.actions import approve_school_list
from nastavnik.organisations.calendars import school_year_of
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.assignments import add_link, mark_assignment
from nastavnik.roadmap.actions.reports import receive_report, return_report
from nastavnik.roadmap.enums import EvidenceKind
from nastavnik.roadmap.models import Assignment, Evidence, Roadmap

LEAVES, OVERRULED, REPORTED = places.SCHOOLS[4].slug, places.SCHOOLS[2].slug, [one.slug for one in places.SCHOOLS[:3]]


def build_facts(roadmap: Roadmap, leader: User) -> None:
    """Through the actions that people's clicks call."""
    approve_list(roadmap.organisation, leader)
    attach_orders(roadmap)
    report(roadmap, leader)
    overrule(roadmap, leader)
    lose_coordinator()


def approve_list(municipality: Organisation, leader: User) -> None:
    """All schools but the last one take part."""
    year = school_year_of(timezone.localdate())
    schools = list(Organisation.objects.below(municipality).schools().order_by("sort_key"))[:-1]
    day = min(year.start + timedelta(days=11), timezone.localdate())
    approve_school_list(municipality, year=year.begins, number="45-о", approved_on=day, schools=schools, by=leader)


def assignment_of(roadmap: Roadmap, code: str, slug: str) -> Assignment:
    """What a school has to do for a built-in measure, the first date of it."""
    rows = roadmap.assignments.filter(measure__template_code=code, organisation__slug=slug)
    return rows.select_related("organisation", "measure").earliest("occurrence")


def worker_of(slug: str) -> User:
    """The coordinator of a school, or its head where there is none."""
    (school,) = [one for one in places.SCHOOLS if one.slug == slug]
    return User.objects.get(username=(school.coordinator or school.head).username)


def attach_orders(roadmap: Roadmap) -> None:
    """Most schools have attached their regulation, fewer their order: those assignments closed by themselves."""
    papers = (("regulation", "Положение о наставничестве", 8), ("school_order", "Приказ о наставничестве", 7))
    for code, title, schools in papers:
        for school in [one for one in places.SCHOOLS if one.slug != OVERRULED or code == "regulation"][:schools]:
            url = f"https://example.org/{school.slug}/{code}"
            by = worker_of(school.slug)
            add_link(assignment_of(roadmap, code, school.slug), title=title, url=url, kind=EvidenceKind.ORDER, by=by)


def report(roadmap: Roadmap, leader: User) -> None:
    """Three reports: one received, one returned, one that waits."""
    waiting: list[Evidence] = [
        add_link(
            assignment_of(roadmap, "internal_monitoring", slug), title="Отчёт о внутреннем мониторинге",
            url=f"https://example.org/{slug}/report", kind=EvidenceKind.REPORT, by=worker_of(slug),
        )
        for slug in REPORTED
    ]  # fmt: skip
    receive_report(waiting[0], by=leader)
    return_report(waiting[1], comment="Нет таблицы по формам наставничества.", by=leader)


def overrule(roadmap: Roadmap, leader: User) -> None:
    """A regulation that the department has seen on paper."""
    assignment = assignment_of(roadmap, "school_order", OVERRULED)
    reason = "Приказ видели на бумаге при выезде в школу, скан пришлют позже."
    mark_assignment(assignment, state="done", reason=reason, by=leader)


def lose_coordinator() -> None:
    """A coordinator has left: what was closed by the appointment is open again, and the head of the school is told."""
    held = Appointment.objects.in_force(timezone.localdate()).get(organisation__slug=LEAVES, role="school_coordinator")
    yesterday = timezone.localdate() - timedelta(days=1)
    end_appointment(held, on=yesterday, reason="Перешла в другую школу.", by=None)
