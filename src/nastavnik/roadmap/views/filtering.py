"""The filter bar that all views of the list share."""

from typing import Any

from django.http import HttpRequest

from nastavnik.core.htmx import asked
from nastavnik.roadmap.enums import ShownState
from nastavnik.roadmap.facts import fact_of
from nastavnik.roadmap.models import Roadmap, Section
from nastavnik.roadmap.queries.lists import FILTERS
from nastavnik.roadmap.words import ROLE_WORDS

MOST_PLANS = 20
PARTY_ROLES = [(role.value, words) for role, words in ROLE_WORDS.items()]
PAGES = ("after", "before", "cell", "all")


def filters_context(request: HttpRequest) -> dict[str, Any]:
    """What `parts/filters.html` reads: the typed filters, what can be chosen, and what else of the address must stay. Two
    queries."""
    rows = Roadmap.objects.visible_to(request.user).working().without_others_own(request.user)
    plans = list(rows.order_by("-created_at", "-pk")[:MOST_PLANS])
    return filters_of_plans(request, plans, sections_to_choose(plans, request.GET.get("roadmap", "")))


def filters_of_plans(request: HttpRequest, plans: list[Roadmap], sections: list[Section]) -> dict[str, Any]:
    """The same for a page that knows its plan and its sections already."""
    return {
        "query": asked(request), "states": ShownState.choices, "roles": PARTY_ROLES, "plans": plans, "sections": sections,
        "kept": kept_pairs(request), "fact": fact_of(request.GET.get("fact", "")),
    }  # fmt: skip


def kept_pairs(request: HttpRequest) -> list[tuple[str, str]]:
    """Order, columns, density, month: what a view adds to the filters and a new filter must not lose."""
    names = [name for name in request.GET if name not in FILTERS and name not in PAGES]
    return [(name, value) for name in names for value in request.GET.getlist(name)][:40]


def sections_to_choose(plans: list[Roadmap], chosen: str) -> list[Section]:
    """Sections of the chosen plan, or of the only one: with several plans a section's number alone would say nothing."""
    named = [plan for plan in plans if str(plan.pk) == chosen] or plans
    return list(named[0].sections.order_by("position").defer("occurrences")) if len(named) == 1 else []
