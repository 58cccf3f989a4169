"""The test world: one region, two municipalities, and somebody in every role.

Lakeside (Приозёрный округ) has three schools and a partner; Upland (Нагорный округ) is the neighbour whose data must
never show. All people are invented. The world is built once per test database, through the product's own actions, and
every test sees it unchanged.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django_tasks_db.models import DBTaskResult

from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Appointment, User
from nastavnik.jobs.models import Job
from nastavnik.organisations.actions import open_organisation
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.facts import touch_coordinators
from nastavnik.roadmap.actions.fanout import fan_out_roadmap
from nastavnik.roadmap.actions.plans import create_roadmap
from nastavnik.roadmap.models import Assignment, Measure, Roadmap
from planreader.model import Deadline, DeadlineKind, Party, Plan, Scope, Section, Span
from planreader.model import Measure as PlanMeasure
from planreader.model import Role as PlanRole

PASSWORD = "восемь-белых-лодок"
TODAY = date(2026, 11, 25)
LAKESIDE, UPLAND = "lakeside", "upland"
PEOPLE = {
    # user name: (role, organisation, surname, given name, patronymic)
    "region": (Role.REGIONAL_COORDINATOR, "region", "Гордеева", "Инна", "Павловна"),
    "municipal_head": (Role.MUNICIPAL_HEAD, LAKESIDE, "Седова", "Марина", "Олеговна"),
    "municipal": (Role.MUNICIPAL_COORDINATOR, LAKESIDE, "Вершинина", "Ирина", "Львовна"),
    "administrator": (Role.ADMINISTRATOR, LAKESIDE, "Лунин", "Егор", ""),
    "school_head": (Role.SCHOOL_HEAD, "school-1", "Кравцов", "Пётр", "Андреевич"),
    "school": (Role.SCHOOL_COORDINATOR, "school-1", "Орлова", "Анна", "Петровна"),
    "deputy": (Role.DEPUTY_HEAD, "school-1", "Мельник", "Ольга", "Юрьевна"),
    "mentor": (Role.MENTOR, "school-1", "Чижов", "Семён", "Ильич"),
    "school_2": (Role.SCHOOL_COORDINATOR, "school-2", "Фомина", "Дарья", "Игоревна"),
    "partner": (Role.PARTNER_REPRESENTATIVE, "partner", "Зубов", "Лев", "Маркович"),
    "upland": (Role.MUNICIPAL_COORDINATOR, UPLAND, "Канарейкина", "Олеся", "Тимуровна"),
    "upland_school": (Role.SCHOOL_COORDINATOR, "upland-school", "Канарейкин", "Олег", "Тимурович"),
}
# A name, a school and a measure of the neighbour: if one of these words is on a Lakeside page, something leaks.
CANARIES = ("Канарейк", "Нагорн")


@dataclass
class World:
    """Doors to the rows of the world; `world.user("school")`, `world.place("school-1")`."""

    def user(self, name: str) -> User:
        """A fresh User by the key of PEOPLE."""
        return User.objects.get(username=name)

    def place(self, slug: str) -> Organisation:
        """An organisation by its address."""
        return Organisation.objects.get(slug=slug)

    @cached_property
    def roadmap(self) -> Roadmap:
        """Lakeside's roadmap."""
        return Roadmap.objects.get(organisation__slug=LAKESIDE)

    @cached_property
    def upland_roadmap(self) -> Roadmap:
        """The neighbour's roadmap."""
        return Roadmap.objects.get(organisation__slug=UPLAND)

    def measure(self, number: str) -> Measure:
        """A measure of Lakeside's roadmap by its printed number."""
        return self.roadmap.measures.get(number=number)

    def assignment(self, number: str, slug: str, occurrence: int = 0) -> Assignment:
        """What an organisation has to do for a measure of Lakeside's roadmap."""
        return Assignment.objects.get(measure=self.measure(number), organisation__slug=slug, occurrence=occurrence)


def build() -> None:
    """Fill an empty database."""
    region = open_organisation(kind=OrganisationKind.REGION, name="Северная область", parent=None, by=None, slug="region")
    lakeside = open_organisation(kind=OrganisationKind.MUNICIPALITY, name="Приозёрный округ", parent=region, by=None, slug=LAKESIDE)
    for number in (1, 2, 10):
        open_organisation(kind=OrganisationKind.SCHOOL, name=f"Школа № {number}", parent=lakeside, by=None, slug=f"school-{number}")
    open_organisation(kind=OrganisationKind.PARTNER, name="Завод «Маяк»", parent=lakeside, by=None, slug="partner")
    upland = open_organisation(kind=OrganisationKind.MUNICIPALITY, name="Нагорный округ", parent=region, by=None, slug=UPLAND)
    open_organisation(kind=OrganisationKind.SCHOOL, name="Нагорная школа", parent=upland, by=None, slug="upland-school")
    for username, (role, slug, surname, given_name, patronymic) in PEOPLE.items():
        appoint(username, role, Organisation.objects.get(slug=slug), surname, given_name, patronymic)
    for place in (lakeside, upland):
        add_roadmap(place)
    # The plans were handed out at once above; what acceptance queued has nothing left to do.
    Job.objects.all().delete()
    DBTaskResult.objects.all().delete()


def appoint(username: str, role: str, place: Organisation, surname: str, given_name: str, patronymic: str) -> User:
    """One account with one appointment."""
    user = User(
        region_id=place.region_id, username=username, email=f"{username}@example.test", surname=surname,
        given_name=given_name, patronymic=patronymic,
    )  # fmt: skip
    user.set_password(PASSWORD)
    user.save()
    Appointment.objects.create(region_id=place.region_id, user=user, organisation=place, role=role, starts_on=date(2026, 8, 1))
    touch_coordinators([place.pk], by=None)
    return user


def add_roadmap(place: Organisation) -> Roadmap:
    """A small plan with one measure of every kind, handed out."""
    roadmap = create_roadmap(place, plan_of(place), by=None, source_name="Дорожная карта.docx")
    fan_out_roadmap(roadmap, by=None)
    return roadmap


DEPARTMENT = Party("МУ ОО", PlanRole.MUNICIPAL_DEPARTMENT, Scope.MUNICIPALITY)
HEADS = Party("Руководители ОО", PlanRole.SCHOOL_HEAD, Scope.EACH_SCHOOL)
COORDINATORS = Party("кураторы", PlanRole.SCHOOL_COORDINATOR, Scope.EACH_SCHOOL)


def plan_of(place: Organisation) -> Plan:
    """«Дорожная карта» of a municipality for 2026/27."""
    september = Span(date(2026, 9, 1), date(2026, 9, 30))
    decembers = (Span(date(2026, 12, 1), date(2026, 12, 31)), Span(date(2027, 5, 1), date(2027, 5, 31)))
    year = Span(date(2026, 9, 1), date(2027, 8, 31))
    return Plan(
        title=f"Дорожная карта внедрения целевой модели наставничества. {place.name}",
        horizon=year,
        sections=(
            Section(
                "1.",
                "Подготовка условий",
                None,
                (
                    measure("1.1.", "Назначение кураторов", span(september, "Сентябрь 2026"), HEADS),
                    measure("1.2.", "Разработка положения", by(date(2026, 10, 13)), HEADS, COORDINATORS),
                    measure("1.3.", "Утверждение перечня школ", span(september, "Сентябрь 2026"), DEPARTMENT),
                ),
            ),
            Section(
                "2.",
                "Работа пар",
                None,
                (
                    measure("2.1.", "Обучение наставников", Deadline("Согласно графику ОО", DeadlineKind.EXTERNAL), HEADS),
                    measure("2.2.", "Формирование базы наставников", whole(year), COORDINATORS),
                    measure("2.3.", "Мониторинг", listed(decembers), DEPARTMENT, HEADS),
                ),
            ),
        ),
    )


def measure(number: str, text: str, deadline: Deadline, *parties: Party) -> PlanMeasure:
    """A measure of the plan."""
    return PlanMeasure(number, text, deadline, parties)


def span(value: Span, text: str) -> Deadline:
    """A period."""
    return Deadline(text, DeadlineKind.RANGE, value.start, value.end, (value,))


def by(day: date) -> Deadline:
    """«до …»."""
    return Deadline(f"до {day:%d.%m.%Y}", DeadlineKind.BY, None, day, (Span(None, day),))


def whole(year: Span) -> Deadline:
    """The whole period."""
    return Deadline("В течение всего периода", DeadlineKind.WHOLE_PERIOD, year.start, year.end)


def listed(spans: tuple[Span, ...]) -> Deadline:
    """Several periods."""
    return Deadline("Декабрь 2026, май 2027", DeadlineKind.LIST, spans[0].start, spans[-1].end, spans)


def names_on(text: str) -> list[str]:
    """Canaries of the neighbour that occur in a page."""
    return [word for word in CANARIES if word in text]


def untouched(rows: Any) -> Any:
    """A comparable picture of rows, to prove that a refused command changed nothing."""
    return list(rows.order_by("pk").values())
