"""One measure: how many have done it by each of its dates, and who is late."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Min
from django.utils import timezone

from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.models import Assignment, Measure
from nastavnik.roadmap.queries.plans import Tally, counted

MOST_NAMED = 60


@dataclass(frozen=True)
class Occurrence:
    """One date of a measure: its number, its day (None without one) and its tally; `schools_only` when no department or
    partner is among them."""

    number: int
    due_on: date | None
    tally: Tally
    schools_only: bool


def occurrences_of(measure: Measure, user: Any) -> list[Occurrence]:
    """«k из n» for each date of a measure within the branch: two queries."""
    rows = Assignment.objects.visible_to(user).filter(measure=measure)
    tallies = counted(rows, "occurrence")
    days = rows.order_by("occurrence").values_list("occurrence").annotate(
        Min("due_on"), Min("organisation__kind"), Max("organisation__kind")
    )  # fmt: skip
    return [
        Occurrence(number, due_on, tallies[number], first == last == OrganisationKind.SCHOOL)
        for number, due_on, first, last in days
    ]


def late_places_of(measure: Measure, user: Any) -> list[Organisation]:
    """Who is late with a measure, in the order of lists, at most `MOST_NAMED`: one query."""
    late = Assignment.objects.visible_to(user).filter(measure=measure).shown_as("late", timezone.localdate())
    places = Organisation.objects.filter(pk__in=late.values("organisation_id"))
    return list(places.order_by("sort_key", "pk")[:MOST_NAMED])
