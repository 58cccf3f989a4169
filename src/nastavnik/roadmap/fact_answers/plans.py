"""«Дорожная карта утверждена» and «согласована»: the stage of the organisation's own plan for that period."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nastavnik.core.templatetags.nastavnik import short_day
from nastavnik.organisations.calendars import years_of_period
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.enums import Purpose, Stage
from nastavnik.roadmap.fact_answers.counting import places_of, schools_below, year_of
from nastavnik.roadmap.facts import Answers, Ask, Fact, FactAnswer, register_fact
from nastavnik.roadmap.models import Roadmap

APPROVED, ENDORSED = "roadmap_approved", "roadmap_endorsed"
APPROVED_STAGES, ENDORSED_STAGES = (Stage.APPROVED, Stage.ENDORSED), (Stage.ENDORSED,)
FURTHEST = [Stage.DRAFT, Stage.RETURNED, Stage.APPROVED, Stage.ENDORSED]

Plans = dict[tuple[int, int], Roadmap]


def roadmap_approved(asks: Sequence[Ask]) -> Answers:
    """The own plan that covers the period is approved (or endorsed already): two queries."""
    places = places_of(asks)
    plans = plans_of(set(places))
    return {ask: own_answer(plans.get((ask.organisation_id, year_of(ask))), approved=True) for ask in asks}


def roadmap_endorsed(asks: Sequence[Ask]) -> Answers:
    """A school: its own plan is endorsed by the department. A municipality: those of all its open schools are: three queries."""
    places = places_of(asks)
    schools = schools_below(places.values())
    plans = plans_of({*places, *(pk for found in schools.values() for pk in found)})
    return {
        ask: counted_answer(schools.get(ask.organisation_id, set()), plans, year_of(ask))
        if ask.organisation_id in places and places[ask.organisation_id].kind == OrganisationKind.MUNICIPALITY
        else own_answer(plans.get((ask.organisation_id, year_of(ask))), approved=False)
        for ask in asks
    }


def plans_of(ids: set[int]) -> Plans:
    """(organisation, school year) > the plan that has come furthest among those at work: one query. A plan without a period
    counts for every year that is asked about only through its own dates, so it counts for none."""
    rows = Roadmap.objects.active().filter(organisation_id__in=ids, purpose=Purpose.WORK).order_by("created_at", "pk")
    found: Plans = {}
    for plan in rows.only("organisation", "starts_on", "ends_on", "stage", "approved_on", "approved_number"):
        for year in years_of_period(plan.starts_on, plan.ends_on):
            key = (plan.organisation_id, year.begins)
            if key not in found or rank(plan) >= rank(found[key]):
                found[key] = plan
    return found


def rank(plan: Roadmap) -> int:
    """How far the paper has come."""
    return FURTHEST.index(Stage(plan.stage))


def own_answer(plan: Roadmap | None, *, approved: bool) -> FactAnswer:
    """One plan in words."""
    if plan is None:
        return FactAnswer(False, 0, 1, _("Своей дорожной карты на этот год нет."), reverse("roadmap:roadmap_list"))
    holds = plan.stage in (APPROVED_STAGES if approved else ENDORSED_STAGES)
    since: date | None = plan.approved_on if approved and holds else None
    url = reverse("roadmap:roadmap_detail", kwargs={"pk": plan.pk})
    return FactAnswer(holds, int(holds), 1, stage_words(plan), url, since)


def stage_words(plan: Roadmap) -> str:
    """«Дорожная карта утверждена 12.09.2026, № 45.»"""
    if plan.stage == Stage.APPROVED and plan.approved_on:
        number = _(", № %(number)s") % {"number": plan.approved_number} if plan.approved_number else ""
        return _("Дорожная карта утверждена %(day)s%(number)s.") % {"day": short_day(plan.approved_on), "number": number}
    words: dict[str, Any] = {
        Stage.DRAFT: _("Дорожная карта ещё проект."), Stage.RETURNED: _("Дорожная карта возвращена на доработку."),
        Stage.APPROVED: _("Дорожная карта утверждена."), Stage.ENDORSED: _("Дорожная карта согласована."),
    }  # fmt: skip
    return words[Stage(plan.stage)]


def counted_answer(schools: set[int], plans: Plans, year: int) -> FactAnswer:
    """How many plans of schools are endorsed."""
    done = sum((pk, year) in plans and plans[pk, year].stage in ENDORSED_STAGES for pk in schools)
    words = _("Согласованы дорожные карты %(done)s из %(total)s школ.") % {"done": done, "total": len(schools)}
    return FactAnswer(bool(schools) and done == len(schools), done, len(schools), words, reverse("roadmap:roadmap_list"))


register_fact(
    Fact(
        APPROVED, gettext_lazy("Утверждена ли своя дорожная карта?"), roadmap_approved,
        (OrganisationKind.REGION, OrganisationKind.MUNICIPALITY, OrganisationKind.SCHOOL), name=gettext_lazy("Карта утверждена"),
    )
)  # fmt: skip
register_fact(
    Fact(
        ENDORSED, gettext_lazy("Согласована ли дорожная карта школы?"), roadmap_endorsed,
        (OrganisationKind.MUNICIPALITY, OrganisationKind.SCHOOL), name=gettext_lazy("Карта согласована"),
    )
)  # fmt: skip
