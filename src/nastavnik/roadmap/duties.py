"""What waits for a person in the roadmap. «Сегодня» opens often, so everything about assignments comes from one grouped
query, whatever the number of schools."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, CharField, Count, Exists, Max, Min, OuterRef, Q, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Appointment
from nastavnik.core.duties import Duty, register_duties
from nastavnik.core.templatetags.nastavnik import plural_form
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.reminders import QUIET, shortened
from nastavnik.roadmap.enums import DraftState, Verdict
from nastavnik.roadmap.models import Assignment, PlanDraft
from nastavnik.roadmap.models.assignments import OPEN
from nastavnik.roadmap.queries.lists import at_work
from nastavnik.roadmap.queries.reports import report_rows

AHEAD = timedelta(days=14)


@register_duties
def assignment_duties(user: Any, today: date) -> Iterator[Duty]:
    """The own organisation's work that is late, due soon or without a day; for those who lead, also who else is late and
    which days nobody has named: one query."""
    if not user.may("roadmap.mark_assignment"):
        return
    leads, unsettled = user.may("roadmap.remind_schools"), []
    for group in open_groups(user, today):
        if leads and group["asks"]:
            unsettled.append(group)
        if group["own"] and (group["since"] or group["soon"] or (group["asks"] and not leads)):
            yield own_duty(group)
        elif not group["own"] and group["late_places"] and user.may("roadmap.remind_schools"):
            yield late_duty(group)
    if unsettled:
        yield unsettled_duty(unsettled)


def open_groups(user: Any, today: date) -> Any:
    """Open assignments of plans at work that are late, due soon or without a day, one line per measure and whether it is
    the user's own organisation that owes them."""
    late, asks = Q(awaits_date=False, due_on__lt=today), Q(awaits_date=True)
    soon = Q(awaits_date=False, due_on__gte=today, due_on__lte=today + AHEAD)
    fresh = Q(reminded_at=None) | Q(reminded_at__lt=timezone.now() - QUIET)
    rows = at_work(Assignment.objects.visible_to(user), user).filter(OPEN, late | soon | asks)
    own = Case(
        When(organisation_id=user.appointment.organisation_id, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    return rows.order_by().annotate(own=own).values("measure_id", "own").annotate(
        number=Min("measure__number"), text=Min("measure__text"), deadline=Min("measure__deadline_text"),
        since=Min("due_on", filter=late), soon=Min("due_on", filter=soon), asks=Count("pk", filter=asks),
        late_places=Count("organisation_id", filter=late, distinct=True), to_remind=Count("pk", filter=late & fresh),
        first_name=Min("organisation__name", filter=late), last_name=Max("organisation__name", filter=late),
        key=Min(Cast("pk", CharField())), made=Max("roadmap__created_at"),
    )  # fmt: skip


def own_duty(group: dict[str, Any]) -> Duty:
    """Mark one's own work, or name its day."""
    due_on, url = group["since"] or group["soon"], reverse("roadmap:assignment_detail", kwargs={"pk": UUID(group["key"])})
    if due_on is None:
        reason, action = _("«%(text)s»: назовите день") % {"text": group["deadline"]}, _("Назвать срок")
        return Duty(title=title_of(group), reason=reason, action=action, url=url, icon="help-circle", rank=60)
    reason = _("Срок в плане: %(text)s") % {"text": group["deadline"]}
    return Duty(title=title_of(group), reason=reason, action=_("Отметить"), url=url, icon="checklist", due_on=due_on, rank=20)


def late_duty(group: dict[str, Any]) -> Duty:
    """Others are late with a measure: remind them, or look at them when that was done today."""
    schools, measure = group["late_places"], {"pk": group["measure_id"]}
    title = _("%(schools)s %(word)s: %(title)s") % {"schools": schools, "word": late_words(schools), "title": title_of(group)}
    names = ", ".join(dict.fromkeys([group["first_name"], group["last_name"]]))
    reason = _("%(names)s и ещё %(more)s") % {"names": names, "more": schools - 2} if schools > 2 else names
    action, url = _("Напомнить школам"), reverse("roadmap:remind_form", kwargs=measure)
    if not group["to_remind"]:
        reason, action = _("%(names)s. Сегодня напомнили") % {"names": reason}, _("Посмотреть")
        url = f"{reverse('roadmap:measure_detail', kwargs=measure)}?state=late"
    return Duty(title=title, reason=reason, action=action, url=url, icon="alert-triangle", due_on=group["since"], rank=10)


def late_words(schools: int) -> str:
    """«школа опаздывает», «школы опаздывают», «школ опаздывает»."""
    return plural_form(schools, _("школа опаздывает"), _("школы опаздывают"), _("школ опаздывает"))


def unsettled_duty(groups: list[dict[str, Any]]) -> Duty:
    """Days that nobody has named yet."""
    return Duty(
        title=_("Уточните сроки мероприятий: %(count)s") % {"count": len({group["measure_id"] for group in groups})},
        reason=_("Без даты заданий: %(count)s. Их никто не считает просроченными.") % {"count": sum(one["asks"] for one in groups)},
        action=_("Уточнить сроки"), url=reverse("roadmap:unsettled_list"), icon="help-circle", rank=70,
        waiting_since=timezone.localdate(max(group["made"] for group in groups)),
    )  # fmt: skip


def title_of(group: dict[str, Any]) -> str:
    """«1.2 Разработка положения»."""
    return f"{group['number'].rstrip('.')} {shortened(group['text'], 70)}".strip()


@register_duties
def late_municipalities(user: Any, today: date) -> Iterator[Duty]:
    """For the region: where most is late: one query."""
    if user.appointment is None or user.appointment.organisation.kind != OrganisationKind.REGION:
        return
    late = at_work(Assignment.objects.visible_to(user), user).shown_as("late", today)
    groups = late.order_by().values("organisation__municipality__name", "organisation__municipality__slug").annotate(
        late=Count("pk"), places=Count("organisation_id", distinct=True), since=Min("due_on")
    )  # fmt: skip
    for group in groups.order_by("-late", "organisation__municipality__slug")[:5]:
        name, slug = group["organisation__municipality__name"], group["organisation__municipality__slug"]
        if name:
            yield Duty(
                title=_("%(name)s: просрочено заданий %(late)s") % {"name": name, "late": group["late"]},
                reason=_("Организаций опаздывает: %(places)s") % {"places": group["places"]}, due_on=group["since"], rank=10,
                action=_("Посмотреть"), url=f"{reverse('roadmap:assignment_list')}?municipality={slug}&state=late",
                icon="alert-triangle",
            )  # fmt: skip


@register_duties
def open_drafts(user: Any, today: date) -> Iterator[Duty]:
    """Plans that were read and not accepted."""
    if not user.may("roadmap.lead_roadmap"):
        return
    drafts = PlanDraft.objects.visible_to(user).filter(state=DraftState.OPEN).defer("plan", "corrections")
    for draft in drafts.order_by("-created_at")[:3]:
        yield Duty(
            title=_("План прочитан, но не принят: %(name)s") % {"name": draft.source_name},
            reason=_("До принятия школы не получат заданий"), action=_("Проверить план"), icon="file-text", rank=40,
            url=reverse("roadmap:draft_detail", kwargs={"pk": draft.pk}), waiting_since=timezone.localdate(draft.created_at),
        )  # fmt: skip


@register_duties
def waiting_reports(user: Any, today: date) -> Iterator[Duty]:
    """Reports that somebody below has written and nobody has read: one query."""
    if not user.may("roadmap.receive_reports"):
        return
    found = report_rows(user, {"verdict": Verdict.WAITING}).order_by().aggregate(count=Count("pk"), since=Min("added_at"))
    if found["count"]:
        yield Duty(
            title=_("Отчёты ждут приёма: %(count)s") % {"count": found["count"]}, icon="file-text", rank=45,
            reason=_("Пока отчёт не принят, задание не закрыто"), action=_("Посмотреть"), url=reverse("roadmap:report_list"),
            waiting_since=timezone.localdate(found["since"]),
        )  # fmt: skip


@register_duties
def schools_without_people(user: Any, today: date) -> Iterator[Duty]:
    """Schools in which nobody would get a reminder, for those who may appoint there: one query."""
    kinds = (OrganisationKind.MUNICIPALITY, OrganisationKind.SCHOOL)
    if not user.may("accounts.appoint_staff") or user.appointment.organisation.kind not in kinds:
        return
    held = Appointment.objects.in_force(today).filter(organisation=OuterRef("pk"))
    schools = Organisation.objects.visible_to(user).schools().active(today).annotate(
        coordinated=Exists(held.filter(role=Role.SCHOOL_COORDINATOR)), headed=Exists(held.filter(role=Role.SCHOOL_HEAD))
    )  # fmt: skip
    found = list(
        schools.exclude(coordinated=True, headed=True).order_by("sort_key").values_list("name", "slug", "coordinated", "headed")
    )
    without = [(name, slug) for name, slug, coordinated, _headed in found if not coordinated]
    if without:
        yield appoint_duty(_("В школах нет куратора: %(count)s"), without)
    headless = [(name, slug) for name, slug, _coordinated, headed in found if not headed]
    if headless:
        yield appoint_duty(_("В школах не назначен руководитель: %(count)s"), headless)


def appoint_duty(title: str, schools: list[tuple[str, str]]) -> Duty:
    """Appoint somebody in the first of these schools (name, address)."""
    names = ", ".join(name for name, _slug in schools[:3])
    more = len(schools) - 3
    reason = _("%(names)s и ещё %(more)s") % {"names": names, "more": more} if more > 0 else names
    return Duty(
        title=title % {"count": len(schools)}, reason=reason,
        action=_("Назначить"), url=reverse("accounts:appoint_form", kwargs={"slug": schools[0][1]}), icon="user-plus", rank=50,
    )  # fmt: skip
