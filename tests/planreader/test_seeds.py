"""Two real plans, where they are laid beside the repository: every measure, deadline and party, and not a word lost."""

import json
import re
from collections import Counter
from pathlib import Path

import jsonschema
import pytest

from planreader import plan_from_json, read_plan, read_plan_limited
from planreader.clean import one_line
from planreader.model import DeadlineKind, Plan

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
EXPECTED = Path(__file__).parent / "expected"
SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "src/planreader/plan.schema.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="NO SEEDS beside the repository")
KINDS_A = {
    DeadlineKind.RANGE: 17, DeadlineKind.BY: 3, DeadlineKind.WHOLE_PERIOD: 5, DeadlineKind.EXTERNAL: 3, DeadlineKind.LIST: 2,
}  # fmt: skip


def seed(start: str) -> Path:
    """The file whose name begins so."""
    return next(SEEDS.glob(f"{start}*"))


def words(text: str) -> Counter[str]:
    """Words of a text, marks aside."""
    return Counter(re.findall(r"[\w./]+", one_line(text)))


def words_of(plan: Plan) -> Counter[str]:
    """Words of the table in the plan."""
    found: Counter[str] = Counter()
    for section in plan.sections:
        found += words(f"{section.number} {section.title} {section.deadline.text if section.deadline else ''}")
        for one in section.measures:
            term = "" if one.deadline.inherited else one.deadline.text
            found += words(f"{one.number} {one.text} {term} {' '.join(party.text for party in one.parties)}")
    return found


@pytest.mark.parametrize(("start", "numbers"), [("000", [9, 5, 7, 2, 3, 2, 2]), ("002", [5, 3, 3])])
def test_sections_and_measures(start: str, numbers: list[int]) -> None:
    plan = read_plan(seed(start))
    assert [len(section.measures) for section in plan.sections] == numbers
    jsonschema.validate(plan.to_json(), SCHEMA)
    assert plan_from_json(plan.to_json()) == plan == read_plan_limited(seed(start))


@pytest.mark.parametrize(("start", "name"), [("000", "seven_sections"), ("002", "three_sections")])
def test_the_whole_plan_as_json(start: str, name: str) -> None:
    """The approval names a person, so it is compared with the paper itself and not kept here."""
    expected = json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))
    value = read_plan(seed(start)).to_json()
    assert {key: value[key] for key in expected} == expected
    assert set(value) - set(expected) <= {"approval"}


@pytest.mark.parametrize(("start", "header"), [("000", "Ответственные"), ("002", "ОО\n")])
def test_no_word_is_lost_and_none_invented(start: str, header: str) -> None:
    text = seed(start).read_text(encoding="utf-8")
    body = text[text.index(header) + len(header) :]
    assert words_of(read_plan(seed(start))) == words(body)


def test_deadlines_of_the_flattened_plan() -> None:
    plan = read_plan(seed("000"))
    assert Counter(measure.deadline.kind for measure in plan.measures) == KINDS_A
    ends = {measure.number.rstrip("."): str(measure.deadline.end) for measure in plan.measures}
    assert {number: ends[number] for number in ("1.1", "1.2", "1.6", "2.4", "3.4", "5.1", "6.1", "7.2")} == {
        "1.1": "2020-09-30", "1.2": "2020-09-30", "1.6": "2020-10-13", "2.4": "2020-11-30", "3.4": "None", "5.1": "2020-11-30",
        "6.1": "2024-12-31", "7.2": "2024-12-31",
    }  # fmt: skip
    lists = [measure.deadline for measure in plan.measures if measure.deadline.kind is DeadlineKind.LIST]
    assert [len(deadline.occurrences) for deadline in lists] == [5, 5]


def test_parties_of_the_flattened_plan() -> None:
    plan = read_plan(seed("000"))
    roles = Counter(tuple(party.role.value for party in measure.parties) for measure in plan.measures)
    assert roles == {
        ("school_head", "school_coordinator"): 18, ("municipal_department",): 5, ("municipal_department", "school_head"): 3,
        ("school_head", "deputy_head"): 2, ("school_head",): 2,
    }  # fmt: skip


def test_deadlines_and_parties_of_the_tabbed_plan() -> None:
    plan = read_plan(seed("002"))
    assert [(one.number, one.deadline.kind.value, str(one.deadline.end), len(one.parties)) for one in plan.measures] == [
        ("1.1.", "range", "2020-06-30", 1), ("1.2.", "range", "2020-06-30", 1), ("1.3.", "range", "2020-06-30", 2),
        ("1.4.", "range", "2020-08-31", 1), ("1.6.", "range", "2020-07-31", 2), ("2.1", "by", "2020-09-10", 3),
        ("2.2.", "by", "2020-09-10", 3), ("2.3", "range", "2020-12-31", 3), ("3.1.", "range", "2020-12-31", 3),
        ("3.2.", "range", "2021-12-31", 0), ("3.3.", "range", "2020-12-31", 3),
    ]  # fmt: skip
    assert plan.measures[9].warnings == ("Срок выходит за период плана.", "Не указан ответственный.")
    assert plan.approval is not None
    assert plan.approval.name in one_line(seed("002").read_text(encoding="utf-8"))
    assert plan.approval.post == "Начальник управления образования администрации Тамбовского района"
