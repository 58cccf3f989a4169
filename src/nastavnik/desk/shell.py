"""What surrounds every page: navigation, appointments, unread messages, view preferences."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from nastavnik.core.access import SIGNED_IN
from nastavnik.core.navigation import Entry, entries
from nastavnik.core.view_preferences import ViewPreferences, view_preferences
from nastavnik.notifications.models import Message
from nastavnik.organisations.calendars import school_year_of

NO_BREAK = "\u00a0"  # initials stay with their surname


@dataclass(frozen=True)
class NavItem:
    """One line of the navigation as the template reads it."""

    label: str
    short_label: str
    icon: str
    url: str
    current: bool
    count: int


@dataclass(frozen=True)
class Held:
    """One appointment in the switcher."""

    id: str
    organisation_name: str
    role_label: str
    current: bool


@dataclass(frozen=True)
class Support:
    """The banner of somebody who helps out in another person's account."""

    person: str
    supporter: str
    until: str


@dataclass(frozen=True)
class Shell:
    """Everything that `base.html` reads."""

    view: ViewPreferences
    school_year: str
    nav: list[NavItem] = field(default_factory=list)
    appointment: Held | None = None
    appointments: list[Held] = field(default_factory=list)
    person_name: str = ""
    person_initials: str = ""
    unread: int = 0
    search_url: str = ""
    support: Support | None = None


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor; lazy, so that a fragment that shows none of it costs no query."""
    return {"shell": SimpleLazyObject(lambda: build_shell(request))}


def build_shell(request: HttpRequest) -> Shell:
    """One query (unread messages) for a signed-in person, none for a visitor."""
    user = getattr(request, "user", None)
    view = view_preferences(request)
    year = school_year_of(timezone.localdate()).title
    if user is None or not user.is_authenticated:
        return Shell(view=view, school_year=year)
    held = [held_of(one, user.appointment) for one in user.held]
    return Shell(
        view=view,
        school_year=year,
        nav=[item(entry, request) for entry in entries() if entry.right == SIGNED_IN or user.may(entry.right)],
        appointment=next((one for one in held if one.current), None),
        appointments=held,
        person_name=user.short_name,
        person_initials=user.initials,
        unread=Message.objects.visible_to(user).filter(read_at=None).count(),
        search_url=reverse("desk:search") if user.may("roadmap.view_roadmap") else "",
        support=support_of(user),
    )


def support_of(user: Any) -> Support | None:
    """Who really sits there, when it is not the account's owner."""
    if user.supported_by is None:
        return None
    until = date_format(timezone.localtime(user.support_visit.ends_at), "G:i")
    return Support(person=user.full_name, supporter=user.supported_by.short_name, until=until)


def held_of(appointment: Any, present: Any) -> Held:
    """An appointment for the switcher."""
    return Held(
        id=str(appointment.pk),
        organisation_name=appointment.organisation.name,
        role_label=role_words(appointment),
        current=appointment.pk == getattr(present, "pk", None),
    )


def role_words(appointment: Any) -> str:
    """The role, and as whose deputy it is carried."""
    role = appointment.get_role_display()
    if appointment.acting_for is None:
        return str(role)
    words = {"role": role, "name": appointment.acting_for.short_name.replace(" ", NO_BREAK)}
    return _("исполняет обязанности: %(role)s, за: %(name)s") % words


def item(entry: Entry, request: HttpRequest) -> NavItem:
    """A navigation entry for this request."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    return NavItem(
        label=str(entry.label),
        short_label=str(entry.short_label),
        icon=entry.icon,
        url=reverse(entry.url_name),
        current=name.startswith(entry.prefixes),
        count=entry.count(request.user) if entry.count else 0,
    )
