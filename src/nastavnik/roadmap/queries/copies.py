"""What organisations have made of their copies of a model: each copy line by line, all copies in numbers, one line over all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from nastavnik.core.text import with_words
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.comparing import ChangeKind, Line, LineChange, compare_lines
from nastavnik.roadmap.enums import ProposalState
from nastavnik.roadmap.models import LineProposal, Measure, Roadmap
from nastavnik.roadmap.queries.editions import last_edition, printed_line, receivers_of, work_of

ORDER = ["sort_key", "pk"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Lines of a copy: as in the model, changed, left out, added by the organisation, given up by the model; `open` are
    undecided proposals."""

    same: int
    changed: int
    left_out: int
    added: int
    given_up: int
    open: int = 0

    @property
    def is_as_sent(self) -> bool:
        """Nothing differs."""
        return not (self.changed or self.left_out or self.added or self.given_up)


@dataclass(frozen=True, slots=True)
class CopyRow:
    """An organisation with its copy; both None when it has received none."""

    organisation: Organisation
    copy: Roadmap | None
    counts: Counts | None


def sent_keys(model: Roadmap) -> list[str]:
    """Keys of the lines that were sent last."""
    edition = last_edition(model)
    return [line["key"] for line in edition.lines] if edition else []


def line_conditions(keys: Sequence[str], path: str = "") -> dict[str, Q]:
    """What a copy's line is, seen from the model as it was sent last; `path` leads to the line."""
    sent, own = Q(**{f"{path}origin__in": keys}), Q(**{f"{path}origin__isnull": True, f"{path}id__isnull": False})
    as_sent = Q(**{f"{path}digest": F(f"{path}origin__origin_digest")})
    return {
        "same": sent & as_sent,
        "changed": sent & ~as_sent,
        "added": own,
        "given_up": ~sent & ~own & Q(**{f"{path}id__isnull": False}),
    }


def counts_of(model: Roadmap, copies: Sequence[Roadmap]) -> dict[Any, Counts]:
    """Copy > numbers: three queries."""
    keys = sent_keys(model)
    numbers = {name: Count("pk", filter=condition) for name, condition in line_conditions(keys).items()}
    rows = Measure.objects.filter(roadmap__in=copies).order_by().values("roadmap_id").annotate(**numbers)
    found = {row.pop("roadmap_id"): row for row in rows}
    waiting = dict(LineProposal.objects.open().filter(copy__in=copies).order_by().values_list("copy_id").annotate(Count("pk")))
    none = dict.fromkeys(numbers, 0)
    return {
        copy.pk: Counts(
            **(of := found.get(copy.pk, none)), left_out=len(keys) - of["same"] - of["changed"], open=waiting.get(copy.pk, 0)
        )
        for copy in copies
    }


def places_of(model: Roadmap, user: Any, query: Any) -> QuerySet[Organisation]:
    """Organisations of the branch that have a copy or should have one, by the filters of the address: `q` (words of the
    name), `show` (changed, same, open, waiting)."""
    copies = Roadmap.objects.filter(model=model)
    below = Q(pk__in=receivers_of(model).values("pk")) | Q(pk__in=copies.values("organisation_id"))
    rows = with_words(Organisation.objects.visible_to(user).filter(below), query.get("q", ""), "search_text")
    show = query.get("show", "")
    if show == "waiting":
        return rows.exclude(pk__in=copies.values("organisation_id"))
    if show == "open":
        return rows.filter(pk__in=copies.filter(proposals__state=ProposalState.OPEN).values("organisation_id"))
    if show in ("changed", "same"):
        differing = differing_copies(copies, sent_keys(model))
        chosen = copies.filter(pk__in=differing) if show == "changed" else copies.exclude(pk__in=differing)
        return rows.filter(pk__in=chosen.values("organisation_id"))
    return rows


def differing_copies(copies: Any, keys: Sequence[str]) -> Any:
    """Keys of the copies in which anything differs from the model as it was sent."""
    conditions = line_conditions(keys, "measures__")
    same, all_lines = Count("measures", filter=conditions["same"]), Count("measures")
    return copies.annotate(same=same, lines=all_lines).exclude(same=len(keys), lines=len(keys)).values("pk")


def rows_of(model: Roadmap, places: Sequence[Organisation]) -> list[CopyRow]:
    """The lines of the table for these organisations: four queries."""
    copies = list(Roadmap.objects.filter(model=model, organisation__in=places))
    counts, of_place = counts_of(model, copies), {copy.organisation_id: copy for copy in copies}
    found = ((place, of_place.get(place.pk)) for place in places)
    return [CopyRow(place, copy, counts[copy.pk] if copy else None) for place, copy in found]


@dataclass(frozen=True, slots=True)
class LineTally:
    """A line of the model with how many copies have it as it is, have changed it or left it out."""

    measure: Measure
    same: int
    changed: int
    left_out: int


def line_tallies(model: Roadmap, user: Any) -> list[LineTally]:
    """Every line that was sent, in the order of the paper: four queries whatever the number of copies."""
    keys, copies = sent_keys(model), Roadmap.objects.visible_to(user).filter(model=model)
    conditions = line_conditions(keys)
    rows = Measure.objects.filter(roadmap__in=copies, origin__in=keys).order_by().values("origin_id")
    found = {
        row["origin_id"]: row
        for row in rows.annotate(same=Count("pk", filter=conditions["same"]), changed=Count("pk", filter=conditions["changed"]))
    }
    total, none = copies.count(), {"same": 0, "changed": 0}
    lines = Measure.objects.filter(pk__in=keys).select_related("section").order_by("section__position", "position")
    return [
        LineTally(one, of["same"], of["changed"], total - of["same"] - of["changed"])
        for one in lines
        for of in [found.get(one.pk, none)]
    ]


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of a copy beside the model's: `kind` is same, changed, left_out, added or given_up."""

    kind: str
    old: Line | None
    new: Line | None
    fields: tuple[str, ...]
    measure: Measure | None
    proposal: LineProposal | None

    @property
    def line(self) -> Line | None:
        """The copy's line, or the model's where it has none."""
        return self.new or self.old


def differences_of(copy: Roadmap) -> list[Difference]:
    """A copy beside the model as it was sent last: five queries."""
    edition = last_edition(copy.model) if copy.model else None
    old = [printed_line(line) for line in edition.lines] if edition else []
    rows = {key_in_model(row): row for row in copy_lines(copy)}
    keys = {line.key for line in old}
    waiting = {str(one.origin_id): one for one in copy.proposals.open()}
    changes = compare_lines(old, [row_line(row) for row in rows.values()])
    return [difference(work_of(change), rows, keys, waiting) for change in changes]


def copy_lines(copy: Roadmap) -> Iterable[Measure]:
    """The rows of a copy in the order of the paper."""
    rows = copy.measures.select_related("section").prefetch_related("parties")
    return rows.order_by("section__position", "position")


def key_in_model(row: Measure) -> str:
    """The key by which a copy's line is compared."""
    return str(row.origin_id or row.pk)


def row_line(row: Measure) -> Line:
    """A stored line for comparison."""
    parties = tuple(party.text for party in sorted(row.parties.all(), key=lambda party: party.position))
    return Line(key_in_model(row), row.text, row.number, row.deadline_text, parties, row.result, row.section.title)


def difference(change: LineChange, rows: dict[str, Measure], keys: set[str], waiting: dict[str, LineProposal]) -> Difference:
    """A change with the row that it is about and what is proposed for it."""
    line = change.line
    kinds = {ChangeKind.CHANGED: "changed", ChangeKind.REMOVED: "left_out", ChangeKind.ADDED: "added"}
    kind = kinds.get(change.kind, "same")
    row = rows.get(change.new.key) if change.new else None
    if kind == "added" and row is not None and row.origin_id and line.key not in keys:
        kind = "given_up"
    return Difference(kind, change.old, change.new, change.fields, row, waiting.get(line.key))


def copies_with_line(line: Measure, user: Any, query: Any) -> QuerySet[Roadmap]:
    """Copies of the line's model in the branch, with `has` and `same`; `show`: changed, left_out, same; else all that
    differ come without those as they were sent."""
    mine = Measure.objects.filter(roadmap=OuterRef("pk"), origin=line)
    rows = Roadmap.objects.visible_to(user).filter(model_id=line.roadmap_id).annotate(
        has=Exists(mine), same=Exists(mine.filter(digest=line.origin_digest))
    )  # fmt: skip
    found = Organisation.objects.all()
    rows = rows.filter(organisation__in=with_words(found, query["q"], "search_text")) if query.get("q") else rows
    show = query.get("show", "")
    conditions = {"changed": Q(has=True, same=False), "left_out": Q(has=False), "same": Q(same=True), "": Q(same=False)}
    return rows.filter(conditions.get(show, Q())).select_related("organisation")
