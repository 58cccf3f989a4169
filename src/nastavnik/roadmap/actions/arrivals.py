"""What has arrived at the copies of a model is written: the model's words into untouched lines, new lines, lines that go."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Max, Q
from django.utils import timezone

from nastavnik.roadmap.actions.carrying import carry_bonds, origins_in_model
from nastavnik.roadmap.actions.fanout import fan_out_measures, organisations_below
from nastavnik.roadmap.actions.plans import new_measure, party_rows
from nastavnik.roadmap.actions.publishing import bind
from nastavnik.roadmap.enums import AssignmentState
from nastavnik.roadmap.models import LineProposal, Measure, ResponsibleParty, Roadmap, Section
from nastavnik.roadmap.models.deadlines import DEADLINE_COLUMNS
from nastavnik.roadmap.queries.editions import value_of

# What is written of a line that follows the model.
WRITTEN = ("number", "text", "result", *DEADLINE_COLUMNS, "search_text", "template_code", "origin_digest", "digest")


@dataclass
class Arrival:
    """What a copy gets: lines whose words come, lines that are new, lines that go, and what is only proposed."""

    copy: Roadmap
    signed: bool
    taken: list[tuple[Measure, dict[str, Any]]] = field(default_factory=list)
    joined: list[tuple[Measure, dict[str, Any]]] = field(default_factory=list)
    new: list[dict[str, Any]] = field(default_factory=list)
    gone: list[Measure] = field(default_factory=list)
    marked: list[Measure] = field(default_factory=list)
    proposals: list[LineProposal] = field(default_factory=list)

    @property
    def is_news(self) -> bool:
        """Is there anything that people should be told of?"""
        return bool(self.taken or self.new or self.gone or self.marked or self.proposals)


def worked_on(copies: Sequence[Roadmap]) -> set[Any]:
    """Keys of the copies' lines that somebody has marked, noted or proved."""
    rows = Measure.objects.filter(assignments__roadmap__in=copies).filter(
        ~Q(assignments__state=AssignmentState.PLANNED)
        | ~Q(assignments__note="")
        | Q(assignments__own_date=True)
        | Q(assignments__evidence__isnull=False)
    )
    return set(rows.values_list("pk", flat=True))


def carry_out(arrivals: Sequence[Arrival]) -> None:
    """Write what was decided for a batch."""
    taken = [pair for one in arrivals for pair in one.taken]
    rewrite(taken)
    rebind([pair for one in arrivals for pair in one.joined])
    added = add_lines([one for one in arrivals if one.new])
    Measure.objects.filter(pk__in=[row.pk for one in arrivals for row in one.gone]).delete()
    Measure.objects.filter(pk__in=[row.pk for one in arrivals for row in one.marked]).update(withdrawn_on=timezone.localdate())
    hand_out_again([row.pk for row, _line in taken] + [row.pk for row in added])


def rewrite(pairs: Sequence[tuple[Measure, dict[str, Any]]]) -> None:
    """The model's words into lines that nobody has touched: one statement per line of the model, whatever the copies."""
    parties = []
    ResponsibleParty.objects.filter(measure__in=[row for row, _line in pairs]).delete()
    for line, rows in by_line(pairs):
        value = value_of(line)
        pattern = new_measure(rows[0].roadmap, rows[0].section, 0, value.number, value.text, value.deadline, value.result)
        bind(pattern, line)
        words = {column: getattr(pattern, column) for column in WRITTEN}
        Measure.objects.filter(pk__in=[row.pk for row in rows]).update(**words, version=F("version") + 1, withdrawn_on=None)
        parties += [party for row in rows for party in party_rows(row, value.parties)]
    ResponsibleParty.objects.bulk_create(parties, batch_size=1000)


def by_line(pairs: Sequence[tuple[Measure, dict[str, Any]]]) -> list[tuple[dict[str, Any], list[Measure]]]:
    """Each line of the model with the rows that get it."""
    found: dict[str, tuple[dict[str, Any], list[Measure]]] = {}
    for row, line in pairs:
        found.setdefault(line["key"], (line, []))[1].append(row)
    return list(found.values())


def rebind(pairs: Sequence[tuple[Measure, dict[str, Any]]]) -> None:
    """Both sides have come to the same words: from now on that is the common ground."""
    for line, rows in by_line(pairs):
        Measure.objects.filter(pk__in=[row.pk for row in rows]).update(origin_digest=line["digest"])


def add_lines(arrivals: Sequence[Arrival]) -> list[Measure]:
    """New lines at the end of their sections."""
    rows, parties = [], []
    copies = [one.copy for one in arrivals]
    last = dict(Measure.objects.filter(roadmap__in=copies).values_list("roadmap_id").annotate(Max("position")).order_by())
    homes = homes_of(copies)
    for one in arrivals:
        position = last.get(one.copy.pk, -1)
        for line in one.new:
            position, value = position + 1, value_of(line)
            row = new_measure(
                one.copy, home_of(one.copy, line, homes), position, value.number, value.text, value.deadline, value.result
            )
            bind(row, line)
            rows.append(row)
            parties += party_rows(row, value.parties)
    Measure.objects.bulk_create(rows, batch_size=500)
    ResponsibleParty.objects.bulk_create(parties, batch_size=1000)
    carry_bonds(rows, origins_in_model(rows))
    return rows


Homes = dict[tuple[Any, str], Section]


def homes_of(copies: Sequence[Roadmap]) -> Homes:
    """(copy, title of a heading or key of the model's heading) > section of the copy. A section goes by the model's heading
    that its lines come from, so that a renamed one is found."""
    homes: Homes = {}
    for section in Section.objects.filter(roadmap__in=copies).order_by("position"):
        homes.setdefault((section.roadmap_id, section.title.casefold()), section)
    rows = Measure.objects.filter(roadmap__in=copies, origin__isnull=False).select_related("section", "origin")
    for row in rows.order_by("position"):
        homes.setdefault((row.roadmap_id, str(row.origin.section_id)), row.section)
    return homes


def home_of(copy: Roadmap, line: dict[str, Any], homes: Homes) -> Section:
    """The section in which a new line stands; made when the copy has none like it."""
    head = line["section"]
    found = homes.get((copy.pk, head["key"])) or homes.get((copy.pk, head["title"].casefold()))
    if found is None:
        last = copy.sections.aggregate(last=Max("position"))["last"]
        found = Section.objects.create(
            region_id=copy.region_id, roadmap=copy, position=0 if last is None else last + 1, number=head["number"],
            title=head["title"],
        )  # fmt: skip
        homes[copy.pk, head["key"]] = found
    return found


def hand_out_again(ids: Sequence[Any]) -> None:
    """Assignments after lines have changed or come: at once for schools, one by one for who has others below."""
    rows = Measure.objects.filter(pk__in=ids).select_related("roadmap__organisation").prefetch_related("parties")
    groups: dict[Any, list[Measure]] = defaultdict(list)
    for row in rows:
        place = row.roadmap.organisation
        groups[None if place.kind == "school" else place].append(row)
    for place, found in groups.items():
        fan_out_measures(found, organisations_below(place) if place else [])
