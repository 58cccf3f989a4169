"""Pure rules: which requirements hold for an organisation on a day, and how it stands with each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from nastavnik.monitoring.enums import GAPS, AnswerValue, MarkState, Standing


@dataclass(frozen=True, slots=True)
class Stand:
    """How an organisation stands with a requirement, the words of the proof and where to see it. `by_fact` when the system
    found it itself; `mark` is what the organisation says, None for nothing."""

    requirement: Any
    state: Standing
    words: str = ""
    url: str = ""
    by_fact: bool = False
    mark: Any = None

    @property
    def version(self) -> int:
        """Of the mark, 0 where there is none."""
        return self.mark.version if self.mark else 0

    @property
    def is_gap(self) -> bool:
        """Something that is demanded and not there."""
        return self.state in GAPS


def requirements_for(requirements: Iterable[Any], place: Any, day: date) -> list[Any]:
    """Those in force for the organisation on that day, in the order of the list. Of several with one code the nearest owner
    wins: municipality, region, the product; an own entry that has ended takes the demand away."""
    nearest: dict[str, tuple[int, date, Any]] = {}
    for one in requirements:
        if one.kind != place.kind or one.valid_from > day:
            continue
        rank = {None: 0, place.region_id: 1, place.municipality_id: 2}.get(one.owner_id)
        if rank is not None and (rank, one.valid_from) >= nearest.get(one.code, (-1, day, None))[:2]:
            nearest[one.code] = (rank, one.valid_from, one)
    found = [one for _rank, _since, one in nearest.values() if one.valid_to is None or one.valid_to >= day]
    return sorted(found, key=lambda one: (one.position, one.title))


def stand_of(requirement: Any, mark: Any, answer: Any, day: date) -> Stand:
    """A fact that holds closes the requirement; else the organisation's own mark counts, as long as its paper is valid."""
    if answer is not None and answer.holds:
        return Stand(requirement, Standing.MET, answer.words, answer.url, by_fact=True, mark=mark)
    if mark is None:
        words, url = (answer.words, answer.url) if answer is not None else ("", "")
        state = Standing.MISSING if answer is not None else Standing.UNKNOWN
        return Stand(requirement, state, words, url, by_fact=answer is not None)
    if mark.state == MarkState.MET and mark.valid_to is not None and mark.valid_to < day:
        return Stand(requirement, Standing.EXPIRED, mark.words, mark.url, mark=mark)
    return Stand(requirement, Standing(mark.state), mark.words, mark.url, mark=mark)


def proposed_by_fact(answer: Any) -> AnswerValue:
    """What a fact says in the words of a checklist."""
    if answer.holds:
        return AnswerValue.YES
    return AnswerValue.PARTLY if answer.done else AnswerValue.NO


def proposed_by_stand(stand: Stand) -> AnswerValue | None:
    """What the standing of a requirement says in those words; None where nobody has said anything."""
    return {
        Standing.MET: AnswerValue.YES, Standing.NOT_NEEDED: AnswerValue.NOT_NEEDED, Standing.EXPIRED: AnswerValue.PARTLY,
        Standing.MISSING: AnswerValue.NO,
    }.get(stand.state)  # fmt: skip
