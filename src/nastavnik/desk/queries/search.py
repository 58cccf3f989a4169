"""Search over the branch: schools, measures, people."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.models import Appointment
from nastavnik.core.text import search_form, with_words
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.models import Measure, Roadmap

MOST_FOUND = {"places": 7, "measures": 7, "people": 6}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found."""

    name: str
    note: str
    url: str


@dataclass(frozen=True)
class Group:
    """Found things of one kind; `more_url` is the list that shows the rest, empty when this is all."""

    title: str
    icon: str
    items: list[Found]
    more_url: str = ""


def find(user: Any, text: str) -> list[Group]:
    """Schools, measures and people of the branch whose words contain every typed word: three queries, at most twenty things."""
    if len(search_form(text).replace(" ", "")) < 2:
        return []
    groups = [found_places(user, text), found_measures(user, text)]
    if user.may("accounts.view_staff"):
        groups.append(found_people(user, text))
    return [group for group in groups if group.items]


def found_places(user: Any, text: str) -> Group:
    """Organisations."""
    most, rows = MOST_FOUND["places"], with_words(Organisation.objects.visible_to(user), text, "search_text")
    found = list(rows.order_by("sort_key", "pk")[: most + 1])
    items = [
        Found(one.name, str(one.get_kind_display()), reverse("organisations:organisation_detail", args=[one.slug]))
        for one in found[:most]
    ]
    return Group(_("Школы и партнёры"), "school", items, rest(found, most, "organisations:organisation_list", text))


def found_measures(user: Any, text: str) -> Group:
    """Measures of plans at work."""
    rows = Measure.objects.visible_to(user).filter(roadmap__in=Roadmap.objects.working()).select_related("roadmap__organisation")
    found = with_words(rows, text, "search_text").order_by("position", "pk")[: MOST_FOUND["measures"]]
    items = [
        Found(f"{one.number} {one.text}".strip(), one.roadmap.organisation.name, reverse("roadmap:measure_detail", args=[one.pk]))
        for one in found
    ]
    return Group(_("Мероприятия"), "route", items)


def found_people(user: Any, text: str) -> Group:
    """Staff, one line per person and appointment."""
    most, rows = MOST_FOUND["people"], Appointment.objects.visible_to(user).in_force(timezone.localdate())
    rows = with_words(rows.select_related("user", "organisation"), text, "user__search_text")
    found = list(rows.order_by("user__sort_key", "pk")[: most + 1])
    items = [
        Found(
            one.user.full_name,
            f"{one.organisation.name}, {one.get_role_display()}",
            reverse("accounts:staff_detail", args=[one.user_id]),
        )
        for one in found[:most]
    ]
    return Group(_("Сотрудники"), "users", items, rest(found, most, "accounts:staff_list", text))


def rest(found: list[Any], most: int, name: str, text: str) -> str:
    """Address of the whole list when more was found than is shown."""
    return f"{reverse(name)}?{urlencode({'q': text})}" if len(found) > most else ""
