"""A model roadmap as lines: as it stands, as it was sent last, and what has changed between."""

from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.comparing import ChangeKind, Line, LineChange, compare_lines
from nastavnik.roadmap.models import Measure, ModelEdition, ResponsibleParty, Roadmap
from nastavnik.roadmap.queries.plans import as_value
from nastavnik.roadmap.rules import known_party, line_digest
from planreader.contract import deadline_from_json
from planreader.model import Measure as PlanMeasure
from planreader.model import Plan, Scope, Section, Span

# Who gets copies of a model of whom.
RECEIVERS = {
    OrganisationKind.REGION: OrganisationKind.MUNICIPALITY,
    OrganisationKind.MUNICIPALITY: OrganisationKind.SCHOOL,
}


def lines_of(model: Roadmap) -> list[dict[str, Any]]:
    """The model's lines as plain values, without those that it has given up: two queries."""
    rows = model.standing_measures().select_related("section").prefetch_related("parties")
    return [line_of(one) for one in rows.order_by("section__position", "position")]


def line_of(measure: Measure) -> dict[str, Any]:
    """One line with its heading."""
    value, section = as_value(measure), measure.section
    parties = [party.text for party in value.parties]
    return {
        "key": str(measure.pk), "number": measure.number, "text": measure.text, "result": measure.result,
        "deadline": value.deadline.to_json(), "parties": [party.to_json() for party in value.parties],
        "code": measure.template_code, "digest": line_digest(measure.text, measure.deadline_text, parties, measure.result),
        "section": {"key": str(section.pk), "number": section.number, "title": section.title},
    }  # fmt: skip


def value_of(line: dict[str, Any]) -> PlanMeasure:
    """A kept line as the value that actions take."""
    parties = tuple(known_party(party) for party in line["parties"])
    return PlanMeasure(line["number"], line["text"], deadline_from_json(line["deadline"]), parties, line["result"] or None)


def printed_line(line: dict[str, Any]) -> Line:
    """A kept line for comparison."""
    return Line(
        key=line["key"], text=line["text"], number=line["number"], deadline=line["deadline"]["text"],
        parties=tuple(party["text"] for party in line["parties"]), result=line["result"], section=line["section"]["title"],
    )  # fmt: skip


def last_edition(model: Roadmap) -> ModelEdition | None:
    """What was sent last."""
    return model.editions.order_by("-number").first()


def unsent_changes(model: Roadmap) -> list[LineChange]:
    """What differs from the last edition; empty before the first one and while nothing was changed. Numbers alone and order
    change nobody's work."""
    edition = last_edition(model)
    if edition is None:
        return []
    changes = compare_lines([printed_line(line) for line in edition.lines], [printed_line(line) for line in lines_of(model)])
    return [told for one in changes if (told := work_of(one)).kind not in (ChangeKind.SAME, ChangeKind.MOVED)]


def work_of(change: LineChange) -> LineChange:
    """A change without its number: that a line was counted anew is no change of the work."""
    fields = tuple(name for name in change.fields if name != "number")
    kind = ChangeKind.SAME if change.kind is ChangeKind.CHANGED and not fields else change.kind
    return replace(change, kind=kind, fields=fields)


def receivers_of(model: Roadmap) -> QuerySet[Organisation]:
    """Open organisations right below the model's owner."""
    owner = model.organisation
    kind = RECEIVERS.get(OrganisationKind(owner.kind))
    return Organisation.objects.below(owner).filter(kind=kind).active(timezone.localdate())


def waiting_receivers(model: Roadmap) -> QuerySet[Organisation]:
    """Those of them that have no copy yet."""
    return receivers_of(model).exclude(pk__in=Roadmap.objects.filter(model=model).values("organisation_id"))


def plan_of_rows(roadmap: Roadmap, *, for_each_school: bool = False) -> Plan:
    """A stored plan as a value; `for_each_school` keeps only what falls to every school. Three queries."""
    rows = roadmap.standing_measures().prefetch_related("parties").order_by("position")
    if for_each_school:
        rows = rows.filter(Exists(ResponsibleParty.objects.filter(measure=OuterRef("pk"), scope=Scope.EACH_SCHOOL.value)))
    taken: dict[Any, list[PlanMeasure]] = {}
    for one in rows:
        taken.setdefault(one.section_id, []).append(as_value(one))
    sections = tuple(
        Section(one.number, one.title, one.deadline if one.deadline_text else None, tuple(taken[one.pk]))
        for one in roadmap.sections.order_by("position")
        if one.pk in taken
    )
    horizon = Span(roadmap.starts_on, roadmap.ends_on) if roadmap.starts_on and roadmap.ends_on else None
    return Plan(roadmap.title, horizon, None, sections)
