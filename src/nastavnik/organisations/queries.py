"""Reads of organisations."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from nastavnik.core.text import search_form
from nastavnik.organisations.models import Organisation


def organisation_rows(user: Any, query: QueryDict) -> QuerySet[Organisation]:
    """Organisations of the branch as the list shows them: `q`, `kind`, `closed=1`."""
    rows = Organisation.objects.visible_to(user).select_related("municipality")
    if not query.get("closed"):
        rows = rows.active(timezone.localdate())
    if query.get("kind"):
        rows = rows.filter(kind=query["kind"])
    for word in search_form(query.get("q", "")).split():
        rows = rows.filter(search_text__contains=word)
    return rows


def may_change(user: Any, organisation: Organisation) -> bool:
    """The own card, or any card in one's municipality for those who lead it."""
    if user.appointment is None or not user.may("organisations.change_card"):
        return False
    own = organisation.pk == user.appointment.organisation_id
    return own or (user.may("organisations.open_schools") and organisation.municipality_id == user.appointment.organisation_id)


def led_organisations(user: Any) -> QuerySet[Organisation]:
    """Organisations that the user may close or open: those below the municipality in which the user is appointed."""
    place = user.appointment.organisation_id if user.appointment else None
    return Organisation.objects.filter(municipality_id=place).exclude(pk=place)
