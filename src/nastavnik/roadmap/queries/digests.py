"""What each person has to be told on a day: own open work by the ladder, and for the department who is late. As many queries
for one person as for a batch of hundreds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from nastavnik.accounts.models import Appointment, Deputyship, User
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import Audience
from nastavnik.roadmap.models import Assignment, Digest, Roadmap
from nastavnik.roadmap.models.assignments import OPEN
from nastavnik.roadmap.queries.ladders import DaysSpokenOf
from nastavnik.roadmap.queries.readers import READING, Reader, addressed, readers_by_role


@dataclass(frozen=True, slots=True)
class Notice:
    """One line: what, by when, for which organisation. `late_places` counts the organisations that are late with it, for whom
    leads them; 0 for own work. `names` are the first and the last of them."""

    place: str
    acting_for: str
    number: str
    text: str
    due_on: date
    late_places: int = 0
    names: tuple[str, ...] = ()


def people_to_tell(day: date, *, after: UUID | None, most: int) -> list[UUID]:
    """The next accounts, in the order of their keys, that may have something to be told and have no digest of the day."""
    appointed = Appointment.objects.in_force(day).filter(user=OuterRef("pk"), role__in=READING)
    acting = Deputyship.objects.in_force(day).filter(deputy=OuterRef("pk"), appointment__role__in=READING)
    people = User.objects.filter(Q(Exists(appointed)) | Q(Exists(acting)), is_active=True)
    people = people.exclude(Exists(Digest.objects.filter(user=OuterRef("pk"), day=day)))
    if after is not None:
        people = people.filter(pk__gt=after)
    return list(people.order_by("pk").values_list("pk", flat=True)[:most])


def notices_of(people: Iterable[UUID], spoken: DaysSpokenOf) -> dict[UUID, list[Notice]]:
    """The notices of each of these people, the worst first; nobody who has none. Six queries."""
    people = set(people)
    places = places_of(people, spoken.day)
    spoken.load({(place.region_id, place.municipality_id) for place in places.values()})
    readers = readers_by_role(places, spoken.day)
    found: dict[UUID, list[Notice]] = defaultdict(list)
    for place, notice, to in [*own_work(places, spoken), *late_below(places, spoken)]:
        for key, reader in addressed(readers.get(place.pk, {}), to).items():
            if key in people:
                found[key].append(notice(reader))
    return {key: sorted(notices, key=worst_first) for key, notices in found.items()}


def places_of(people: set[UUID], day: date) -> dict[int, Organisation]:
    """The organisations in which these people are appointed (a deputy stands in only where the deputy is appointed too)."""
    held = Appointment.objects.in_force(day).filter(user__in=people).values("organisation")
    return {place.pk: place for place in Organisation.objects.filter(pk__in=held)}


def own_work(places: dict[int, Organisation], spoken: DaysSpokenOf) -> Iterable[tuple[Organisation, Any, frozenset[Audience]]]:
    """(organisation, how its notice reads for a reader, to whom) for each open assignment that is spoken of: one query."""
    due = {pk: spoken.of(place) for pk, place in places.items()}
    rows = spoken_of(Assignment.objects.filter(organisation__in=places), due.values())
    for pk, due_on, number, text in rows.values_list("organisation_id", "due_on", "measure__number", "measure__text"):
        to = due[pk].get(due_on)
        if to:
            yield places[pk], written(places[pk].name, number, text, due_on), to


def late_below(places: dict[int, Organisation], spoken: DaysSpokenOf) -> Iterable[tuple[Organisation, Any, frozenset[Audience]]]:
    """The same for measures with which others of a municipality are late, where a step speaks to the department: one query."""
    due = {pk: to_department(spoken, place) for pk, place in places.items() if place.kind == OrganisationKind.MUNICIPALITY}
    rows = Assignment.objects.filter(organisation__municipality__in=due).exclude(organisation__in=due)
    rows = rows.exclude(roadmap__organisation__kind=OrganisationKind.SCHOOL)  # what a school plans for itself is its own matter
    groups = spoken_of(rows, due.values()).order_by().values(
        "organisation__municipality_id", "measure_id", "due_on"
    ).annotate(
        number=Min("measure__number"), text=Min("measure__text"), late=Count("organisation_id", distinct=True),
        first=Min("organisation__name"), last=Max("organisation__name"),
    )  # fmt: skip
    for one in groups:
        place = places[one["organisation__municipality_id"]]
        if one["due_on"] in due[place.pk]:
            names = tuple(dict.fromkeys([one["first"], one["last"]]))
            notice = written(place.name, one["number"], one["text"], one["due_on"], late_places=one["late"], names=names)
            yield place, notice, frozenset({Audience.COORDINATOR})


def to_department(spoken: DaysSpokenOf, place: Organisation) -> dict[date, frozenset[Audience]]:
    """The past due days of which a municipality's ladder speaks to the department."""
    return {day: to for day, to in spoken.of(place).items() if Audience.DEPARTMENT in to and day < spoken.day}


def spoken_of(rows: Any, due: Iterable[dict[date, frozenset[Audience]]]) -> QuerySet[Assignment]:
    """Open assignments of plans that bind, due on one of these days."""
    days = {day for one in due for day in one}
    found: QuerySet[Assignment] = rows.filter(OPEN, roadmap__in=Roadmap.objects.binding(), awaits_date=False, due_on__in=days)
    return found


def written(place: str, number: str, text: str, due_on: date, **late: Any) -> Any:
    """How the notice reads for one reader: it says for whom a deputy reads it."""

    def notice(reader: Reader) -> Notice:
        return Notice(place, reader.acting_for, number.rstrip("."), text, due_on, **late)

    return notice


def worst_first(notice: Notice) -> tuple[Any, ...]:
    """What is late longest comes first, then what is due next."""
    return notice.due_on, notice.place, notice.number, notice.text
