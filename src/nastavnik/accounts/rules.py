"""Who may help, appoint and change whom. Pure reading of appointments; no writes."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from nastavnik.accounts.enums import Role
from nastavnik.accounts.rights import MAY_APPOINT, POWERS, RIGHTS, ROLES_OF_KIND
from nastavnik.organisations.enums import OrganisationKind


def roles_to_give(user: Any, organisation: Any) -> tuple[Role, ...]:
    """Roles that the user may give in an organisation (which must stand in the user's branch)."""
    if user.appointment is None:
        return ()
    allowed = MAY_APPOINT.get(user.appointment.role, frozenset())
    return tuple(role for role in ROLES_OF_KIND[organisation.kind] if role in allowed)


def roles_to_demand(organisation: Any) -> list[Role]:
    """The roles here and below, in the order of the table; a school demands nothing."""
    kinds = list(OrganisationKind)
    if organisation.kind not in (OrganisationKind.REGION, OrganisationKind.MUNICIPALITY):
        return []
    below = kinds if organisation.kind == OrganisationKind.REGION else [kind for kind in kinds if kind != OrganisationKind.REGION]
    found = {role for kind in below for role in ROLES_OF_KIND[kind]}
    return [role for role in Role if role in found]


def may_give(user: Any, organisation: Any, role: str) -> bool:
    """May the user appoint somebody to this role here?"""
    return role in roles_to_give(user, organisation) and in_branch(user, organisation)


def may_help(user: Any, person: Any) -> bool:
    """May the user print a code for the person and change or block the person's account? Only when every appointment that
    the person holds or has been promised is below the user: whoever gets into an account gets all of its appointments."""
    if user.pk == person.pk or not user.may("accounts.issue_code"):
        return False
    held = list(person.standing(timezone.localdate())) or list(last_held(person))
    return bool(held) and all(is_below(user, one) for one in held)


def may_support(user: Any, person: Any) -> bool:
    """May the user work in the person's account for a while? Only downwards: every appointment that the person holds or has
    been promised is one that the user may give, in an organisation below the user's own, and none carries a power over
    people or organisations that the user lacks."""
    if user.pk == person.pk or not person.is_active or not user.may("accounts.support_login"):
        return False
    own, held = user.appointment, list(person.standing(timezone.localdate()))
    return bool(held) and all(
        is_below(user, one) and one.organisation_id != own.organisation_id and (RIGHTS[one.role] & POWERS) <= RIGHTS[own.role]
        for one in held
    )


def is_below(user: Any, appointment: Any) -> bool:
    """One that the user may give and does not hold: never the own, a peer's, a superior's, or one of another branch. A deputy
    who acts as a superior does not stand above the own appointment."""
    present = user.appointment
    if present is None or appointment.user_id == user.pk:
        return False
    peers = (appointment.role, appointment.organisation_id) == (present.role, present.organisation_id)
    return not peers and may_give(user, appointment.organisation, appointment.role)


def last_held(person: Any) -> Iterable[Any]:
    """The appointment that began last, for somebody whose appointments have all ended."""
    return person.appointments.select_related("organisation").order_by("-starts_on", "-pk")[:1]


def place_of(person: Any) -> Any:
    """The organisation in whose history an account's changes stand; None for an account that was never appointed."""
    held = next(iter(person.standing(timezone.localdate())), None) or next(iter(last_held(person)), None)
    return held.organisation if held else None


def in_branch(user: Any, organisation: Any) -> bool:
    """The twin of `organisations.models.branch` for a row in memory."""
    place = user.appointment.organisation
    if place.kind == OrganisationKind.REGION:
        return organisation.region_id == place.pk
    if place.kind == OrganisationKind.MUNICIPALITY:
        return organisation.municipality_id == place.pk
    return organisation.pk == place.pk


def may_name_deputy(user: Any, appointment: Any) -> bool:
    """May the user say who stands in for this appointment? The person concerned, as oneself, and whoever stands above."""
    if appointment.user_id == user.pk:
        return True
    return bool(user.may("accounts.appoint_staff")) and is_below(user, appointment)
