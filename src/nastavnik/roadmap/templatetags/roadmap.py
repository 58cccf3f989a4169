"""Chips of deadlines and parties."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nastavnik.core.templatetags.nastavnik import chip, status
from nastavnik.roadmap.queries.plans import deadline_words
from nastavnik.roadmap.words import KIND_ICONS, KIND_WORDS, ROLE_WORDS, SCOPE_WORDS
from planreader.model import Deadline, DeadlineKind, Role, Scope

register = template.Library()


@register.simple_tag
def deadline_chip(deadline: Deadline, doubtful: bool = False) -> SafeString:
    """Icon and word of the kind, the days, and how often."""
    doubtful = doubtful or deadline.kind is DeadlineKind.UNRECOGNISED
    count = len(deadline.occurrences)
    note = _("сроков: %(count)s") % {"count": count} if count > 1 else ""
    if deadline.inherited:
        note = f"{note} {_('по разделу')}".strip()
    return chip(
        deadline_words(deadline),
        kind=str(KIND_WORDS[deadline.kind]),
        icon_name=KIND_ICONS[deadline.kind],
        note=note,
        doubtful=doubtful,
    )


@register.simple_tag
def party_chip(party: Any, schools: int = 0) -> SafeString:
    """The party's words; for a fan-out «в каждой школе · 12»."""
    role, scope = Role(party.role), Scope(party.scope)
    unknown = role is Role.OTHER and scope is Scope.UNKNOWN
    everywhere = scope is Scope.EACH_SCHOOL
    note = f"{SCOPE_WORDS[scope]} · {schools}" if everywhere and schools else ""
    words = party.text if unknown or role is Role.OTHER else f"{ROLE_WORDS[role]}{f', {party.name}' if party.name else ''}"
    return chip(words, icon_name="sitemap" if everywhere else "building", note=note, doubtful=unknown)


@register.simple_tag
def shown_status(assignment: Any) -> SafeString:
    """The state of an assignment as a person sees it today."""
    return status(assignment.shown_state(timezone.localdate()).value)
