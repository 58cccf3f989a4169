"""«Куратор назначен»: an appointment in force."""

from collections.abc import Sequence
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

CODE = "coordinator_appointed"
ROLES = (Role.SCHOOL_COORDINATOR, Role.MUNICIPAL_COORDINATOR)


def coordinator_appointed(asks: Sequence[Ask]) -> Answers:
    """A school: a coordinator is appointed now. A municipality: its own coordinator and one in every open school. Three
    queries. The answer is the one of today, whatever the period: yesterday's coordinator helps nobody."""
    places = places_of(asks)
    schools = schools_below(places.values())
    since = coordinators_of({*places, *(pk for found in schools.values() for pk in found)})
    return {
        ask: answer_for(places[ask.organisation_id], schools.get(ask.organisation_id, set()), since)
        for ask in asks
        if ask.organisation_id in places
    }


def coordinators_of(ids: set[int]) -> dict[int, date]:
    """Organisation > the day since which it has a coordinator; those without one are missing."""
    held = Appointment.objects.in_force(timezone.localdate()).filter(organisation_id__in=ids, role__in=ROLES)
    return dict(held.order_by().values_list("organisation_id").annotate(Min("starts_on")))


def answer_for(place: Organisation, schools: set[int], since: dict[int, date]) -> FactAnswer:
    """One organisation in words."""
    own = since.get(place.pk)
    if place.kind != OrganisationKind.MUNICIPALITY:
        url = reverse("organisations:organisation_detail", kwargs={"slug": place.slug})
        words = _("Куратор назначен с %(day)s.") % {"day": short_day(own)} if own else _("Куратора в школе нет.")
        return FactAnswer(own is not None, int(own is not None), 1, words, url, own)
    having = [since[pk] for pk in schools if pk in since]
    words = _("Куратор есть в %(done)s из %(total)s школ.") % {"done": len(having), "total": len(schools)}
    words = words if own else _("Муниципальный куратор не назначен. %(words)s") % {"words": words}
    url = f"{reverse('accounts:staff_list')}?role={Role.SCHOOL_COORDINATOR.value}"
    holds = own is not None and len(having) == len(schools)
    return FactAnswer(holds, len(having), len(schools), words, url, max([own, *having]) if own and holds else None)


register_fact(
    Fact(
        CODE, gettext_lazy("Назначен ли куратор?"), coordinator_appointed,
        (OrganisationKind.MUNICIPALITY, OrganisationKind.SCHOOL), of_calendar=True, name=gettext_lazy("Куратор назначен"),
    )
)  # fmt: skip
