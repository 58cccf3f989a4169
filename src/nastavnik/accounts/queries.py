"""Reads of accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Appointment, Deputyship, FactorDemand, Invitation, User
from nastavnik.accounts.rules import roles_to_demand
from nastavnik.core.text import search_form, with_words
from nastavnik.organisations.models import Organisation, branch

MOST_CHOICES = 100  # a longer list is not chosen from but searched


def staff_rows(user: Any, query: QueryDict) -> QuerySet[Appointment]:
    """Appointments of the branch as the list shows them: `q`, `role`, `organisation` (address), `past=1` for those too that
    have ended or are still to come."""
    rows = Appointment.objects.visible_to(user).select_related("user", "organisation")
    if not query.get("past"):
        rows = rows.in_force(timezone.localdate())
    if query.get("role"):
        rows = rows.filter(role=query["role"])
    if query.get("organisation"):
        rows = rows.filter(organisation__slug=query["organisation"])
    return with_words(rows, query.get("q", ""), "user__search_text", "organisation__search_text")


def people_like(user: Any, text: str) -> QuerySet[User]:
    """Accounts of the branch with all these words in name, log-in name or mail."""
    return with_words(User.objects.visible_to(user), text, "search_text")


def people_meant(user: Any, text: str) -> list[User]:
    """Whom a typed log-in name, mail or name means among those who may log in: at most two, which is one too many."""
    text = text.strip()
    exact = User.objects.visible_to(user).filter(Q(username=text.casefold()) | Q(email=text.casefold()), is_active=True)
    found = list(exact.order_by("sort_key", "pk")[:2])
    if found or not search_form(text):
        return found
    return list(people_like(user, text).filter(is_active=True).order_by("sort_key", "pk")[:2])


def places_to_choose(user: Any) -> list[Organisation]:
    """The organisations of the branch for a list to choose from; empty when there are too many (search finds them) or when
    there is only one."""
    places = list(Organisation.objects.visible_to(user).order_by("sort_key", "pk")[: MOST_CHOICES + 1])
    return places if 1 < len(places) <= MOST_CHOICES else []


def colleagues_of(appointment: Appointment, on: date) -> QuerySet[User]:
    """Who may stand in: those who are appointed in the same organisation on that day and may log in."""
    held = Appointment.objects.in_force(on).filter(organisation=appointment.organisation_id).exclude(user=appointment.user_id)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("sort_key", "pk")


def deputyships_of(user: Any, on: date) -> list[Deputyship]:
    """What stands of the deputyships that the person gave or carries, the next first."""
    rows = Deputyship.objects.standing(on).filter(Q(appointment__user_id=user.pk) | Q(deputy_id=user.pk))
    return list(rows.select_related("appointment__organisation", "appointment__user", "deputy").order_by("starts_on", "pk"))


def readers_of(appointments: Iterable[Appointment], on: date) -> dict[UUID, list[User]]:
    """Who gets what is written to each of these appointments (loaded with their users): the person, or while somebody stands
    in, the deputy (and the person too where that was chosen). Nobody whose log-in is closed. One query."""
    appointments = list(appointments)
    deputyships = Deputyship.objects.in_force(on).filter(appointment__in=[one.pk for one in appointments])
    standing_in = {one.appointment_id: one for one in deputyships.select_related("deputy")}
    found = {}
    for one in appointments:
        deputyship = standing_in.get(one.pk)
        people = [one.user] if deputyship is None or deputyship.keeps_notices else []
        found[one.pk] = [person for person in [*people, *([deputyship.deputy] if deputyship else [])] if person.is_active]
    return found


def invitation_rows(user: Any, query: QueryDict) -> QuerySet[Invitation]:
    """Invitations of the branch as the list shows them: `q`, `state` (what is shown), `organisation` (address)."""
    rows = Invitation.objects.visible_to(user).select_related("organisation", "invited_as__user")
    if query.get("organisation"):
        rows = rows.filter(organisation__slug=query["organisation"])
    if query.get("state") in Invitation.Shown:
        rows = rows.filter(shown_as(query["state"], timezone.now()))
    return with_words(rows, query.get("q", ""), "search_text", "organisation__search_text")


def shown_as(state: str, now: datetime) -> Q:
    """The twin of `Invitation.shown` for rows in the database."""
    closed = {
        Invitation.Shown.ACCEPTED: Q(accepted_at__isnull=False),
        Invitation.Shown.REVOKED: Q(accepted_at=None, revoked_at__isnull=False),
        Invitation.Shown.EXPIRED: Q(accepted_at=None, revoked_at=None, expires_at__lte=now),
    }
    if state in closed:
        return closed[Invitation.Shown(state)]
    still = Q(accepted_at=None, revoked_at=None, expires_at__gt=now)
    return still & (Q(opened_at__isnull=False) if state == Invitation.Shown.OPENED else Q(opened_at=None, delivery=state))


def printable(user: Any, keys: list[str]) -> QuerySet[Invitation]:
    """Open invitations of the branch among the chosen ones, in the order of the list."""
    rows = Invitation.objects.visible_to(user).open().filter(pk__in=keys)
    return rows.select_related("organisation").order_by("sort_key", "pk")


@dataclass(frozen=True, slots=True)
class RoleFactors:
    """A role here and below: since when the second factor is demanded, and how many have it."""

    role: Role
    since: date | None
    people: int
    ready: int


def factors_by_role(user: Any) -> list[RoleFactors]:
    """Two queries: the demands of the user's organisation and the people in each role of the branch."""
    place = user.appointment.organisation
    since = dict(FactorDemand.objects.visible_to(user).values_list("role", "since"))
    has_one = Q(user__second_factor__confirmed_at__isnull=False)
    held = Appointment.objects.filter(branch(user, "organisation"), user__is_active=True).in_force(timezone.localdate())
    counted = held.order_by().values("role").annotate(
        people=Count("user", distinct=True), ready=Count("user", filter=has_one, distinct=True)
    )  # fmt: skip
    numbers = {one["role"]: (one["people"], one["ready"]) for one in counted}
    return [RoleFactors(role, since.get(role), *numbers.get(role, (0, 0))) for role in roles_to_demand(place)]
