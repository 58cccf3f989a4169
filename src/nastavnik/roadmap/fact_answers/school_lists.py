"""«Список школ утверждён»: the act of the municipality for the school year."""

from collections.abc import Sequence

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nastavnik.core.templatetags.nastavnik import short_day
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import ListedSchool, Organisation, SchoolListApproval
from nastavnik.roadmap.fact_answers.counting import municipalities_below, places_of, schools_below, year_of
from nastavnik.roadmap.facts import Answers, Ask, Fact, FactAnswer, register_fact

CODE = "school_list_approved"

Lists = dict[tuple[int, int], SchoolListApproval]


def school_list_approved(asks: Sequence[Ask]) -> Answers:
    """A municipality: its list for the year is approved. A school: it stands on that list. A region: every municipality has
    one. At most five queries."""
    places = places_of(asks)
    schools, below = schools_below(places.values()), municipalities_below(places.values())
    wanted = {
        *(place.municipality_id for place in places.values() if place.municipality_id),
        *(pk for ids in below.values() for pk in ids),
    }
    lists = lists_of(wanted, {year_of(ask) for ask in asks})
    listed = listed_pairs(lists, places)
    answers = {}
    for ask in asks:
        place, year = places.get(ask.organisation_id), year_of(ask)
        if place is None:
            continue
        if place.kind == OrganisationKind.REGION:
            answers[ask] = region_answer(below.get(place.pk, set()), lists, year)
            continue
        approval = lists.get((place.municipality_id or 0, year))
        if place.kind == OrganisationKind.MUNICIPALITY:
            answers[ask] = municipality_answer(approval, len(schools.get(place.pk, ())))
        else:
            answers[ask] = school_answer(approval, approval is not None and (approval.pk, place.pk) in listed)
    return answers


def lists_of(municipalities: set[int], years: set[int]) -> Lists:
    """(municipality, year) > the list in force with the number of its schools."""
    rows = SchoolListApproval.objects.in_force().filter(municipality_id__in=municipalities, year__in=years)
    return {(one.municipality_id, one.year): one for one in rows.annotate(school_count=Count("lines"))}


def listed_pairs(lists: Lists, places: dict[int, Organisation]) -> set[tuple[object, int]]:
    """(list, school) of the schools that are asked about."""
    schools = [place.pk for place in places.values() if place.kind == OrganisationKind.SCHOOL]
    if not schools or not lists:
        return set()
    rows = ListedSchool.objects.filter(approval__in=[one.pk for one in lists.values()], school_id__in=schools)
    return set(rows.values_list("approval_id", "school_id"))


def page() -> str:
    """Where the list is seen."""
    return reverse("organisations:approved_list")


def act_words(approval: SchoolListApproval) -> str:
    """«приказ № 45 от 12.09.2026»."""
    return _("приказ № %(number)s от %(day)s") % {"number": approval.number, "day": short_day(approval.approved_on)}


def municipality_answer(approval: SchoolListApproval | None, schools: int) -> FactAnswer:
    """The list and how many schools of all stand on it."""
    if approval is None:
        return FactAnswer(False, 0, schools, _("Список школ на этот год не утверждён."), page())
    count = approval.school_count  # type: ignore[attr-defined]
    words = _("Список утверждён: %(act)s, школ в нём %(count)s.") % {"act": act_words(approval), "count": count}
    return FactAnswer(True, count, max(count, schools), words, page(), approval.approved_on)


def school_answer(approval: SchoolListApproval | None, on_it: bool) -> FactAnswer:
    """Is the school on the list?"""
    if approval is None:
        return FactAnswer(False, 0, 1, _("Список школ на этот год не утверждён."), page())
    words = _("Школа в списке: %(act)s.") if on_it else _("Школы нет в списке: %(act)s.")
    since = approval.approved_on if on_it else None
    return FactAnswer(on_it, int(on_it), 1, words % {"act": act_words(approval)}, page(), since)


def region_answer(municipalities: set[int], lists: Lists, year: int) -> FactAnswer:
    """How many municipalities have approved theirs."""
    days = [lists[pk, year].approved_on for pk in municipalities if (pk, year) in lists]
    total = len(municipalities)
    words = _("Список утвердили %(done)s из %(total)s муниципалитетов.") % {"done": len(days), "total": total}
    holds = bool(days) and len(days) == total
    return FactAnswer(holds, len(days), total, words, page(), max(days) if holds else None)


register_fact(
    Fact(
        CODE, gettext_lazy("Утверждён ли список школ, которые участвуют?"), school_list_approved,
        (OrganisationKind.REGION, OrganisationKind.MUNICIPALITY, OrganisationKind.SCHOOL),
        name=gettext_lazy("Список школ утверждён"),
    )
)  # fmt: skip
