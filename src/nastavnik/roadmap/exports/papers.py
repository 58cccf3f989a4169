"""The plan as the paper that a head signs. Read again by planreader it gives the same plan."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from nastavnik.documents.official import Heading, Line, OfficialPaper, PaperColumn, Stamp
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.enums import Stage, StepKind
from nastavnik.roadmap.models import Roadmap
from planreader.deadlines import read_deadline, read_horizon, write_phrase
from planreader.model import Deadline, DeadlineKind, Party, Plan, Section, Span
from planreader.parties import read_parties
from planreader.stamp import TITLE

MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря")
NO_DATE = "«___» ______________ 20___ г."


def official_paper(roadmap: Roadmap, plan: Plan, *, marks: Mapping[int, str] | None = None) -> OfficialPaper:
    """The paper of `plan`, which is that of `roadmap`. `marks` adds a column with how far each measure is, by its place.

    The paper is Russian whatever the language of the interface: it is an official document."""
    with override("ru"):
        results = any(measure.result for measure in plan.measures)
        return OfficialPaper(
            title=titled(plan.title), columns=tuple(columns(results=results, marked=marks is not None)),
            rows=tuple(rows(plan, results=results, marks=marks)), left=tuple(left_stamps(roadmap)), right=(approve_stamp(roadmap),),
            notes=tuple(notes(plan)), running=roadmap.organisation.name,
        )  # fmt: skip


def titled(title: str) -> str:
    """Every paper says what it is."""
    return title if TITLE.search(title.casefold()) else f"Дорожная карта\n{title}"


def notes(plan: Plan) -> Iterator[str]:
    """The period, where the title does not state it."""
    span = plan.horizon
    if span and span.start and span.end and read_horizon(plan.title) != span:
        yield f"Период плана: {span.start:%d.%m.%Y} – {span.end:%d.%m.%Y}"


def columns(*, results: bool, marked: bool) -> Iterator[PaperColumn]:
    """The usual columns; results and marks only where there are any."""
    yield PaperColumn("№ п/п", 6)
    yield PaperColumn("Мероприятие", 40)
    yield PaperColumn("Срок исполнения", 18)
    yield PaperColumn("Ответственные", 24)
    if results:
        yield PaperColumn("Результат", 20)
    if marked:
        yield PaperColumn("Отметка о выполнении", 16)


def rows(plan: Plan, *, results: bool, marks: Mapping[int, str] | None) -> Iterator[Heading | Line]:
    """Sections and measures in order."""
    place = 0
    for section in plan.sections:
        shared = section.deadline if heads_by_number(section) else None
        empty = [""] * (int(results) + int(marks is not None))
        if shared is not None:
            yield Line((section.number, section.title, printed(shared, plan.horizon), "", *empty), strong=True)
        elif section.number or section.title:
            yield Heading(f"{section.number} {section.title}".strip())
        for measure in section.measures:
            deadline = "" if measure.deadline.inherited and shared is not None else printed(measure.deadline, plan.horizon)
            cells = [measure.number, measure.text, deadline, printed_parties(measure.parties)]
            cells += [measure.result or ""] if results else []
            cells += [marks.get(place, "")] if marks is not None else []
            yield Line(tuple(cells))
            place += 1


def heads_by_number(section: Section) -> bool:
    """A section's own deadline can stand in its row only where the numbers tell that the row is a heading."""
    stem = section.number.strip().rstrip(".")
    numbers = [measure.number.strip() for measure in section.measures]
    return bool(section.deadline and stem and numbers) and all(number.startswith(f"{stem}.") for number in numbers)


def printed(deadline: Deadline, horizon: Span | None) -> str:
    """The words of the plan where they still mean the deadline, else the deadline in words."""
    if deadline.text and (deadline.kind is DeadlineKind.UNRECOGNISED or means(deadline.text, deadline, horizon)):
        return deadline.text
    return write_phrase(deadline, horizon=horizon) or deadline.text


def means(text: str, deadline: Deadline, horizon: Span | None) -> bool:
    """Is this what planreader would understand of the words?"""
    return value_of(read_deadline(text, horizon=horizon)) == value_of(deadline)


def printed_parties(parties: Sequence[Party]) -> str:
    """One party on a line, parted by the sign that planreader takes for the end of a party here."""
    texts = [party.text for party in parties]
    said = [(party.text, party.role, party.scope) for party in parties]
    for sign in (",\n", ";\n", "\n"):
        if [(one.text, one.role, one.scope) for one in read_parties(sign.join(texts))] == said:
            return sign.join(texts)
    return ",\n".join(texts)


def value_of(deadline: Deadline) -> tuple[Any, ...]:
    """A deadline without its words; the days of the whole period are those of the plan."""
    if deadline.kind is DeadlineKind.WHOLE_PERIOD:
        return (deadline.kind,)
    return deadline.kind, deadline.start, deadline.end, deadline.occurrences, deadline.recurrence


def approve_stamp(roadmap: Roadmap) -> Stamp:
    """«УТВЕРЖДАЮ»: signed where the plan is approved, else with room for a signature."""
    place, day = roadmap.organisation, roadmap.approved_on
    post = roadmap.approved_post or place.head_post
    name = roadmap.approved_name or place.head_name
    lines = [post, f"______________ {name}".strip()]
    if day is None:
        lines.append(NO_DATE)
    elif roadmap.approved_number:
        lines.append(f"Приказ от {day:%d.%m.%Y} № {roadmap.approved_number}")
    else:
        lines.append(f"«{day.day:02}» {MONTHS[day.month - 1]} {day.year} г.")
    return Stamp("УТВЕРЖДАЮ", tuple(line for line in lines if line))


def left_stamps(roadmap: Roadmap) -> Iterator[Stamp]:
    """«ПРИНЯТО» with the protocol; a school's plan is also endorsed by its department."""
    if roadmap.approved_protocol:
        yield Stamp("ПРИНЯТО", (roadmap.approved_protocol,))
    department = roadmap.organisation.municipality
    if roadmap.organisation.kind == OrganisationKind.SCHOOL and department is not None:
        signed = endorsed_words(roadmap) if roadmap.stage == Stage.ENDORSED else NO_DATE
        signature = f"______________ {department.head_name}".strip()
        yield Stamp("СОГЛАСОВАНО", tuple(line for line in (department.head_post or department.name, signature, signed) if line))


def endorsed_words(roadmap: Roadmap) -> str:
    """«Письмо от 05.10.2026 № 214» of the last endorsement, or its day alone."""
    step = roadmap.steps.filter(kind=StepKind.ENDORSED).order_by("-position").first()
    if step is None:
        return NO_DATE
    day = step.on or timezone.localtime(step.at).date()
    return f"Письмо от {day:%d.%m.%Y} № {step.number}" if step.number else f"Согласовано {day:%d.%m.%Y}"
