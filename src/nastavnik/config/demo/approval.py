"""Papers in mid-course: the municipal plan approved and amended once, schools' plans in every stage, one returned."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from nastavnik.accounts.models import User
from nastavnik.config.demo import places
from nastavnik.jobs.worker import run_pending
from nastavnik.organisations.calendars import school_year_of
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.amendments import Act
from nastavnik.roadmap.actions.approval import approve_roadmap, hand_for_signature
from nastavnik.roadmap.actions.endorsement import endorse_roadmap, return_roadmap
from nastavnik.roadmap.actions.plans import add_measure, change_measure, create_roadmap
from nastavnik.roadmap.actions.terms import change_terms
from nastavnik.roadmap.enums import Purpose
from nastavnik.roadmap.models import Roadmap
from nastavnik.roadmap.queries.plans import as_value, horizon_of
from planreader.deadlines import read_deadline
from planreader.model import Measure, Plan, Section, Span
from planreader.parties import read_parties

ENDORSED = ("shkola-1", "shkola-2", "shkola-4", "shkola-12")
WAITING = ("shkola-3", "shkola-5", "shkola-6", "shkola-8")
RETURNED, SUBMITTED, PROJECT = "shkola-9", "shkola-7", "shkola-10"
AMENDED = "shkola-2"
COMMENT = (
    "Пункт 1.2: назовите день, до которого издаёте приказ о закреплении пар.\n"
    "Добавьте итоговый мониторинг в мае: без него не свести отчёт округа."
)  # fmt: skip
LINES = (
    ("Подготовка", (
        ("Назначить куратора наставничества приказом", "до 10 сентября {year1}", "Директор", "Приказ"),
        ("Сформировать пары и закрепить их приказом", "октябрь {year1}", "Куратор ОО", "Приказ, список пар"),
        ("Собрать согласия родителей", "до 25 сентября {year1}", "Куратор ОО", "Согласия"),
    )),
    ("Работа пар", (
        ("Провести первую встречу каждой пары", "до 1 ноября {year1}", "Наставники", "Записи о встречах"),
        ("Встречаться не реже двух раз в месяц", "ежемесячно", "Наставники", "Записи о встречах"),
        ("Провести школу наставника", "ноябрь {year1}, февраль {year2}", "Куратор ОО", "Программа занятий"),
    )),
    ("Итоги", (
        ("Провести входной мониторинг", "декабрь {year1}", "Куратор ОО", "Отчёт"),
        ("Подвести итоги года на педсовете", "до 31 мая {year2}", "Заместитель директора", "Протокол"),
    )),
)  # fmt: skip


def build_approval(municipality: Organisation, roadmap: Roadmap) -> None:
    """Terms, the municipal plan with its order and amendment, and the plans of the schools."""
    leader, head = account(places.STAFF["municipal_coordinator"]), account(places.STAFF["municipal_head"])
    start = school_year_of(timezone.localdate()).start
    change_terms(municipality, endorse_days=10, correct_days=5, hand_in_on=start + timedelta(days=30), endorse_amendments=True,
                 version=1, by=leader)  # fmt: skip
    approve_roadmap(roadmap, number="214-о", on=past(start, 2), post="Начальник управления образования", name=head.short_name,
                    protocol="совет управления, № 6", by=head)  # fmt: skip
    amend(roadmap, Act("260-о", past(start, 40)), leader)
    for number, school in enumerate(places.SCHOOLS, start=1):
        if school.slug in (*ENDORSED, *WAITING, RETURNED, SUBMITTED, PROJECT):
            build_one(school, number, start, leader)
    run_pending()


def account(person: places.Somebody) -> User:
    """The account of an invented person."""
    return User.objects.get(username=person.username)


def past(start: date, days: int) -> date:
    """A day of this school year that is not to come."""
    return min(start + timedelta(days=days), timezone.localdate())


def amend(roadmap: Roadmap, act: Act, leader: User) -> None:
    """The department has moved one day and added a measure, both by one order."""
    reason = "Письмо министерства: форум наставников перенесён"
    rows = roadmap.measures.select_related("roadmap__organisation", "section__roadmap__organisation")
    last = rows.order_by("-position")[0]
    value, year = as_value(last), school_year_of(timezone.localdate()).begins
    moved = read_deadline(f"до 20 июня {year + 1} г.", horizon=horizon_of(roadmap))
    change_measure(
        last, number=value.number, text=value.text, deadline=moved, parties=value.parties,
        result=value.result or "", version=last.version, reason=reason, act=act, by=leader,
    )  # fmt: skip
    add_measure(
        last.section, number="", text="Принять участие в областном форуме наставников", parties=read_parties("Кураторы ОО"),
        deadline=read_deadline(f"апрель {year + 1} г.", horizon=horizon_of(roadmap)), reason=reason, act=act, by=leader,
    )  # fmt: skip


def build_one(school: places.School, number: int, start: date, leader: User) -> None:
    """The plan of one school, as far as it has come. School 5 entered its approval from the paper."""
    place, head = Organisation.objects.get(slug=school.slug), account(school.head)
    coordinator = account(school.coordinator) if school.coordinator else head
    roadmap = own_plan(place, start.year, coordinator)
    if school.slug == PROJECT:
        return
    if school.slug == SUBMITTED:
        hand_for_signature(roadmap, comment="Сроки сверены с планом управления.", by=coordinator)
        return
    paper = {"number": f"{60 + number}-од", "on": past(start, 20 + number), "post": "Директор", "name": head.short_name}
    if school.slug == "shkola-5":
        scan = SimpleUploadedFile("Приказ 65-од.txt", "Об утверждении дорожной карты".encode())
        approve_roadmap(roadmap, **paper, scan=scan, by=coordinator)
    else:
        approve_roadmap(roadmap, **paper, protocol="педсовет, № 2", by=head)
    if school.slug == RETURNED:
        return_roadmap(roadmap, comment=COMMENT, by=leader)
    elif school.slug in ENDORSED:
        endorse_roadmap(roadmap, number=f"{300 + number}", on=past(start, 45), by=leader)
    if school.slug == AMENDED:
        amend(roadmap, Act("74-од", past(start, 60)), coordinator)


def own_plan(place: Organisation, year: int, by: User) -> Roadmap:
    """The plan that the school has already, else one of its own."""
    found = Roadmap.objects.active().filter(organisation=place, purpose=Purpose.WORK).order_by("-created_at").first()
    return found or create_roadmap(place, plan_of(place, year), by=by)


def plan_of(place: Organisation, year: int) -> Plan:
    """A small plan of a school."""
    years, horizon = {"year1": year, "year2": year + 1}, Span(date(year, 9, 1), date(year + 1, 8, 31))
    sections = [
        Section(f"{at}.", title, None, tuple(
            Measure(f"{at}.{number}.", text, read_deadline(days.format(**years), horizon=horizon), read_parties(who), result)
            for number, (text, days, who, result) in enumerate(lines, start=1)
        ))
        for at, (title, lines) in enumerate(LINES, start=1)
    ]  # fmt: skip
    title = f"Дорожная карта наставничества на {year}/{year + 1} учебный год. {place.name}"
    return Plan(title, horizon, None, tuple(sections))
