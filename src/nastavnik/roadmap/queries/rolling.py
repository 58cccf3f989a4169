"""A plan as it would be in a later year: every line with its old and its new deadline, what is noted, what comes along."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from nastavnik.organisations.models import Organisation
from nastavnik.organisations.working_days import is_working_day
from nastavnik.roadmap.enums import AssignmentState
from nastavnik.roadmap.models import Assignment, Measure, Roadmap, Section
from nastavnik.roadmap.queries.plans import as_value, horizon_of
from nastavnik.roadmap.shifting import chosen_days, later_deadline, later_span, later_words, years_in
from planreader.deadlines import deadline_warnings, read_deadline
from planreader.model import Deadline, DeadlineKind, Plan, Span
from planreader.model import Measure as PlanMeasure
from planreader.model import Section as PlanSection

EVERYTHING, NOT_DONE, REQUIRED = "all", "not_done", "required"
MOST_SHOWN = 120
MOST_NOTED = 3


@dataclass(frozen=True, slots=True)
class RollLine:
    """One line: `words` is what stands in its field, `error` why that is not understood, `notes` what a person should see."""

    measure: Measure
    old: Deadline
    new: Deadline
    words: str
    taken: bool
    state: str
    notes: tuple[str, ...]
    error: str = ""


@dataclass(frozen=True)
class Rolling:
    """The whole plan in the later year; `shown` of its lines can be decided one by one, the others follow the choice."""

    roadmap: Roadmap
    title: str
    horizon: Span | None
    years: int
    sections: list[tuple[Section, list[RollLine]]]

    @property
    def lines(self) -> list[RollLine]:
        """All lines in the order of the paper."""
        return [line for _section, lines in self.sections for line in lines]

    @property
    def taken_lines(self) -> list[RollLine]:
        """Those that come along."""
        return [line for line in self.lines if line.taken]

    @property
    def taken(self) -> int:
        """How many come along."""
        return len(self.taken_lines)

    @property
    def noted(self) -> int:
        """How many lines that come along carry a note."""
        return sum(bool(line.notes) for line in self.lines if line.taken)

    @property
    def wrong(self) -> int:
        """How many typed deadlines are not understood."""
        return sum(bool(line.error) for line in self.lines)

    @property
    def hidden(self) -> int:
        """How many lines are too many to be shown."""
        return max(len(self.lines) - MOST_SHOWN, 0)

    def plan(self) -> Plan:
        """What is created; sections of which nothing is taken stay behind."""
        sections = [
            PlanSection(section.number, section.title, self.deadline_of(section), tuple(map(self.value_of, taken)))
            for section, lines in self.sections
            if (taken := [line for line in lines if line.taken])
        ]
        return Plan(self.title, self.horizon, None, tuple(sections))

    def deadline_of(self, section: Section) -> Deadline | None:
        """A heading's own deadline in the later year."""
        old = horizon_of(self.roadmap)
        return later_deadline(section.deadline, self.years, horizon=old) if section.deadline_text else None

    def value_of(self, line: RollLine) -> PlanMeasure:
        """A line as the value that is stored."""
        value = as_value(line.measure)
        return PlanMeasure(
            value.number, value.text, line.new, value.parties, value.result, deadline_warnings(line.new, self.horizon)
        )

    def codes(self) -> dict[int, str]:
        """Place > code of the built-in measure."""
        codes = [line.measure.template_code for line in self.taken_lines]
        return {place: code for place, code in enumerate(codes) if code}


def years_to_roll(roadmap: Roadmap) -> list[tuple[int, str]]:
    """(years on, «01.09.2027 – 31.08.2028»): the next two periods that are not over."""
    horizon, today = horizon_of(roadmap), timezone.localdate()
    if horizon is None:
        return [(1, _("на год позже"))]
    first = next(years for years in range(1, 100) if (later_span(horizon, years).end or today) >= today)
    found = [(years, later_span(horizon, years)) for years in (first, first + 1)]
    return [(years, f"{span.start:%d.%m.%Y} – {span.end:%d.%m.%Y}") for years, span in found]


def rolling_of(
    roadmap: Roadmap, *, years: int, which: str, chosen: Collection[str] | None = None, shown: Collection[str] = (),
    words: Mapping[str, str] | None = None, title: str = "",
) -> Rolling:  # fmt: skip
    """The plan so many years on. `which` says what comes along; for the lines that were `shown` the ticks in `chosen` say
    so, and `words` hold what was typed as their deadlines. Five queries."""
    horizon, states = horizon_of(roadmap), states_of(roadmap)
    later = later_span(horizon, years) if horizon else None
    rows: dict[Any, list[RollLine]] = {}
    for measure in roadmap.standing_measures().prefetch_related("parties").order_by("position"):
        key, state = str(measure.pk), states.get(measure.pk, "")
        taken = key in chosen if chosen is not None and key in shown else comes_along(state, which)
        new = later_deadline(measure.deadline, years, horizon=horizon)
        typed = (words or {}).get(key, new.text).strip()
        rows.setdefault(measure.section_id, []).append(roll_line(measure, new, typed, taken, state, later))
    sections = [(section, rows[section.pk]) for section in roadmap.sections.order_by("position") if section.pk in rows]
    return Rolling(roadmap, title or later_title(roadmap, years), later, years, sections)


def roll_line(measure: Measure, new: Deadline, typed: str, taken: bool, state: str, later: Span | None) -> RollLine:
    """One line with what was typed."""
    error = ""
    if typed != new.text.strip():
        read = read_deadline(typed, horizon=later)
        if read.kind is DeadlineKind.UNRECOGNISED:
            error = _("Не понимаем этот срок. Напишите, например, «до 13.10.2027» или «сентябрь 2027».")
        new = read
    notes = (*([_("Убрано из типовой карты.")] if measure.withdrawn_on else []), *notes_of(new, measure.roadmap.organisation))
    return RollLine(measure, measure.deadline, new, typed, taken, state, notes, error)


def states_of(roadmap: Roadmap) -> dict[Any, str]:
    """Measure > `done` when all that was required is done, `not_required` when nothing was; others are missing."""
    found: dict[Any, set[str]] = {}
    for measure, state in Assignment.objects.filter(roadmap=roadmap).order_by().values_list("measure_id", "state").distinct():
        found.setdefault(measure, set()).add(state)
    settled = {}
    for measure, states in found.items():
        if states <= {AssignmentState.DONE, AssignmentState.NOT_APPLICABLE}:
            settled[measure] = "done" if AssignmentState.DONE in states else "not_required"
    return settled


def comes_along(state: str, which: str) -> bool:
    """Does a line of this state come along by itself?"""
    if which == NOT_DONE:
        return state == ""
    return state != "not_required" if which == REQUIRED else True


def later_title(roadmap: Roadmap, years: int) -> str:
    """The title with its years counted on; where it names none, the new period is added, lest two plans have one name."""
    horizon = horizon_of(roadmap)
    title = later_words(roadmap.title, years, years_in(horizon))
    if title != roadmap.title or horizon is None:
        return title
    later = later_span(horizon, years)
    return f"{title} ({later.start:%d.%m.%Y} – {later.end:%d.%m.%Y})"


def notes_of(deadline: Deadline, place: Organisation) -> tuple[str, ...]:
    """What a person should see: days off, words that are not understood."""
    if deadline.kind is DeadlineKind.UNRECOGNISED:
        return (_("Срок не распознан, проверьте слова."),)
    free = [day for day in chosen_days(deadline) if not is_working_day(day, place)]
    return tuple(f"{day:%d.%m.%Y}: {format_date(day, 'l').lower()}" for day in free[:MOST_NOTED])
