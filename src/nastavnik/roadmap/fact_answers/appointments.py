"""«Куратор назначен»: an appointment in force."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Appointment
from nastavnik.core.templatetags.nastavnik import short_day
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.fact_answers.counting import places_of, schools_below
from nastavnik.roadmap.facts import Answers, Ask, Fact, FactAnswer, register_fact

OWN, EVERYWHERE = "coordinator_appointed", "schools_have_coordinators"
ROLES = (Role.SCHOOL_COORDINATOR, Role.MUNICIPAL_COORDINATOR)


def coordinator_appointed(asks: Sequence[Ask]) -> Answers:
    """A coordinator of the organisation itself is appointed now; for a municipality the numbers are those of its schools.
    Three queries. The answer is the one of today, whatever the period: yesterday's coordinator helps nobody."""
    return answered(asks, own_answer)


def schools_have_coordinators(asks: Sequence[Ask]) -> Answers:
    """A municipality: every open school has a coordinator now. Three queries."""
    return answered(asks, counted_answer)


def answered(asks: Sequence[Ask], answer: Callable[[Organisation, set[int], dict[int, date]], FactAnswer]) -> Answers:
    """Each ask with the organisation, its schools and the days since which there are coordinators."""
    places = places_of(asks)
    schools = schools_below(places.values())
    since = coordinators_of({*places, *(pk for found in schools.values() for pk in found)})
    return {
        ask: answer(places[ask.organisation_id], schools.get(ask.organisation_id, set()), since)
        for ask in asks
        if ask.organisation_id in places
    }


def coordinators_of(ids: set[int]) -> dict[int, date]:
    """Organisation > the day since which it has a coordinator; those without one are missing."""
    held = Appointment.objects.in_force(timezone.localdate()).filter(organisation_id__in=ids, role__in=ROLES)
    return dict(held.order_by().values_list("organisation_id").annotate(Min("starts_on")))


def own_answer(place: Organisation, schools: set[int], since: dict[int, date]) -> FactAnswer:
    """The coordinator of the organisation itself."""
    own = since.get(place.pk)
    if place.kind == OrganisationKind.MUNICIPALITY:
        counted = counted_answer(place, schools, since)
        words = (
            _("Муниципальный куратор назначен с %(day)s.") % {"day": short_day(own)} if own else _("Муниципального куратора нет.")
        )
        return FactAnswer(own is not None, counted.done, counted.total, f"{words} {counted.words}", counted.url, own)
    url = reverse("organisations:organisation_detail", kwargs={"slug": place.slug})
    words = _("Куратор назначен с %(day)s.") % {"day": short_day(own)} if own else _("Куратора в школе нет.")
    return FactAnswer(own is not None, int(own is not None), 1, words, url, own)


def counted_answer(place: Organisation, schools: set[int], since: dict[int, date]) -> FactAnswer:
    """How many schools have one."""
    having = [since[pk] for pk in schools if pk in since]
    words = _("Куратор есть в %(done)s из %(total)s школ.") % {"done": len(having), "total": len(schools)}
    url = f"{reverse('accounts:staff_list')}?role={Role.SCHOOL_COORDINATOR.value}"
    holds = bool(having) and len(having) == len(schools)
    return FactAnswer(holds, len(having), len(schools), words, url, max(having) if holds else None)


register_fact(
    Fact(
        OWN, gettext_lazy("Назначен ли куратор?"), coordinator_appointed,
        (OrganisationKind.MUNICIPALITY, OrganisationKind.SCHOOL), of_calendar=True, name=gettext_lazy("Куратор назначен"),
    )
)  # fmt: skip
register_fact(
    Fact(
        EVERYWHERE, gettext_lazy("Есть ли куратор в каждой школе?"), schools_have_coordinators, (OrganisationKind.MUNICIPALITY,),
        of_calendar=True, name=gettext_lazy("Кураторы во всех школах"),
    )
)  # fmt: skip
