"""What «Сегодня» shows."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Appointment
from nastavnik.core.duties import Duty
from nastavnik.desk.queries.deputies import all_duties_of
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import OPEN_STATES
from nastavnik.roadmap.models import Assignment, Roadmap
from nastavnik.roadmap.queries.lists import at_work
from nastavnik.roadmap.queries.plans import NO_TALLY, Tally, counted, tally_columns

MOST_DUTIES, LEAST_DECISIONS = 10, 3
MOST_DRAWN, MOST_NAMED = 60, 8
FIVE_WEEKS = timedelta(weeks=5)


@dataclass(frozen=True)
class Today:
    """The duties in their groups; `hidden` is how many did not fit."""

    late: list[Duty]
    week: list[Duty]
    later: list[Duty]
    waiting: list[Duty]
    hidden: int

    @property
    def shown(self) -> list[Duty]:
        """All that are shown, in order."""
        return [*self.late, *self.week, *self.later, *self.waiting]

    @property
    def number(self) -> int:
        """How many are shown."""
        return len(self.shown)

    @property
    def first(self) -> Duty | None:
        """The worst one, which gets the only filled button."""
        return next(iter(self.shown), None)


def today_of(user: Any, day: date, *, everything: bool = False) -> Today:
    """At most ten, worst first; a few places are kept for decisions, so that late work never hides them all."""
    found = all_duties_of(user, day)
    shown = found if everything else chosen(found)
    sunday = day + timedelta(days=6 - day.weekday())
    return Today(
        late=[duty for duty in shown if duty.due_on and duty.due_on < day],
        week=[duty for duty in shown if duty.due_on and day <= duty.due_on <= sunday],
        later=[duty for duty in shown if duty.due_on and duty.due_on > sunday],
        waiting=[duty for duty in shown if duty.due_on is None],
        hidden=len(found) - len(shown),
    )


def chosen(found: list[Duty]) -> list[Duty]:
    """The ten that are shown."""
    dated, waiting = [duty for duty in found if duty.due_on], [duty for duty in found if not duty.due_on]
    places = MOST_DUTIES - min(len(waiting), LEAST_DECISIONS)
    dated = dated[:places]
    return [*dated, *waiting[: MOST_DUTIES - len(dated)]]


@dataclass(frozen=True, slots=True)
class Place:
    """A school or a municipality in the aside, with its tally."""

    name: str
    slug: str
    tally: Tally


@dataclass(frozen=True)
class Readiness:
    """The aside: the plan at work with its schools (for the region: the municipalities), next dates; or the steps of a
    municipality that begins."""

    dates: list[tuple[date, int]]
    roadmap_id: Any = None
    tally: Tally = NO_TALLY
    schools: list[Place] = field(default_factory=list)
    municipalities: list[Place] = field(default_factory=list)
    steps: list["Step"] = field(default_factory=list)

    @property
    def ready(self) -> int:
        """Schools with nothing late."""
        return sum(not school.tally.late for school in self.schools)

    @property
    def next_step(self) -> "Step | None":
        """The first step that is not done."""
        return next((step for step in self.steps if not step.done), None)

    @property
    def drawn(self) -> list[Place]:
        """Schools as a strip, as long as there are not too many to tell apart."""
        return self.schools if len(self.schools) <= MOST_DRAWN else []

    @property
    def latest(self) -> list[Place]:
        """The schools with most late assignments."""
        late = [school for school in self.schools if school.tally.late]
        return sorted(late, key=lambda school: -school.tally.late)[:MOST_NAMED]


def readiness(user: Any, day: date) -> Readiness:
    """Two queries, whatever the number of schools; three more for a municipality that begins."""
    if not user.may("roadmap.view_roadmap"):
        return Readiness([])
    rows = at_work(Assignment.objects.visible_to(user), user)
    dates, kind = next_dates(rows, day), user.appointment.organisation.kind
    if kind == OrganisationKind.REGION:
        return Readiness(dates, municipalities=municipalities_of(rows))
    plan = newest_plan(rows)
    if not plan:
        return Readiness(dates, steps=first_steps(user, day) if user.may("roadmap.remind_schools") else [])
    whole = Tally(*(sum(getattr(tally, part) for tally in plan.values()) for part in ("required", "done", "late")))
    schools = [Place(key[4], key[5], tally) for key, tally in sorted(plan.items()) if key[2] == OrganisationKind.SCHOOL != kind]
    return Readiness(dates, roadmap_id=next(iter(plan))[1], tally=whole, schools=schools)


def newest_plan(rows: Any) -> dict[tuple[Any, ...], Tally]:
    """Tallies of the organisations of the newest plan: (made, plan, kind, order, name, address) > tally."""
    # Names are taken by Min, not grouped by: grouping forty thousand rows by texts would cost a second.
    names = {column: Min(f"organisation__{column}") for column in ("kind", "sort_key", "name", "slug")}
    grouped = rows.order_by().values("roadmap_id", "organisation_id").annotate(
        made=Min("roadmap__created_at"), **names, **tally_columns()
    )  # fmt: skip
    groups = {
        (one["made"], one["roadmap_id"], one["kind"], one["sort_key"], one["name"], one["slug"]): Tally(
            one["required"], one["done"], one["late_ones"]
        )
        for one in grouped
    }
    newest = max(groups, default=(None, None))[1]
    return {key: tally for key, tally in groups.items() if key[1] == newest}


def municipalities_of(rows: Any) -> list[Place]:
    """Municipalities with their tallies over all plans at work."""
    groups = counted(rows, *(f"organisation__municipality__{column}" for column in ("sort_key", "name", "slug")))
    return [Place(name, slug, tally) for (_order, name, slug), tally in sorted(groups.items(), key=str) if name]


def next_dates(rows: Any, day: date) -> list[tuple[date, int]]:
    """The next days on which something is due, with the number of open assignments."""
    soon = rows.filter(state__in=OPEN_STATES, awaits_date=False, due_on__gte=day, due_on__lte=day + FIVE_WEEKS)
    return list(soon.order_by("due_on").values_list("due_on").annotate(Count("pk"))[:5])


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a municipality that begins; `action` is empty while there is nothing to do yet."""

    done: bool
    words: str
    note: str
    action: str
    url: str


def first_steps(user: Any, day: date) -> list[Step]:
    """«Готовность к 1 сентября»: what makes a municipality ready: schools, people, the plan, its days. Three queries."""
    heads = Appointment.objects.in_force(day).filter(role=Role.SCHOOL_HEAD).values("organisation_id")
    schools = Organisation.objects.visible_to(user).schools().active(day)
    counts = schools.aggregate(
        all=Count("pk"), headless=Count("pk", filter=~Q(pk__in=heads)), first=Min("slug", filter=~Q(pk__in=heads))
    )
    accepted = Roadmap.objects.led_by(user).working().exists()
    unsettled = at_work(Assignment.objects.visible_to(user), user).shown_as("ask", day).exists()
    people = reverse("accounts:appoint_form", args=[counts["first"]]) if counts["first"] else reverse("accounts:staff_list")
    return [
        Step(counts["all"] > 0, _("Список школ"), _("Школ: %(count)s") % {"count": counts["all"]}, _("Загрузить школы"),
             reverse("organisations:import_schools")),
        Step(counts["all"] > 0 and not counts["headless"], _("Руководитель назначен в каждой школе"),
             _("Без руководителя школ: %(count)s") % {"count": counts["headless"]}, _("Назначить"), people),
        Step(accepted, _("Дорожная карта принята"), _("Файл Word, Excel, PDF или готовый образец"), _("Загрузить план"),
             reverse("roadmap:upload_plan")),
        Step(accepted and not unsettled, _("Сроки ясны"), _("То, что план оставил без даты, уточняется после принятия"),
             _("Уточнить сроки") if accepted else "", reverse("roadmap:unsettled_list")),
    ]  # fmt: skip
