"""What waits for a person in the roadmap. Each provider asks grouped queries, so the cost does not grow with the plan."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Appointment
from nastavnik.core.duties import Duty, register_duties
from nastavnik.core.templatetags.nastavnik import plural_form
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.reminders import shortened
from nastavnik.roadmap.enums import OPEN_STATES, DraftState, RoadmapState
from nastavnik.roadmap.models import Assignment, Measure, PlanDraft

AHEAD = timedelta(days=14)
MOST = 12


def title_of(measure: Measure) -> str:
    """«1.2 Разработка положения»."""
    return f"{measure.number.rstrip('.')} {shortened(measure.text, 70)}".strip()


@register_duties
def own_assignments(user: Any, today: date) -> Iterator[Duty]:
    """What the own organisation has to do: late, or due soon."""
    if not user.may("roadmap.mark_assignment"):
        return
    rows = Assignment.objects.of_own_organisation(user).filter(
        state__in=OPEN_STATES, awaits_date=False, due_on__lte=today + AHEAD, roadmap__state=RoadmapState.ACTIVE
    )
    for one in rows.select_related("measure").order_by("due_on", "pk")[:MOST]:
        yield Duty(
            title=title_of(one.measure), reason=_("Срок в плане: %(text)s") % {"text": one.measure.deadline_text}, due_on=one.due_on,
            action=_("Отметить"), url=reverse("roadmap:assignment_detail", kwargs={"pk": one.pk}), icon="checklist", rank=20,
        )  # fmt: skip


@register_duties
def own_dates(user: Any, today: date) -> Iterator[Duty]:
    """Days that the plan leaves to the school."""
    if not user.may("roadmap.mark_assignment") or user.may("roadmap.lead_roadmap"):
        return
    rows = Assignment.objects.of_own_organisation(user).filter(
        awaits_date=True, state__in=OPEN_STATES, roadmap__state=RoadmapState.ACTIVE
    )
    for one in rows.select_related("measure").order_by("measure__position")[:MOST]:
        yield Duty(
            title=title_of(one.measure), reason=_("«%(text)s»: назовите день") % {"text": one.measure.deadline_text},
            action=_("Назвать срок"), url=reverse("roadmap:assignment_detail", kwargs={"pk": one.pk}), icon="help-circle", rank=60,
        )  # fmt: skip


@register_duties
def late_schools(user: Any, today: date) -> Iterator[Duty]:
    """Measures with late schools, for those who lead them: two queries."""
    if not user.may("roadmap.remind_schools"):
        return
    late = Assignment.objects.visible_to(user).filter(awaits_date=False, roadmap__state=RoadmapState.ACTIVE).late(today)
    late = late.exclude(organisation_id=user.appointment.organisation_id)
    groups = list(
        late.order_by().values("measure_id").annotate(schools=Count("organisation_id", distinct=True), since=Min("due_on"))
    )
    groups = sorted(groups, key=lambda group: group["since"])[:MOST]
    measures = Measure.objects.in_bulk([group["measure_id"] for group in groups])
    names = names_of_late(late, list(measures))
    for group in groups:
        schools, measure = group["schools"], measures[group["measure_id"]]
        shown = names.get(measure.pk, [])
        yield Duty(
            title=_("%(schools)s %(word)s: %(title)s") % {"schools": schools, "word": late_words(schools), "title": title_of(measure)},
            reason=", ".join(shown[:4]) + (" …" if schools > 4 else ""), due_on=group["since"], action=_("Напомнить школам"),
            url=reverse("roadmap:remind_form", kwargs={"pk": measure.pk}), icon="alert-triangle", rank=10,
        )  # fmt: skip


def late_words(schools: int) -> str:
    """«школа опаздывает», «школы опаздывают», «школ опаздывает»."""
    return plural_form(schools, _("школа опаздывает"), _("школы опаздывают"), _("школ опаздывает"))


def names_of_late(late: Any, measures: list[Any]) -> dict[Any, list[str]]:
    """Names of late schools by measure, without repeats."""
    found: dict[Any, list[str]] = {}
    rows = late.filter(measure__in=measures).order_by("organisation__sort_key").values_list("measure_id", "organisation__name")
    for measure, name in rows[:2000]:
        names = found.setdefault(measure, [])
        if name not in names:
            names.append(name)
    return found


@register_duties
def unsettled_deadlines(user: Any, today: date) -> Iterator[Duty]:
    """Days that nobody has named yet."""
    if not user.may("roadmap.lead_roadmap"):
        return
    rows = Assignment.objects.visible_to(user).filter(awaits_date=True, state__in=OPEN_STATES, roadmap__state=RoadmapState.ACTIVE)
    counts = rows.aggregate(measures=Count("measure_id", distinct=True), waiting=Count("pk"), since=Max("roadmap__created_at"))
    if counts["measures"]:
        yield Duty(
            title=_("Уточните сроки мероприятий: %(count)s") % {"count": counts["measures"]},
            reason=_("Без даты заданий: %(count)s. Их никто не считает просроченными.") % {"count": counts["waiting"]},
            action=_("Уточнить сроки"), url=reverse("roadmap:unsettled_list"), icon="help-circle", rank=70,
            waiting_since=counts["since"].date(),
        )  # fmt: skip


@register_duties
def open_drafts(user: Any, today: date) -> Iterator[Duty]:
    """Plans that were read and not accepted."""
    if not user.may("roadmap.lead_roadmap"):
        return
    for draft in (
        PlanDraft.objects.visible_to(user).filter(state=DraftState.OPEN).defer("plan", "corrections").order_by("-created_at")[:3]
    ):
        yield Duty(
            title=_("План прочитан, но не принят: %(name)s") % {"name": draft.source_name}, reason=_("До принятия школы не получат заданий"),
            action=_("Проверить план"), url=reverse("roadmap:draft_detail", kwargs={"pk": draft.pk}), icon="file-text", rank=40,
            waiting_since=draft.created_at.date(),
        )  # fmt: skip


@register_duties
def schools_without_people(user: Any, today: date) -> Iterator[Duty]:
    """Schools in which nobody would get a reminder."""
    if not user.may("accounts.appoint_staff") or user.appointment.organisation.kind != OrganisationKind.MUNICIPALITY:
        return
    held = Appointment.objects.in_force(today).filter(role=Role.SCHOOL_COORDINATOR).values("organisation_id")
    schools = Organisation.objects.visible_to(user).schools().active(today)
    without = list(schools.exclude(pk__in=held).order_by("sort_key").values_list("name", "slug")[:6])
    if without:
        yield Duty(
            title=_("В школах нет куратора: %(count)s") % {"count": f"{len(without)}{'+' if len(without) > 5 else ''}"},
            reason=", ".join(name for name, _slug in without[:4]), action=_("Назначить"),
            url=reverse("accounts:appoint_form", kwargs={"slug": without[0][1]}), icon="user-plus", rank=50,
        )  # fmt: skip
