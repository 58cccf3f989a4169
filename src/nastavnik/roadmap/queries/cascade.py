"""What the page of a plan says about its model, and what sending a model's changes would do."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from nastavnik.roadmap.comparing import ChangeKind, LineChange
from nastavnik.roadmap.enums import Purpose, RoadmapState, Stage
from nastavnik.roadmap.models import Measure, Roadmap
from nastavnik.roadmap.queries.copies import Counts, counts_of
from nastavnik.roadmap.queries.editions import unsent_changes, waiting_receivers

SIGNED = (Stage.APPROVED, Stage.ENDORSED)


@dataclass(frozen=True, slots=True)
class ModelBar:
    """Of a model: copies given, organisations without one, changes not sent yet."""

    copies: int
    waiting: int
    unsent: int


def model_bar(model: Roadmap) -> ModelBar | None:
    """None for a plan that is no model."""
    if model.purpose != Purpose.MODEL:
        return None
    return ModelBar(model.copies.count(), waiting_receivers(model).count(), len(unsent_changes(model)))


def copy_bar(roadmap: Roadmap) -> Counts | None:
    """How a copy stands to its model; None for a plan that is no copy."""
    return counts_of(roadmap.model, [roadmap])[roadmap.pk] if roadmap.model else None


@dataclass(frozen=True, slots=True)
class Effect:
    """One change of the model, and in how many copies it comes by itself, is proposed, or meets a line left out."""

    change: LineChange
    comes: int
    proposed: int
    absent: int


def effects_of(model: Roadmap) -> list[Effect]:
    """What sending would do, line by line: two queries beside those of the lines."""
    changes = unsent_changes(model)
    if not changes:
        return []
    copies = model.copies.filter(state=RoadmapState.ACTIVE)
    free, signed = copies.exclude(stage__in=SIGNED).count(), copies.filter(stage__in=SIGNED).count()
    untouched, free_copy = Q(digest=F("origin_digest")), ~Q(roadmap__stage__in=SIGNED)
    rows = Measure.objects.filter(roadmap__in=copies, origin__in=[one.line.key for one in changes]).order_by().values("origin_id")
    found = {
        str(row["origin_id"]): (row["comes"], row["all"])
        for row in rows.annotate(comes=Count("pk", filter=untouched & free_copy), all=Count("pk"))
    }
    return [effect(change, found, free, signed) for change in changes]


def effect(change: LineChange, found: dict[str, tuple[int, int]], free: int, signed: int) -> Effect:
    """The effect of one change."""
    if change.kind is ChangeKind.ADDED:
        return Effect(change, free, signed, 0)
    comes, there = found.get(change.line.key, (0, 0))
    return Effect(change, comes, there - comes, free + signed - there)


def summary_of(effects: list[Effect]) -> dict[str, int]:
    """How many lines changed, came and went."""
    kinds = Counter(one.change.kind.value for one in effects)
    return {name: kinds[name] for name in ("changed", "added", "removed")}


def own_models(user: Any, *, archived: bool) -> list[tuple[Roadmap, ModelBar | None]]:
    """Models of the user's own organisation, newest first."""
    state = RoadmapState.ARCHIVED if archived else RoadmapState.ACTIVE
    rows = (
        Roadmap.objects.led_by(user).models().filter(state=state).select_related("organisation").order_by("-created_at", "-pk")[:20]
    )
    return [(one, model_bar(one)) for one in rows]
