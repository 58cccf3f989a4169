"""What waits for a person in the papers of roadmaps: to sign, to endorse, to correct, to hand in."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.core.duties import Duty, register_duties
from nastavnik.organisations.calendars import SchoolYear, school_year_of
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.actions.reminders import shortened
from nastavnik.roadmap.approving import BEFORE_APPROVAL, asked_for, year_asked
from nastavnik.roadmap.enums import Purpose, Stage, StepKind
from nastavnik.roadmap.models import ApprovalStep, Roadmap
from nastavnik.roadmap.queries.approval import terms_of
from nastavnik.roadmap.queries.school_plans import LATE, school_rows, waiting_below

AHEAD = timedelta(days=14)
MOST = 3


@register_duties
def own_papers(user: Any, today: date) -> Iterator[Duty]:
    """The own organisation's plans: to sign for the head, to correct when one came back: one query, and one for the terms
    where a school has a project."""
    if not user.may("roadmap.lead_roadmap"):
        return
    last = ApprovalStep.objects.filter(roadmap=OuterRef("pk")).order_by("-position")
    plans = Roadmap.objects.led_by(user).active().filter(stage__in=BEFORE_APPROVAL, purpose=Purpose.WORK)
    plans = plans.annotate(
        step=Subquery(last.values("kind")[:1]), words=Subquery(last.values("comment")[:1]), since=Subquery(last.values("at")[:1])
    )
    for plan in plans.order_by("created_at", "pk")[:MOST]:
        yield from own_duties(plan, user, today)


def own_duties(plan: Any, user: Any, today: date) -> Iterator[Duty]:
    """What one plan asks of the person."""
    url, signs = reverse("roadmap:roadmap_detail", kwargs={"pk": plan.pk}), user.may("roadmap.approve_roadmap")
    if plan.step == StepKind.SUBMITTED and signs:
        yield Duty(
            title=_("Подпишите дорожную карту: %(title)s") % {"title": shortened(plan.title, 70)},
            reason=plan.words or _("Куратор отдал карту на подпись"), action=_("Утвердить"), icon="signature", rank=15,
            url=reverse("roadmap:approval_form", kwargs={"pk": plan.pk}), due_on=plan.stage_due_on or handed_in_by(plan, user),
            waiting_since=timezone.localdate(plan.since),
        )  # fmt: skip
    elif plan.stage == Stage.RETURNED and plan.step != StepKind.SUBMITTED:
        yield Duty(
            title=_("Карту вернули: %(title)s") % {"title": shortened(plan.title, 70)}, action=_("Исправить"), url=url,
            reason=shortened(plan.words or "", 160), icon="arrow-back-up", rank=15, due_on=plan.stage_due_on,
        )  # fmt: skip
    elif plan.stage == Stage.DRAFT and plan.step != StepKind.SUBMITTED:
        yield from hand_in_duty(plan, user, today, url)


def hand_in_duty(plan: Any, user: Any, today: date, url: str) -> Iterator[Duty]:
    """A school's project whose day comes near."""
    due = handed_in_by(plan, user)
    if due is not None and due <= today + AHEAD:
        yield Duty(
            title=_("Утвердите дорожную карту: %(title)s") % {"title": shortened(plan.title, 70)}, action=_("Открыть карту"),
            reason=_("Управление образования ждёт утверждённую карту"), url=url, icon="signature", rank=25, due_on=due,
        )  # fmt: skip


def handed_in_by(plan: Roadmap, user: Any) -> date | None:
    """The day that the department has named for its schools, where it is about plans of this year."""
    place = user.appointment.organisation
    day = terms_of(place).hand_in_on if place.kind == OrganisationKind.SCHOOL else None
    return day if asked_for(plan, day) else None


@register_duties
def school_papers(user: Any, today: date) -> Iterator[Duty]:
    """For the department: plans of schools that wait for it, and schools that are late: two queries."""
    place = user.appointment.organisation if user.appointment else None
    if place is None or place.kind != OrganisationKind.MUNICIPALITY or not user.may("roadmap.endorse_roadmap"):
        return
    columns = ("starts_on", "organisation__name", "stage_due_on")
    waiting = list(waiting_below(user).select_related(None).order_by("stage_due_on", "pk").values_list(*columns))
    present = school_year_of(today)
    for year in (present, SchoolYear(present.begins + 1)):
        mine = [one for one in waiting if (one[0] is not None and one[0] > present.end) == (year != present)]
        if mine:
            yield endorse_duty(mine, year)
    yield from late_papers(user, terms_of(place).hand_in_on, today)


def late_papers(user: Any, hand_in_on: date | None, today: date) -> Iterator[Duty]:
    """Schools whose day is over, of this year or the next."""
    if hand_in_on is None or hand_in_on >= today or year_asked(hand_in_on).begins < school_year_of(today).begins:
        return
    year = year_asked(hand_in_on)
    rows = school_rows(user, {"year": str(year.begins)}).filter(late=True).order_by("sort_key", "pk")
    late = list(rows.values_list("name", "due_on"))
    if late:
        yield late_duty(late, year)


def endorse_duty(plans: list[tuple[Any, str, date]], year: SchoolYear) -> Duty:
    """Endorse or return; a school stands once, whatever the number of its plans."""
    schools = list(dict.fromkeys(name for _starts_on, name, _due in plans))
    url = f"{reverse('roadmap:school_plans')}?stage={Stage.APPROVED}&order=due&year={year.begins}"
    return Duty(
        title=_("Согласуйте дорожные карты школ: %(count)s") % {"count": len(schools)}, action=_("Согласовать"), url=url,
        reason=named(schools), icon="shield-check", rank=15, due_on=plans[0][2],
    )  # fmt: skip


def late_duty(schools: list[tuple[str, date]], year: SchoolYear) -> Duty:
    """Who has not handed in."""
    return Duty(
        title=_("Не сдали дорожную карту, школ: %(count)s") % {"count": len(schools)}, icon="alert-triangle", rank=30,
        reason=named([name for name, _due in schools]), action=_("Посмотреть"),
        url=f"{reverse('roadmap:school_plans')}?stage={LATE}&year={year.begins}", due_on=min(due for _name, due in schools),
    )  # fmt: skip


def named(names: list[str]) -> str:
    """The first three, and how many more."""
    more = len(names) - MOST
    first = ", ".join(names[:MOST])
    return _("%(names)s и ещё %(more)s") % {"names": first, "more": more} if more > 0 else first
