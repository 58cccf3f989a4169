"""How organisations stand with what is demanded of them: as many queries for a thousand schools as for one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nastavnik.core.text import with_words
from nastavnik.monitoring.models import Requirement, RequirementMark
from nastavnik.monitoring.rules import Stand, requirements_for, stand_of
from nastavnik.organisations.calendars import school_year_of
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.facts import Ask, FactAnswer, answers_to

ORDER = ["sort_key", "pk"]
MOST_COMPARED = 1500


@dataclass(frozen=True, slots=True)
class Line:
    """An organisation with all of its standings."""

    place: Organisation
    stands: list[Stand]

    @property
    def gaps(self) -> list[Stand]:
        """What is demanded and not there."""
        return [one for one in self.stands if one.is_gap]

    @property
    def closed(self) -> int:
        """How many demands are met or not needed."""
        return len(self.stands) - len(self.gaps)


def standings_of(places: Sequence[Organisation], day: date) -> list[Line]:
    """Lines in the order of the organisations: the list, the marks, and one question per fact."""
    known = list(Requirement.objects.all().order_by("position", "title", "pk"))
    wanted = {place.pk: requirements_for(known, place, day) for place in places}
    marks = {(one.organisation_id, one.code): one for one in RequirementMark.objects.filter(organisation__in=[*wanted])}
    answers = answers_of(wanted, day)
    return [
        Line(
            place,
            [stand_of(one, marks.get((place.pk, one.code)), answers.get((place.pk, one.fact)), day) for one in wanted[place.pk]],
        )
        for place in places
    ]


def answers_of(wanted: dict[int, list[Any]], day: date) -> dict[tuple[int, str], FactAnswer]:
    """(organisation, fact) > what the fact says about this school year."""
    asking: dict[str, list[int]] = defaultdict(list)
    for place, requirements in wanted.items():
        for one in requirements:
            if one.fact:
                asking[one.fact].append(place)
    year = school_year_of(day)
    return {
        (ask.organisation_id, fact): answer
        for fact, places in asking.items()
        for ask, answer in answers_to(fact, [Ask(place, year.start, year.end) for place in places]).items()
    }


def schools_to_check(user: Any, query: Any, day: date) -> Any:
    """Schools of the branch that are open, by the typed words and the municipality of the address."""
    rows = with_words(Organisation.objects.visible_to(user).schools().active(day), query.get("q", ""), "search_text")
    return rows.filter(municipality__slug=query["municipality"]) if query.get("municipality") else rows


@dataclass(frozen=True, slots=True)
class Gap:
    """A requirement and how many of the schools do not meet it."""

    requirement: Any
    schools: int
    total: int


def gaps_by_requirement(lines: Iterable[Line]) -> list[Gap]:
    """The worst first."""
    totals: dict[str, list[int]] = {}
    requirements: dict[str, Any] = {}
    for line in lines:
        for stand in line.stands:
            code = stand.requirement.code
            requirements.setdefault(code, stand.requirement)
            tally = totals.setdefault(code, [0, 0])
            tally[0] += stand.is_gap
            tally[1] += 1
    found = [Gap(requirements[code], *tally) for code, tally in totals.items()]
    return sorted(found, key=lambda gap: (-gap.schools, gap.requirement.position))
