"""Stored answers of facts: made, renewed, and what follows for assignments. Everything is incremental: whatever may
change an answer calls `touch_facts` in its own transaction. Rows are locked in one order: answers by key, then assignments
by key; an answer is asked only under its lock, so that of two people who change it at once the second sees the first."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation

from nastavnik.organisations.calendars import school_year_of
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.fact_marks import settle
from nastavnik.roadmap.enums import FactMark, RoadmapState
from nastavnik.roadmap.facts import Answers, Ask, Fact, all_facts, answers_to, fact_of
from nastavnik.roadmap.models import Assignment, FactState
from nastavnik.roadmap.models.assignments import OPEN, AssignmentQuerySet
from nastavnik.roadmap.queries.facts import Question, ask_of, questions_of

BATCH, PART = 2000, 200
ANSWER_COLUMNS = ("holds", "done", "total", "words", "url", "since")
# A year that ended longer ago is history: its answers stay as they are.
LOOK_BACK = timedelta(days=92)
LONG_PLAN = timedelta(days=400)


@transaction.atomic
def touch_facts(code: str, organisation_ids: Iterable[int], *, by: Any, measures: Collection[Any] | None = None) -> int:
    """Something happened that may change what the fact says of these organisations, and of those above that count them:
    ask it anew, close what it closes and re-open what it no longer holds. `measures` narrows a fact about the work on
    measures. Safe to repeat. Returns how many answers changed."""
    fact = fact_of(code)
    if fact is None:
        return 0
    ids = set(organisation_ids)
    rows = FactState.objects.filter(code=code, organisation_id__in=ids if fact.of_measure else with_those_above(ids))
    rows = rows.filter(year__gte=oldest_year())
    changed = renew(fact, rows if measures is None else rows.filter(measure_id__in=measures))
    if changed:
        settle(assignments_of(fact, changed))
    return len(changed)


def touch_coordinators(organisation_ids: Iterable[int], *, by: Any) -> None:
    """Somebody was appointed in these organisations or leaves them."""
    for code in ("coordinator_appointed", "schools_have_coordinators"):
        touch_facts(code, organisation_ids, by=by)


def touch_plan(organisation_id: int, *, by: Any) -> None:
    """A plan of this organisation has come, gone or reached another stage."""
    for code in ("roadmap_approved", "roadmap_endorsed"):
        touch_facts(code, {organisation_id}, by=by)


def touch_work(assignment: Assignment, *, by: Any) -> None:
    """Proofs of this assignment have come, gone or been judged."""
    for fact in all_facts():
        if fact.of_measure:
            touch_facts(fact.code, {assignment.organisation_id}, by=by, measures={assignment.measure_id})


def oldest_year() -> int:
    """The first school year whose answers are still renewed."""
    return school_year_of(timezone.localdate() - LOOK_BACK).begins


def with_those_above(ids: set[int]) -> set[int]:
    """The organisations with their municipalities and regions: one query."""
    rows = Organisation.objects.filter(pk__in=ids).values_list("municipality_id", "region_id")
    return ids | {pk for row in rows for pk in row if pk is not None}


def renew(fact: Fact, rows: QuerySet[FactState]) -> list[FactState]:
    """Ask the fact for these stored answers; returns those whose answer or numbers are other than before."""
    locked = list(rows.select_for_update().order_by("pk"))
    answers = asked(fact, locked)
    changed, rewritten = [], []
    for state in locked:
        before = tuple(getattr(state, name) for name in ANSWER_COLUMNS)
        take_over(state, answers)
        after = tuple(getattr(state, name) for name in ANSWER_COLUMNS)
        rewritten += [state] if before != after else []
        changed += [state] if before[:3] != after[:3] else []
    write(rewritten)
    return changed


def write(states: Sequence[FactState]) -> None:
    """Save the answers of rows that are there and locked: one statement per batch (`bulk_update` takes ten times as long)."""
    FactState.objects.bulk_create(
        states, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=[*ANSWER_COLUMNS, "checked_at"]
    )


def asked(fact: Fact, states: Sequence[FactState]) -> Answers:
    """What the fact says now, year by year, in the language of the office whoever is at work."""
    if not states:
        return {}
    by_period: dict[Any, list[Ask]] = defaultdict(list)
    for ask in dict.fromkeys(map(ask_of, states)):
        by_period[ask.start, ask.end].append(ask)
    with translation.override(settings.LANGUAGE_CODE):
        return {ask: one for asks in by_period.values() for ask, one in answers_to(fact.code, asks).items()}


def take_over(state: FactState, answers: Answers) -> None:
    """Write an answer into its row. A fact that names no day holds from the day on which that was noticed."""
    answer = answers.get(ask_of(state))
    if answer is None:
        return
    noticed = state.since if state.holds and state.since else timezone.localdate()
    state.holds, state.done, state.total = answer.holds, answer.done, answer.total
    state.words, state.url, state.checked_at = answer.words, answer.url[:300], timezone.now()
    state.since = (answer.since or noticed) if answer.holds else None


def assignments_of(fact: Fact, states: Sequence[FactState]) -> AssignmentQuerySet:
    """Assignments of plans at work that hang on these answers."""
    rows = Assignment.objects.filter(
        measure__facts__code=fact.code, roadmap__state=RoadmapState.ACTIVE,
        organisation_id__in={state.organisation_id for state in states},
    )  # fmt: skip
    return rows.filter(measure_id__in={state.measure_id for state in states}) if fact.of_measure else rows


@transaction.atomic
def follow_facts(rows: AssignmentQuerySet, *, quietly: bool = False, anew: bool = False) -> None:
    """Assignments that are new, or whose measure was bound just now: make the answers that are missing, then mark. `anew`
    asks again for those that are there."""
    assignments = list(rows.select_related("organisation"))
    questions = questions_of(assignments)
    if questions:
        if anew:
            ask_again(question for asked_of_one in questions.values() for question in asked_of_one)
        answer(question for asked_of_one in questions.values() for question in asked_of_one)
        settle(Assignment.objects.filter(pk__in=list(questions)), quietly=quietly)


def ask_again(questions: Iterable[Question]) -> None:
    """Renew the stored answers about organisations that these questions use; what hangs on them elsewhere follows too."""
    ids: dict[str, set[int]] = defaultdict(set)
    for one in questions:
        if one.measure_id is None:
            ids[one.code].add(one.organisation_id)
    for code in sorted(ids):
        touch_facts(code, ids[code], by=None)


@transaction.atomic
def answer(questions: Iterable[Question]) -> int:
    """Make the stored answers that are not there yet; returns how many were made."""
    wanted = {one.key: one for one in questions}
    known = set(known_keys(wanted.values()))
    missing = [one for key, one in wanted.items() if key not in known]
    regions = dict(Organisation.objects.filter(pk__in={one.organisation_id for one in missing}).values_list("pk", "region_id"))
    made = [
        FactState(
            region_id=regions[one.organisation_id] or 0, organisation_id=one.organisation_id, code=one.code, year=one.year,
            measure_id=one.measure_id, occurrence=one.occurrence, subject=one.key[3],
        )
        for one in missing
    ]  # fmt: skip
    for code in sorted({one.code for one in made}):
        about = [one for one in made if one.code == code]
        answers = asked(known_fact(code), about)
        for state in about:
            take_over(state, answers)
    FactState.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    return len(made)


def known_fact(code: str) -> Fact:
    """A fact that is registered: questions are asked of no others."""
    fact = fact_of(code)
    if fact is None:
        raise LookupError(code)
    return fact


def known_keys(questions: Collection[Question]) -> Iterable[tuple[int, str, int, str]]:
    """Keys of the answers that are there already: one query."""
    if not questions:
        return []
    rows = FactState.objects.filter(
        Q(measure=None) | Q(measure_id__in={one.measure_id for one in questions if one.measure_id}),
        organisation_id__in={one.organisation_id for one in questions}, code__in={one.code for one in questions},
        year__in={one.year for one in questions},
    )  # fmt: skip
    return rows.values_list("organisation_id", "code", "year", "subject")


@transaction.atomic
def watch_organisations(organisations: Iterable[Organisation]) -> int:
    """Have every fact about organisations answered for these in the present school year; returns how many were new."""
    year, places = school_year_of(timezone.localdate()).begins, list(organisations)
    facts = [fact for fact in all_facts() if not fact.of_measure]
    return answer(Question(place.pk, fact.code, year) for fact in facts for place in places if place.kind in fact.kinds)


def sweep_facts() -> int:
    """Once a day, in short transactions: what changes by the calendar alone. Appointments begin and end, dates of a measure
    begin, a plan for several years enters another one; and whatever a touch may have missed. Returns how many answers
    changed."""
    today = timezone.localdate()
    watch_organisations(Organisation.objects.active(today))
    everybody = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    parts = [everybody[start : start + PART] for start in range(0, len(everybody), PART)]
    changed = sum(touch_facts(fact.code, part, by=None) for fact in all_facts() for part in parts)
    bound = Assignment.objects.filter(OPEN, measure__facts__isnull=False, roadmap__state=RoadmapState.ACTIVE)
    begun = Q(occurrence__gt=0) & Q(starts_on__lte=today) | Q(occurrence__gt=0, starts_on=None, due_on__lte=today)
    long = Q(roadmap__ends_on__gt=F("roadmap__starts_on") + LONG_PLAN)
    keys = list(
        bound.filter(begun | long).exclude(fact_mark=FactMark.OVERRULED).order_by("pk").values_list("pk", flat=True).distinct()
    )
    for start in range(0, len(keys), BATCH):
        follow_facts(Assignment.objects.filter(pk__in=keys[start : start + BATCH]))
    return changed
