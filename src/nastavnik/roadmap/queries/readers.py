"""Who reads what is written to an organisation: its people by role, deputies included."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Appointment, User
from nastavnik.accounts.queries import readers_of
from nastavnik.roadmap.enums import Audience

TO_REMIND = (Role.SCHOOL_COORDINATOR, Role.SCHOOL_HEAD, Role.DEPUTY_HEAD, Role.MUNICIPAL_COORDINATOR, Role.PARTNER_REPRESENTATIVE)
HEADS = (Role.SCHOOL_HEAD, Role.MUNICIPAL_HEAD)
READING = frozenset({*TO_REMIND, *HEADS})


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads; `acting_for` is the short name of the colleague who is away, "" for the own appointment."""

    person: User
    acting_for: str


def readers_by_role(places: Iterable[int], today: date) -> dict[int, dict[str, list[Reader]]]:
    """By organisation (key) and role: two queries, however many places."""
    held = Appointment.objects.in_force(today).filter(organisation__in=list(places), role__in=READING)
    posts = list(held.select_related("user").order_by("user__sort_key", "pk"))
    found = readers_of(posts, today)
    by_role: dict[int, dict[str, list[Reader]]] = defaultdict(lambda: defaultdict(list))
    for one in posts:
        for person in found[one.pk]:
            acting_for = "" if person.pk == one.user_id else one.user.short_name
            by_role[one.organisation_id][one.role].append(Reader(person, acting_for))
    return by_role


def first_of(by_role: dict[str, list[Reader]], roles: Iterable[str]) -> list[Reader]:
    """The readers of the first of these roles that has any, each person once."""
    readers = next((by_role[role] for role in roles if by_role.get(role)), [])
    return list({reader.person.pk: reader for reader in reversed(readers)}.values())[::-1]


def addressed(by_role: dict[str, list[Reader]], to: Iterable[Audience]) -> dict[UUID, Reader]:
    """Whom steps to these audiences reach in one organisation, by account: its coordinator (or who stands for one) and its
    head. Its department is another organisation."""
    readers: list[Reader] = []
    if Audience.HEAD in to:
        readers += first_of(by_role, HEADS)
    if Audience.COORDINATOR in to:
        readers += first_of(by_role, (*TO_REMIND, Role.MUNICIPAL_HEAD))
    # Who reads as oneself stands before who reads for somebody else.
    return {reader.person.pk: reader for reader in sorted(readers, key=lambda one: one.acting_for, reverse=True)}
