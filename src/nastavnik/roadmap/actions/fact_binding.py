"""Bind measures to facts: by choice with a preview, from the built-in plan, from the measure that a copy came from."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.roadmap.actions.fact_marks import moved
from nastavnik.roadmap.actions.facts import asked, follow_facts, known_fact, take_over
from nastavnik.roadmap.enums import OPEN_STATES, AssignmentState, FactMark, FactRule
from nastavnik.roadmap.facts import Fact, all_facts, fact_of
from nastavnik.roadmap.models import Assignment, FactState, Measure, MeasureFact
from nastavnik.roadmap.queries.facts import Question, bound_codes, progress_for, questions_for


@transaction.atomic
def bind_facts(measure: Measure, *, codes: Collection[str], rule: str = FactRule.ALL, by: Any) -> Measure:
    """Bind a measure to these facts and to no others; its assignments follow at once. Nothing is written when nothing
    differs."""
    measure = Measure.objects.select_for_update(of=("self",)).select_related("roadmap__organisation").get(pk=measure.pk)
    if unknown := [code for code in codes if fact_of(code) is None]:
        raise Refusal(_("Такого факта нет: %(code)s. Обновите страницу.") % {"code": unknown[0]})
    before = set(bound_codes([measure.pk]).get(measure.pk, []))
    if before == set(codes) and measure.fact_rule == rule:
        return measure
    measure.facts.exclude(code__in=codes).delete()
    measure.fact_states.exclude(code__in=codes).delete()
    bind(measure, set(codes) - before)
    measure.fact_rule = rule
    measure.save(update_fields=["fact_rule"])
    trail.record(
        "roadmap.facts_bound", measure, by=by, organisation=measure.roadmap.organisation,
        before={"facts": names_of(before)}, after={"facts": names_of(codes)},
    )  # fmt: skip
    let_go(measure) if not codes else follow_facts(measure.assignments.all(), anew=True)
    return measure


def bind(measure: Measure, codes: Iterable[str]) -> None:
    """Rows for facts that the measure is not bound to yet."""
    rows = [MeasureFact(region_id=measure.region_id, measure=measure, code=code) for code in sorted(codes)]
    MeasureFact.objects.bulk_create(rows, ignore_conflicts=True)


def names_of(codes: Iterable[str]) -> list[str]:
    """Facts by name for the history."""
    return [str(known_fact(code).label) if fact_of(code) else code for code in sorted(codes)]


def let_go(measure: Measure) -> None:
    """No facts any more: marks stay as they are and belong to people again."""
    measure.assignments.exclude(fact_mark=FactMark.HAND).update(fact_mark=FactMark.HAND, fact_note="")


@transaction.atomic
def copy_facts(copies: Mapping[Any, Any]) -> int:
    """Bind copied measures (key of the copy > key of the measure that it was copied from) as their originals are; before
    their fan-out. Returns how many bindings. Three queries, and one per copy whose rule is «any»."""
    codes = bound_codes(copies.values())
    bound = Measure.objects.filter(pk__in=[pk for pk, origin in copies.items() if origin in codes])
    regions = dict(bound.values_list("pk", "region_id"))
    rows = [
        MeasureFact(region_id=regions[pk], measure_id=pk, code=code)
        for pk, origin in copies.items()
        if pk in regions
        for code in codes[origin]
    ]
    MeasureFact.objects.bulk_create(rows, ignore_conflicts=True)
    loose = set(Measure.objects.filter(pk__in=codes, fact_rule=FactRule.ANY).values_list("pk", flat=True))
    Measure.objects.filter(pk__in=[pk for pk, origin in copies.items() if origin in loose]).update(fact_rule=FactRule.ANY)
    return len(rows)


def facts_for(measure: Measure) -> list[Fact]:
    """Facts that make sense for at least one organisation that has to carry the measure out: one query."""
    kinds = set(measure.assignments.order_by().values_list("organisation__kind", flat=True).distinct())
    return [fact for fact in all_facts() if kinds & set(fact.kinds)]


@dataclass(frozen=True)
class BindingPreview:
    """What binding would do now: assignments that close, that begin, that stay open, that people have marked (and that stay
    as they are), and that none of the facts concerns."""

    closes: int
    begins: int
    stays: int
    by_hand: int
    not_concerned: int


def preview_binding(measure: Measure, codes: Collection[str], rule: str) -> BindingPreview:
    """Ask the facts without storing anything: a few queries per fact, whatever the number of organisations."""
    rows = list(measure.assignments.select_related("organisation"))
    asked_of = {one.pk: list(questions_for(one, measure.roadmap, sorted(codes))) for one in rows}
    states = fresh_answers(question for questions in asked_of.values() for question in questions)
    counts: Counter[str] = Counter()
    for one in rows:
        facts = [(known_fact(question.code), states[question.key]) for question in asked_of[one.pk]]
        counts[effect_on(one, facts, rule)] += 1
    return BindingPreview(**{name: counts[name] for name in BindingPreview.__dataclass_fields__})


def fresh_answers(questions: Iterable[Question]) -> dict[Any, FactState]:
    """Answers of today by key, not stored."""
    by_code: dict[str, dict[Any, FactState]] = defaultdict(dict)
    for one in questions:
        by_code[one.code][one.key] = FactState(
            organisation_id=one.organisation_id, code=one.code, year=one.year, measure_id=one.measure_id, occurrence=one.occurrence
        )
    for code, states in by_code.items():
        answers = asked(known_fact(code), list(states.values()))
        for state in states.values():
            take_over(state, answers)
    return {key: state for states in by_code.values() for key, state in states.items()}


def effect_on(assignment: Assignment, facts: list[tuple[Fact, FactState]], rule: str) -> str:
    """The name of the count in `BindingPreview` that an assignment falls into."""
    if not facts:
        return "not_concerned"
    closed_by_hand = assignment.state not in OPEN_STATES and assignment.fact_mark != FactMark.BY_FACT
    if closed_by_hand or assignment.fact_mark == FactMark.OVERRULED:
        return "by_hand"
    state = moved(assignment, progress_for(facts, rule), timezone.localdate()) or assignment.state
    return {AssignmentState.DONE.value: "closes", AssignmentState.IN_PROGRESS.value: "begins"}.get(str(state), "stays")
