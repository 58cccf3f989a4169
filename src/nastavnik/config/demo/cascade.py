"""A model roadmap in mid-course: sent to all schools, adapted by some, changed since; one school has a conflict to decide."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from nastavnik.accounts.models import User
from nastavnik.config.demo import places
from nastavnik.jobs.worker import run_pending
from nastavnik.organisations.calendars import school_year_of
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.assignments import add_link, mark_assignment
from nastavnik.roadmap.actions.drafts import accept_draft
from nastavnik.roadmap.actions.plans import add_measure, change_measure, remove_measure
from nastavnik.roadmap.actions.publishing import publish_model, publishing_text
from nastavnik.roadmap.actions.rolling import roll_over
from nastavnik.roadmap.actions.sending import send_changes
from nastavnik.roadmap.actions.templates import start_from_template
from nastavnik.roadmap.enums import OPEN_STATES, Purpose
from nastavnik.roadmap.models import Assignment, Measure, Roadmap
from nastavnik.roadmap.queries.plans import as_value, horizon_of
from nastavnik.roadmap.queries.rolling import EVERYTHING, rolling_of
from planreader.deadlines import read_deadline
from planreader.parties import read_parties

LATE_ANYWAY = ("shkola-7", "shkola-9")


def build_cascade(municipality: Organisation) -> None:
    """The model, its copies, what schools have made of them, and a later addition."""
    leader = User.objects.get(username=places.STAFF["municipal_coordinator"].username)
    draft = start_from_template(municipality, year=school_year_of(timezone.localdate()), by=leader, purpose=Purpose.MODEL)
    model = accept_draft(draft, by=leader)
    publish_model(model, chosen=None, text=publishing_text(model), by=leader)
    run_pending()
    adapt(model)
    for copy in model.copies.select_related("organisation"):
        close_past(copy)
    change_later(model, leader)
    send_changes(Roadmap.objects.get(pk=model.pk), text="В типовую карту добавлено занятие для кураторов.", by=leader)
    run_pending()


def close_past(copy: Roadmap) -> None:
    """What is over is done in most schools: a proof closes what hangs on one, other facts come with the paper."""
    today = timezone.localdate()
    worker = worker_of(copy.organisation.slug)
    if copy.organisation.slug in LATE_ANYWAY:
        return
    rows = Assignment.objects.filter(roadmap=copy, state__in=OPEN_STATES, due_on__lt=today).order_by("due_on", "pk")
    for one in rows.prefetch_related("measure__facts"):
        facts = [fact.code for fact in one.measure.facts.all()]
        if not facts:
            mark_assignment(one, state="done", done_on=(one.due_on or today) - timedelta(days=2), by=worker)
        elif facts == ["evidence_uploaded"]:
            add_link(one, title="Приказ и положение", url=f"https://example.org/{copy.organisation.slug}/papers", by=worker)


def worker_of(slug: str) -> User:
    """The coordinator of a school, its head where it has none."""
    school = next(one for one in places.SCHOOLS if one.slug == slug)
    return User.objects.get(username=(school.coordinator or school.head).username)


def adapt(model: Roadmap) -> None:
    """Three schools have made the model their own."""
    lyceum, rural, small = (copy_of(model, slug) for slug in ("shkola-4", "shkola-7", "shkola-10"))
    reword(
        line(lyceum, "own_practice"), worker_of("shkola-4"), "Конкурс практик проходит в лицее раньше", deadline="до 10.12.{year1}"
    )
    reword(line(rural, "own_training"), worker_of("shkola-7"), "Учим вместе с соседней школой",
           text="Обучить наставников вместе с Озёрской школой", deadline="декабрь {year1}")  # fmt: skip
    value = as_value(line(rural, "own_site"))
    add_measure(line(rural, "own_site").section, number="6.5.", text="Провести вечер встречи наставников в сельском клубе",
                deadline=read_deadline(f"март {year_of(model) + 1}", horizon=horizon_of(model)), parties=value.parties,
                by=worker_of("shkola-7"))  # fmt: skip
    remove_measure(line(small, "own_advice"), reason="В школе два наставника", by=worker_of("shkola-10"))


def change_later(model: Roadmap, leader: User) -> None:
    """The department moves one day, rewords one line and adds one."""
    reword(
        line(model, "own_training"),
        leader,
        "Просьба школ",
        text="Обучить наставников: первая встреча, границы, записи, безопасность",
    )
    reword(line(model, "own_december"), leader, "Срок региона", deadline="до 18.12.{year1}")
    near = line(model, "own_advice")
    add_measure(near.section, number="4.6.", text="Принять участие в занятии управления для кураторов",
                deadline=read_deadline(f"декабрь {year_of(model)}", horizon=horizon_of(model)),
                parties=read_parties("Куратор ОО"), by=leader)  # fmt: skip


def copy_of(model: Roadmap, slug: str) -> Roadmap:
    """The copy of a school."""
    return Roadmap.objects.get(model=model, organisation__slug=slug)


def line(roadmap: Roadmap, code: str) -> Measure:
    """A line by the code of the built-in plan."""
    return Measure.objects.select_related("roadmap__organisation", "section__roadmap__organisation").get(
        roadmap=roadmap, template_code=code
    )


def year_of(roadmap: Roadmap) -> int:
    """The calendar year in which the plan begins."""
    return roadmap.starts_on.year if roadmap.starts_on else timezone.localdate().year


def reword(measure: Measure, by: Any, reason: str, *, text: str = "", deadline: str = "") -> None:
    """Change a line as the form does."""
    value, roadmap = as_value(measure), measure.roadmap
    read = read_deadline(deadline.format(year1=year_of(roadmap)), horizon=horizon_of(roadmap)) if deadline else value.deadline
    change_measure(
        measure, number=value.number, text=text or value.text, deadline=read, parties=value.parties, result=value.result or "",
        version=measure.version, reason=reason, by=by,
    )  # fmt: skip


def carry_one_over() -> None:
    """One school has begun next year's roadmap from this year's."""
    plan = Roadmap.objects.select_related("organisation").get(organisation__slug="shkola-12", purpose=Purpose.WORK)
    roll_over(rolling_of(plan, years=1, which=EVERYTHING), by=worker_of("shkola-12"))
    run_pending()
