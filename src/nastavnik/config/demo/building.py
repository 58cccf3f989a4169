"""Builds the demo municipality through the actions that people's clicks call, so that its history is a real one."""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from nastavnik.accounts.actions.appointments import appoint
from nastavnik.accounts.actions.people import open_account
from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import User
from nastavnik.config.demo import places, timeline
from nastavnik.config.demo.accounts import build_log_ins
from nastavnik.config.demo.approval import build_approval
from nastavnik.config.demo.cascade import build_cascade, carry_one_over
from nastavnik.config.demo.facts import build_facts
from nastavnik.config.demo.monitoring import build_monitoring
from nastavnik.config.demo.reminders import remind
from nastavnik.config.demo.views import build_views
from nastavnik.jobs.worker import run_pending
from nastavnik.organisations.actions import open_organisation
from nastavnik.organisations.calendars import school_year_of
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.assignments import add_link, mark_assignment, name_own_date
from nastavnik.roadmap.actions.drafts import accept_draft
from nastavnik.roadmap.actions.reminders import remind_schools, reminder_for, reminder_text
from nastavnik.roadmap.actions.templates import start_from_template
from nastavnik.roadmap.models import Assignment, Roadmap

NOTES = (
    "Ждём подписи директора.", "Куратор на больничном, закончим на этой неделе.", "Готов черновик, согласуем с педсоветом.",
    "Собрали половину, остальное после каникул.",
)  # fmt: skip


def is_built() -> bool:
    """Is the demo municipality there?"""
    return Organisation.objects.filter(slug=places.MUNICIPALITY[0]).exists()


def build() -> None:
    """Region, two municipalities, schools, people, a plan of this school year in mid-course."""
    municipality = build_places()
    leader = build_people(municipality)
    draft = start_from_template(municipality, year=school_year_of(timezone.localdate()), by=leader)
    roadmap = accept_draft(draft, by=leader)
    run_pending()
    work_on(roadmap, leader)
    build_cascade(municipality)
    timeline.plan_in_order(roadmap, leader)
    build_approval(municipality, roadmap)
    carry_one_over()
    build_facts(roadmap, leader)
    build_monitoring(municipality, leader)
    build_views(roadmap, leader)
    remind(municipality, leader)
    build_log_ins()


def build_places() -> Organisation:
    """Organisations; returns the municipality."""
    region = open_place(OrganisationKind.REGION, places.REGION, None)
    municipality = open_place(OrganisationKind.MUNICIPALITY, places.MUNICIPALITY, region)
    neighbour = open_place(OrganisationKind.MUNICIPALITY, places.NEIGHBOUR, region)
    open_place(OrganisationKind.SCHOOL, (*places.NEIGHBOUR_SCHOOL, ""), neighbour)
    open_place(OrganisationKind.PARTNER, (*places.PARTNER[:2], ""), municipality)
    for school in places.SCHOOLS:
        head = school.head
        open_organisation(
            kind=OrganisationKind.SCHOOL, name=school.name, full_name=school.full_name, address=school.address, slug=school.slug,
            parent=municipality, by=None, head_post="директор", head_name=f"{head.surname} {head.given_name} {head.patronymic}",
        )  # fmt: skip
    return municipality


def open_place(kind: str, words: tuple[str, str, str], parent: Organisation | None) -> Organisation:
    """One organisation from (address, name, full name)."""
    slug, name, full_name = words
    return open_organisation(kind=kind, name=name, full_name=full_name, slug=slug, parent=parent, by=None)


def build_people(municipality: Organisation) -> User:
    """Accounts in every role; returns the municipal coordinator."""
    region = municipality.region
    since = school_year_of(timezone.localdate()).start - timedelta(days=20)
    for role, person in places.STAFF.items():
        hold(person, role, region if role == Role.REGIONAL_COORDINATOR else municipality, since)
    for school in places.SCHOOLS:
        place = Organisation.objects.get(slug=school.slug)
        hold(school.head, Role.SCHOOL_HEAD, place, since)
        if school.coordinator:
            hold(school.coordinator, Role.SCHOOL_COORDINATOR, place, since)
    hold(places.DEPUTY, Role.DEPUTY_HEAD, Organisation.objects.get(slug=places.SCHOOLS[0].slug), since)
    hold(places.PARTNER[2], Role.PARTNER_REPRESENTATIVE, Organisation.objects.get(slug=places.PARTNER[0]), since)
    hold(places.NEIGHBOUR_STAFF, Role.MUNICIPAL_COORDINATOR, Organisation.objects.get(slug=places.NEIGHBOUR[0]), since)
    # One person with two appointments: the coordinator of school 1 also is the deputy head of the lyceum.
    appoint(
        User.objects.get(username=places.SCHOOLS[0].coordinator.username),  # type: ignore[union-attr]
        Organisation.objects.get(slug=places.SCHOOLS[3].slug), role=Role.DEPUTY_HEAD, starts_on=since, by=None,
    )  # fmt: skip
    return User.objects.get(username=places.STAFF["municipal_coordinator"].username)


def hold(person: places.Somebody, role: str, place: Organisation | None, since: date) -> User:
    """An account with the demo password and one appointment."""
    assert place is not None  # noqa: S101 -- tells the type checker that a municipality has a region
    user = open_account(
        place, username=person.username, surname=person.surname, given_name=person.given_name, patronymic=person.patronymic, by=None
    )
    user.set_password(places.PASSWORD)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    appoint(user, place, role=role, starts_on=since, by=None)
    return user


def work_on(roadmap: Roadmap, leader: User) -> None:
    """What schools and the department have done by today: in time, late, not yet, by the diligence of each. What hangs on
    facts is left to `facts`."""
    today, chance = timezone.localdate(), Random(roadmap.organisation.slug)  # noqa: S311 -- the same demo every time
    diligence = {school.slug: school.diligence for school in places.SCHOOLS}
    workers = {school.slug: (school.coordinator or school.head).username for school in places.SCHOOLS}
    people = {user.username: user for user in User.objects.filter(username__in=workers.values())}
    rows = (
        roadmap.assignments.filter(measure__facts=None)
        .select_related("organisation", "measure")
        .order_by("organisation__sort_key", "measure__position", "occurrence")
    )
    for assignment in rows:
        slug = assignment.organisation.slug
        by = people.get(workers.get(slug, ""), leader)
        work_on_one(assignment, by=by, diligence=diligence.get(slug, 0.9), today=today, chance=chance)
    remind_of_the_first_late_measure(roadmap, leader, today)


def remind_of_the_first_late_measure(roadmap: Roadmap, leader: User, today: date) -> None:
    """One reminder that has gone out, so that inboxes are not empty."""
    late = Assignment.objects.filter(roadmap=roadmap).late(today)
    for measure in roadmap.measures.filter(assignments__in=late).distinct().order_by("position"):
        reminder = reminder_for(measure, leader)
        if reminder.people:
            remind_schools(reminder, text=reminder_text(measure), by=leader)
            return


def work_on_one(assignment: Assignment, *, by: User, diligence: float, today: date, chance: Random) -> None:
    """One assignment in mid-course."""
    if assignment.awaits_date:
        if chance.random() < diligence - 0.3:
            name_own_date(assignment, due_on=today + timedelta(days=chance.randint(10, 60)), by=by)
    elif assignment.due_on is None or assignment.due_on > today + timedelta(days=21):
        if chance.random() < diligence - 0.4 and assignment.due_on is None:
            mark_assignment(assignment, state="in_progress", note="", by=by)
    elif assignment.due_on >= today:
        if chance.random() < diligence - 0.2:
            mark_assignment(assignment, state="in_progress", note=chance.choice(NOTES), by=by)
    else:
        close_one(assignment, by=by, diligence=diligence, today=today, chance=chance)


def close_one(assignment: Assignment, *, by: User, diligence: float, today: date, chance: Random) -> None:
    """One assignment whose deadline is over: done by most schools, begun by some, forgotten by others."""
    if chance.random() < diligence:
        lateness = chance.choice([-9, -6, -4, -3, -2, -1, 0, 0, 3])
        done_on = min((assignment.due_on or today) + timedelta(days=lateness), today)
        mark_assignment(assignment, state="done", note="", done_on=done_on, by=by)
        if chance.random() < 0.5:
            number = assignment.measure.position + 1
            add_link(assignment, title="Страница школы", url=f"https://example.org/{assignment.organisation.slug}/{number}", by=by)
    elif chance.random() < 0.4:
        mark_assignment(assignment, state="in_progress", note=chance.choice(NOTES), by=by)
    elif chance.random() < 0.15:
        mark_assignment(assignment, state="not_applicable", reason="Начальная школа: старших классов нет.", by=by)
