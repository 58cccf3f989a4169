"""Facts: questions that the system answers from its own rows, for an organisation and a period («Куратор назначен?»).

An app registers its facts at start; measures, the legality check and control are bound to them by code. A fact answers
many asks at once, so that 1,200 schools cost the queries of one. What was answered is stored (`FactState`) and renewed by
`actions.facts.touch_facts` when something happens; no page view asks a fact anew.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Ask:
    """Does it hold for this organisation in this period? `measure_id` and `occurrence` are set for facts about the work on
    one date of a measure (`occurrence` None: on any of its dates)."""

    organisation_id: int
    start: date | None = None
    end: date | None = None
    measure_id: UUID | None = None
    occurrence: int | None = None


@dataclass(frozen=True, slots=True)
class FactAnswer:
    """`done` of `total` are the numbers behind it, `words` one sentence of proof, `url` where to see it, `since` the day
    from which it holds (None: from the day on which that was noticed)."""

    holds: bool
    done: int = 0
    total: int = 0
    words: str = ""
    url: str = ""
    since: date | None = None


Answers = dict[Ask, FactAnswer]


@dataclass(frozen=True, slots=True)
class Fact:
    """`question` asks, `name` says it shortly for the head of a column; `answer` gets asks and returns an answer for each
    of them; `kinds` are the organisations that it makes sense for; `of_measure` marks a fact about the work on one measure,
    `of_calendar` one whose answer also changes with the day alone, `once_a_day` one of whose changes nothing tells."""

    code: str
    question: Any
    answer: Callable[[Sequence[Ask]], Answers]
    kinds: tuple[str, ...]
    of_measure: bool = False
    of_calendar: bool = False
    name: Any = ""
    once_a_day: bool = False

    @property
    def label(self) -> Any:
        """The short name, or else the question."""
        return self.name or self.question


_facts: dict[str, Fact] = {}


def register_fact(fact: Fact) -> None:
    """Add a fact; a second registration of the same code replaces the first."""
    _facts[fact.code] = fact


def fact_of(code: str) -> Fact | None:
    """The fact with that code; None for one that no app knows (any longer)."""
    return _facts.get(code)


def all_facts() -> list[Fact]:
    """All facts by code."""
    return [_facts[code] for code in sorted(_facts)]


def answers_to(code: str, asks: Iterable[Ask]) -> Answers:
    """What a fact says to each ask; empty for an unknown fact."""
    fact = fact_of(code)
    return fact.answer(list(asks)) if fact else {}


def combined(answers: Sequence[FactAnswer], *, all_needed: bool) -> FactAnswer:
    """Several facts as one answer: with one, its own numbers; with more, how many of them hold."""
    if len(answers) == 1:
        return answers[0]
    holding = [one for one in answers if one.holds]
    holds = len(holding) == len(answers) if all_needed else bool(holding)
    days = [one.since for one in holding if one.since]
    since = (max(days) if all_needed else min(days)) if days and holds else None
    words = " ".join(one.words for one in answers if one.words)
    url = next((one.url for one in answers if one.url), "")
    return FactAnswer(holds, len(holding), len(answers), words, url, since)
