"""Reads of accounts."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from nastavnik.accounts.models import Appointment, User
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
