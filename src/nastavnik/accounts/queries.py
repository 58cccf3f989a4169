"""Reads of accounts."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from nastavnik.accounts.models import Appointment, User
from nastavnik.audit.models import Access
from nastavnik.core.text import search_form


def staff_rows(user: Any, query: QueryDict) -> QuerySet[Appointment]:
    """Appointments of the branch as the list shows them: `q`, `role`, `organisation` (address), `past=1`."""
    rows = Appointment.objects.visible_to(user).select_related("user", "organisation")
    if not query.get("past"):
        rows = rows.in_force(timezone.localdate())
    if query.get("role"):
        rows = rows.filter(role=query["role"])
    if query.get("organisation"):
        rows = rows.filter(organisation__slug=query["organisation"])
    for word in search_form(query.get("q", "")).split():
        rows = rows.filter(Q(user__search_text__contains=word) | Q(organisation__search_text__contains=word))
    return rows


def last_logins(user: User, number: int = 5) -> list[Access]:
    """The last log-ins and failed tries of an account."""
    kinds = (Access.Kind.LOGIN, Access.Kind.LOGIN_FAILED)
    rows = Access.objects.filter(object_type="accounts.user", object_id=str(user.pk), kind__in=kinds)
    return list(rows.order_by("-at")[:number])
