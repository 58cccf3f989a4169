"""Reads of accounts."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from nastavnik.accounts.models import Appointment, Deputyship, User
from nastavnik.core.text import search_form, with_words
from nastavnik.organisations.models import Organisation

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
