"""The page «Факты»: facts by organisations, each number with the list that it counts."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from nastavnik.core.paging import Page, keyset_page
from nastavnik.core.text import with_words
from nastavnik.organisations.calendars import SchoolYear, school_year_of
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.facts import Fact, all_facts, fact_of
from nastavnik.roadmap.models import Assignment, FactState
from nastavnik.roadmap.queries.lists import at_work

SHOWN_KINDS = (OrganisationKind.REGION, OrganisationKind.MUNICIPALITY, OrganisationKind.SCHOOL)
PAGE_SIZE = 30  # every cell is a link with its words: the page stays under 100 KB
ORDER = ["kind", "sort_key", "pk"]


@dataclass(frozen=True, slots=True)
class FactCount:
    """Of how many a fact holds: organisations, or assignments for a fact about the work on measures."""

    holding: int = 0
    total: int = 0


NOTHING = FactCount()


@dataclass(frozen=True, slots=True)
class FactCell:
    """One organisation and one fact: the stored answer, or how many of its assignments."""

    fact: Fact
    state: FactState | None
    count: FactCount


@dataclass(frozen=True)
class FactTable:
    """`heads` are the facts with the counts of the whole branch, `rows` the organisations of this page with their cells."""

    heads: list[tuple[Fact, FactCount]]
    rows: list[tuple[Organisation, list[FactCell]]]
    page: Page
    year: SchoolYear


def fact_table(user: Any, request: HttpRequest) -> FactTable:
    """The table of the present school year by the filters of the address: five queries, however many organisations."""
    year = school_year_of(timezone.localdate())
    facts = sorted(all_facts(), key=lambda fact: (fact.of_measure, fact.code))
    page = keyset_page(place_rows(user, request.GET, year.begins), ORDER, request, size=PAGE_SIZE)
    answers = FactState.objects.filter(organisation__in=page.rows, year=year.begins, subject="")
    states = {(one.organisation_id, one.code): one for one in answers}
    counts = work_counts(user, "organisation_id", organisation__in=page.rows)
    totals = {**place_counts(user, year.begins), **{code: count for (code,), count in work_counts(user).items()}}
    rows = [
        (place, [FactCell(fact, states.get((place.pk, fact.code)), counts.get((place.pk, fact.code), NOTHING)) for fact in facts])
        for place in page.rows
    ]
    return FactTable([(fact, totals.get(fact.code, NOTHING)) for fact in facts], rows, page, year)


def shown_places(user: Any) -> QuerySet[Organisation]:
    """Organisations that facts are about: open ones of the branch."""
    return Organisation.objects.visible_to(user).filter(kind__in=SHOWN_KINDS).active(timezone.localdate())


def place_rows(user: Any, query: Any, year: int) -> QuerySet[Organisation]:
    """Rows of the table: `fact` (code) with `holds` (yes or no), `kind`, `below` (address of a municipality), `q` (words)."""
    rows = shown_places(user)
    fact = fact_of(query.get("fact", ""))
    if fact is not None and not fact.of_measure:
        states = FactState.objects.filter(organisation=OuterRef("pk"), code=fact.code, year=year, subject="")
        holds = {"yes": True, "no": False}.get(query.get("holds", ""))
        rows = rows.filter(Exists(states if holds is None else states.filter(holds=holds)))
    if query.get("kind") in SHOWN_KINDS:
        rows = rows.filter(kind=query["kind"])
    if query.get("below"):
        rows = rows.filter(municipality__slug=query["below"])
    return with_words(rows, query.get("q", ""), "search_text")


def place_counts(user: Any, year: int) -> dict[str, FactCount]:
    """Code > of how many organisations of the branch it holds: one query."""
    rows = FactState.objects.filter(organisation__in=shown_places(user), year=year, subject="")
    grouped = rows.order_by().values_list("code").annotate(k=Count("pk", filter=Q(holds=True)), n=Count("pk"))
    return {code: FactCount(holding, total) for code, holding, total in grouped}


def work_counts(user: Any, *by: str, **narrow: Any) -> dict[tuple[Any, ...], FactCount]:
    """(…, code) > of how many assignments of plans at work a fact about the work on measures holds: one query."""
    codes = [fact.code for fact in all_facts() if fact.of_measure]
    states = FactState.objects.filter(
        organisation=OuterRef("organisation"), code=OuterRef("measure__facts__code"), measure=OuterRef("measure"),
        occurrence=OuterRef("occurrence"), holds=True,
    )  # fmt: skip
    rows = at_work(Assignment.objects.visible_to(user), user).filter(measure__facts__code__in=codes, **narrow)
    grouped = rows.annotate(holding=Exists(states)).order_by().values_list(*by, "measure__facts__code")
    counted = grouped.annotate(k=Count("pk", filter=Q(holding=True)), n=Count("pk"))
    return {row[:-2]: FactCount(*row[-2:]) for row in counted}
