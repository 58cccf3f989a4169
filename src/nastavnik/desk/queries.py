"""What «Сегодня» and the search show."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from nastavnik.accounts.models import Appointment
from nastavnik.core.duties import Duty, duties_of
from nastavnik.core.text import search_form
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import OPEN_STATES, RoadmapState
from nastavnik.roadmap.models import Assignment, Measure, Roadmap
from nastavnik.roadmap.queries.plans import Tally, counted

MOST_DUTIES = 10
MOST_FOUND = 8
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Today:
    """The duties in their groups; `hidden` is how many did not fit."""

    late: list[Duty]
    soon: list[Duty]
    waiting: list[Duty]
    hidden: int

    @property
    def number(self) -> int:
        """How many are shown."""
        return len(self.late) + len(self.soon) + len(self.waiting)


def today_of(user: Any, day: date) -> Today:
    """At most ten, worst first."""
    found = duties_of(user, day)
    shown = found[:MOST_DUTIES]
    return Today(
        late=[duty for duty in shown if duty.due_on and duty.due_on < day],
        soon=[duty for duty in shown if duty.due_on and duty.due_on >= day],
        waiting=[duty for duty in shown if duty.due_on is None],
        hidden=len(found) - len(shown),
    )


@dataclass(frozen=True)
class Readiness:
    """The aside: the plan at work, schools that have nothing late, next dates; or the steps of a municipality that begins."""

    roadmap: Roadmap | None
    tally: Tally
    schools: list[tuple[str, str, int]]
    dates: list[tuple[date, int]]
    steps: list[tuple[bool, str, str, str]]

    @property
    def ready(self) -> int:
        """Schools with nothing late."""
        return sum(not late for _name, _slug, late in self.schools)


def readiness(user: Any, day: date) -> Readiness:
    """Five queries, whatever the number of schools."""
    if not user.may("roadmap.view_roadmap"):
        return Readiness(None, Tally(0, 0, 0), [], [], [])
    roadmap = Roadmap.objects.visible_to(user).active().order_by("-created_at").first()
    rows = Assignment.objects.visible_to(user).filter(roadmap__state=RoadmapState.ACTIVE)
    schools = [] if user.appointment.organisation.kind == OrganisationKind.SCHOOL else late_by_school(user, rows, day)
    dates = rows.filter(state__in=OPEN_STATES, due_on__gte=day, due_on__lte=day + 5 * WEEK).order_by("due_on").values_list("due_on")
    steps = [] if roadmap or not user.may("roadmap.lead_roadmap") else first_steps(user, schools)
    tally = counted(rows.filter(roadmap=roadmap), "roadmap_id").get(roadmap.pk) if roadmap else None
    return Readiness(roadmap, tally or Tally(0, 0, 0), schools, list(dates.annotate(Count("pk"))[:5]), steps)


def late_by_school(user: Any, rows: Any, day: date) -> list[tuple[str, str, int]]:
    """(name, address, late assignments) of the schools, the latest first; at most sixty are drawn."""
    late = dict(rows.late(day).filter(awaits_date=False).order_by().values_list("organisation_id").annotate(Count("pk")))
    schools = (
        Organisation.objects.visible_to(user).schools().active(day).order_by("sort_key").values_list("pk", "name", "slug")[:60]
    )
    return [(name, slug, late.get(pk, 0)) for pk, name, slug in schools]


def first_steps(user: Any, schools: list[Any]) -> list[tuple[bool, str, str, str]]:
    """(done?, words, action, address) of a municipality that begins."""
    people = Appointment.objects.visible_to(user).exclude(user_id=user.pk).exists()
    staff = reverse("accounts:staff_list")
    return [
        (bool(schools), _("Загрузите список школ"), _("Загрузить"), reverse("organisations:import_schools")),
        (people, _("Назначьте кураторов и руководителей школ"), _("Назначить"), staff),
        (False, _("Загрузите дорожную карту"), _("Загрузить план"), reverse("roadmap:upload_plan")),
    ]


@dataclass(frozen=True)
class Group:
    """Found things of one kind."""

    title: str
    icon: str
    items: list[tuple[str, str, str]]


def find(user: Any, text: str) -> list[Group]:
    """Schools, measures and people whose words contain every typed word: three queries, at most eight of each."""
    words = search_form(text).split()
    if not words or len("".join(words)) < 2:
        return []
    places = Organisation.objects.visible_to(user)
    measures = Measure.objects.visible_to(user).filter(roadmap__state=RoadmapState.ACTIVE).select_related("roadmap__organisation")
    people = Appointment.objects.visible_to(user).select_related("user", "organisation")
    for word in words:
        places, measures = places.filter(search_text__contains=word), measures.filter(search_text__contains=word)
        people = people.filter(user__search_text__contains=word)
    groups = [
        Group(_("Школы и партнёры"), "school", [
            (one.name, one.get_kind_display(), reverse("organisations:organisation_detail", args=[one.slug]))
            for one in places.order_by("sort_key")[:MOST_FOUND]
        ]),
        Group(_("Мероприятия"), "route", [
            (f"{one.number} {one.text}", one.roadmap.organisation.name, reverse("roadmap:measure_detail", args=[one.pk]))
            for one in measures.order_by("position")[:MOST_FOUND]
        ]),
    ]  # fmt: skip
    if user.may("accounts.view_staff"):
        found = [
            (
                one.user.full_name,
                f"{one.organisation.name}, {one.get_role_display()}",
                reverse("accounts:staff_detail", args=[one.user_id]),
            )
            for one in people.order_by("user__sort_key")[:MOST_FOUND]
        ]
        groups.append(Group(_("Сотрудники"), "users", found))
    return [group for group in groups if group.items]
