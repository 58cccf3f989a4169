"""`nastavnik plan read FILE [--json]`: show how a file is understood."""

import json
import sys
from collections.abc import Iterator

from planreader.deadlines import write_phrase
from planreader.model import DeadlineKind, Measure, Plan
from planreader.reading import PlanRefused, read_plan_limited

KINDS = {
    DeadlineKind.BY: "до даты", DeadlineKind.RANGE: "период", DeadlineKind.LIST: "список сроков", DeadlineKind.RECURRING: "повтор",
    DeadlineKind.WHOLE_PERIOD: "весь период", DeadlineKind.EXTERNAL: "внешний график", DeadlineKind.ON_DEMAND: "по необходимости",
    DeadlineKind.NONE: "без срока", DeadlineKind.UNRECOGNISED: "не распознан",
}  # fmt: skip


def read_command(path: str, *, as_json: bool) -> int:
    """Print the plan; returns 0, or 2 after one sentence about a file that was refused."""
    try:
        plan = read_plan_limited(path)
    except PlanRefused as refused:
        print(refused, file=sys.stderr)  # noqa: T201 -- the command's answer
        return 2
    text = json.dumps(plan.to_json(), ensure_ascii=False, indent=2) if as_json else "\n".join(lines_of(plan))
    print(text)  # noqa: T201 -- the command's answer
    return 0


def lines_of(plan: Plan) -> Iterator[str]:
    """The plan for reading."""
    yield plan.title
    if plan.horizon:
        yield f"Период: {plan.horizon.start:%d.%m.%Y} – {plan.horizon.end:%d.%m.%Y}"
    if plan.approval:
        yield f"Утвердил: {plan.approval.post}, {plan.approval.name}".rstrip(", ")
    yield f"Разделов: {len(plan.sections)}, мероприятий: {len(plan.measures)}"
    yield from (f"! {warning}" for warning in plan.warnings)
    for section in plan.sections:
        yield f"\n{section.number} {section.title}".rstrip()
        for measure in section.measures:
            yield from lines_of_measure(measure)


def lines_of_measure(measure: Measure) -> Iterator[str]:
    """One measure."""
    yield f"  {measure.number} {measure.text}"
    understood = write_phrase(measure.deadline) or "–"
    yield f"      срок: {measure.deadline.text or '–'} → {KINDS[measure.deadline.kind]}: {understood}"
    for party in measure.parties:
        yield f"      кто: {party.text} → {party.role}, {party.scope}"
    yield from (f"      ! {warning}" for warning in measure.warnings)
