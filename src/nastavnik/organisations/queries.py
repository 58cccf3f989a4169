"""Reads of organisations."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils import timezone

from nastavnik.core.text import number_of, with_words
from nastavnik.organisations.calendars import school_year_of
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import ListedSchool, Organisation, SchoolListApproval, SpecialDay


def organisation_rows(user: Any, query: QueryDict) -> QuerySet[Organisation]:
    """Organisations of the branch as the list shows them: `q`, `kind`, `below` (slug of a municipality), `closed=1`."""
    rows = Organisation.objects.visible_to(user).select_related("municipality")
    if not query.get("closed"):
        rows = rows.not_closed(timezone.localdate())
    if query.get("kind"):
        rows = rows.filter(kind=query["kind"])
    if query.get("below"):
        rows = rows.filter(municipality__slug=query["below"])
    return with_words(rows, query.get("q", ""), "search_text")


def order_for(user: Any) -> list[str]:
    """A municipality reads schools, then partners, then itself; a region reads its municipalities first."""
    return ["-kind" if led_kind(user) != OrganisationKind.REGION else "kind", "sort_key", "pk"]


def led_kind(user: Any) -> str:
    """The level of the present appointment, "" without one."""
    return user.appointment.organisation.kind if user.appointment else ""


def kinds_to_open(user: Any) -> list[OrganisationKind]:
    """What the user may add directly below the own organisation."""
    if not user.may("organisations.open_schools"):
        return []
    below = {
        OrganisationKind.REGION: [OrganisationKind.MUNICIPALITY],
        OrganisationKind.MUNICIPALITY: [OrganisationKind.SCHOOL, OrganisationKind.PARTNER],
    }
    return below.get(OrganisationKind(led_kind(user)), [])


def may_import(user: Any) -> bool:
    """A school list belongs to a municipality."""
    return user.may("organisations.import_schools") and led_kind(user) == OrganisationKind.MUNICIPALITY


def may_change(user: Any, organisation: Organisation) -> bool:
    """The own card, or any card in one's municipality for those who lead it."""
    if user.appointment is None or not user.may("organisations.change_card"):
        return False
    own = organisation.pk == user.appointment.organisation_id
    return own or (user.may("organisations.open_schools") and organisation.municipality_id == user.appointment.organisation_id)


def led_organisations(user: Any) -> QuerySet[Organisation]:
    """Organisations that the user may close: those below the municipality in which the user is appointed."""
    place = user.appointment.organisation_id if user.appointment else None
    return Organisation.objects.filter(municipality_id=place).exclude(pk=place)


def successors(organisation: Organisation) -> QuerySet[Organisation]:
    """Into which an organisation may merge."""
    same = Organisation.objects.filter(municipality=organisation.municipality_id, kind=organisation.kind, closed_on=None)
    return same.exclude(pk=organisation.pk).order_by("sort_key", "pk")


def may_approve_list(user: Any) -> bool:
    """A list of schools that take part is approved by their municipality."""
    return user.may("organisations.approve_school_list") and led_kind(user) == OrganisationKind.MUNICIPALITY


def year_asked(query: QueryDict) -> int:
    """The school year that the address names, else the present one."""
    year = number_of(query.get("year"))
    return year if year is not None and 1000 <= year < 9999 else school_year_of(timezone.localdate()).begins


def list_in_force(user: Any, year: int) -> SchoolListApproval | None:
    """The approved list of the user's municipality for a school year."""
    rows = SchoolListApproval.objects.visible_to(user).in_force().filter(year=year).select_related("municipality", "scan")
    return rows.annotate(school_count=Count("lines")).first()


def listed_rows(user: Any, query: QueryDict, approval: SchoolListApproval | None) -> QuerySet[Organisation]:
    """Open schools of the branch with `listed`: does the school stand on the list? `q` words, `listed` yes or no."""
    lines = ListedSchool.objects.filter(approval=approval, school=OuterRef("pk"))
    rows = Organisation.objects.visible_to(user).schools().active(timezone.localdate()).annotate(listed=Exists(lines))
    if query.get("listed") in ("yes", "no"):
        rows = rows.filter(listed=query["listed"] == "yes")
    return with_words(rows, query.get("q", ""), "search_text")


def municipalities_with_lists(user: Any, query: QueryDict, year: int) -> QuerySet[Organisation]:
    """Municipalities of a region; `lists_of` names the list of each. `q` words, `listed` yes or no."""
    held = SchoolListApproval.objects.in_force().filter(municipality=OuterRef("pk"), year=year)
    rows = Organisation.objects.visible_to(user).filter(kind=OrganisationKind.MUNICIPALITY).not_closed(timezone.localdate())
    rows = rows.annotate(listed=Exists(held))
    if query.get("listed") in ("yes", "no"):
        rows = rows.filter(listed=query["listed"] == "yes")
    return with_words(rows, query.get("q", ""), "search_text")


def lists_of(municipalities: list[Organisation], year: int) -> dict[int, SchoolListApproval]:
    """Municipality > its list in force with the number of schools: one query."""
    rows = SchoolListApproval.objects.in_force().filter(municipality__in=municipalities, year=year)
    return {one.municipality_id: one for one in rows.annotate(school_count=Count("lines"))}


def may_keep_days(user: Any, special: SpecialDay) -> bool:
    """Is it a day of the user's own region or municipality, or of one below?"""
    return user.may("organisations.keep_calendar") and SpecialDay.objects.kept_by(user).filter(pk=special.pk).exists()


def places_of_days(user: Any) -> QuerySet[Organisation]:
    """For which regions and municipalities the user may add special days."""
    levels = (OrganisationKind.REGION, OrganisationKind.MUNICIPALITY)
    places = Organisation.objects.visible_to(user).filter(kind__in=levels).not_closed(timezone.localdate())
    return places.order_by("-kind", "sort_key", "pk")
