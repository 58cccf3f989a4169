"""Which organisations an answer counts, and the year of an ask."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.utils import timezone

from nastavnik.organisations.calendars import year_within
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.facts import Ask


def places_of(asks: Sequence[Ask]) -> dict[int, Organisation]:
    """The organisations that are asked about: one query."""
    return Organisation.objects.only("kind", "slug", "name", "municipality", "region").in_bulk(
        {ask.organisation_id for ask in asks}
    )


def schools_below(places: Iterable[Organisation]) -> dict[int, set[int]]:
    """Municipality > its open schools: one query."""
    return grouped_below(places, OrganisationKind.MUNICIPALITY, OrganisationKind.SCHOOL, "municipality_id")


def municipalities_below(places: Iterable[Organisation]) -> dict[int, set[int]]:
    """Region > its open municipalities: one query."""
    return grouped_below(places, OrganisationKind.REGION, OrganisationKind.MUNICIPALITY, "region_id")


def grouped_below(places: Iterable[Organisation], above: str, kind: str, column: str) -> dict[int, set[int]]:
    """Organisations of one kind by the one above; no query when nobody of that level is asked about."""
    ids = [place.pk for place in places if place.kind == above]
    found: dict[int, set[int]] = defaultdict(set)
    if ids:
        rows = Organisation.objects.filter(Q(**{f"{column}__in": ids}), kind=kind).active(timezone.localdate())
        for pk, owner in rows.values_list("pk", column):
            found[owner].add(pk)
    return found


def year_of(ask: Ask) -> int:
    """The school year that an ask is about."""
    today = timezone.localdate()
    day = min(max(today, ask.start or date.min), ask.end or date.max)
    return year_within(ask.start, ask.end, day).begins
