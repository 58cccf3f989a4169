"""What the stored answers say of assignments whose measures are bound to facts. Nothing here asks a fact anew."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from nastavnik.organisations.calendars import SchoolYear, year_within
from nastavnik.roadmap.enums import FactRule
from nastavnik.roadmap.facts import Ask, Fact, FactAnswer, combined, fact_of
from nastavnik.roadmap.models import Assignment, FactState, MeasureFact, Roadmap
from nastavnik.roadmap.models.facts import subject_of


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for one assignment: the key of its `FactState`."""

    organisation_id: int
    code: str
    year: int
    measure_id: UUID | None = None
    occurrence: int = 0

    @property
    def key(self) -> tuple[int, str, int, str]:
        """What tells stored answers apart."""
        subject = subject_of(self.measure_id, self.occurrence) if self.measure_id else ""
        return self.organisation_id, self.code, self.year, subject


@dataclass(frozen=True)
class Progress:
    """How far an assignment is by its facts: each fact with its stored answer, and all of them as one."""

    facts: list[tuple[Fact, FactState]]
    answer: FactAnswer
    about_measure: bool

    @property
    def several(self) -> bool:
        """Are there numbers to show («2 из 3»)?"""
        return self.answer.total > 1


def ask_of(state: FactState) -> Ask:
    """The question that a stored answer answers."""
    year = SchoolYear(state.year)
    return Ask(state.organisation_id, year.start, year.end, state.measure_id, state.occurrence if state.measure_id else None)


def answer_of(state: FactState) -> FactAnswer:
    """A stored answer as a value."""
    return FactAnswer(state.holds, state.done, state.total, state.words, state.url, state.since)


def bound_codes(measure_ids: Iterable[Any]) -> dict[Any, list[str]]:
    """Measure > codes of the facts that it is bound to: one query."""
    found: dict[Any, list[str]] = defaultdict(list)
    rows = MeasureFact.objects.filter(measure_id__in=set(measure_ids)).order_by("code")
    for measure_id, code in rows.values_list("measure_id", "code"):
        found[measure_id].append(code)
    return dict(found)


def questions_of(assignments: Sequence[Assignment]) -> dict[Any, list[Question]]:
    """Assignment > what its facts must answer; assignments without facts are left out. Two queries. The rows must have
    `organisation` loaded."""
    codes = bound_codes(one.measure_id for one in assignments)
    if not codes:
        return {}
    bound = [one for one in assignments if one.measure_id in codes]
    plans = Roadmap.objects.only("starts_on", "ends_on").in_bulk({one.roadmap_id for one in bound})
    found = {one.pk: list(questions_for(one, plans[one.roadmap_id], codes[one.measure_id])) for one in bound}
    return {pk: questions for pk, questions in found.items() if questions}


def questions_for(assignment: Assignment, plan: Roadmap, codes: Iterable[str]) -> Iterable[Question]:
    """The questions of one assignment: known facts that make sense for its organisation."""
    day = assignment.due_on or assignment.starts_on or timezone.localdate()
    year = year_within(plan.starts_on, plan.ends_on, day).begins
    for code in codes:
        fact = fact_of(code)
        if fact is not None and assignment.organisation.kind in fact.kinds:
            about = (assignment.measure_id, assignment.occurrence) if fact.of_measure else ()
            yield Question(assignment.organisation_id, code, year, *about)


def states_for(questions: Iterable[Question]) -> dict[tuple[int, str, int, str], FactState]:
    """Stored answers by key: one query."""
    asked = list(questions)
    if not asked:
        return {}
    rows = FactState.objects.filter(
        Q(measure=None) | Q(measure_id__in={one.measure_id for one in asked if one.measure_id}),
        organisation_id__in={one.organisation_id for one in asked},
        code__in={one.code for one in asked},
        year__in={one.year for one in asked},
    )
    return {(one.organisation_id, one.code, one.year, one.subject): one for one in rows}


def progress_of(assignments: Sequence[Assignment]) -> dict[Any, Progress]:
    """Assignment > its progress by facts, three queries for any number. The rows must have `measure` and `organisation`
    loaded. An assignment of which some fact has not answered yet is left out."""
    questions = questions_of(assignments)
    states = states_for(question for asked in questions.values() for question in asked)
    rules = {one.pk: one.measure.fact_rule for one in assignments if one.pk in questions}
    found = {}
    for pk, asked in questions.items():
        answered = [(fact_of(one.code), states[one.key]) for one in asked if one.key in states]
        if len(answered) == len(asked):
            found[pk] = progress_for([(fact, state) for fact, state in answered if fact], rules[pk])
    return found


def progress_for(facts: list[tuple[Fact, FactState]], rule: str) -> Progress:
    """The facts of one assignment taken together."""
    answer = combined([answer_of(state) for _fact, state in facts], all_needed=rule != FactRule.ANY)
    return Progress(facts, answer, all(fact.of_measure for fact, _state in facts))
