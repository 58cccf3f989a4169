"""What hangs on a measure comes along when the measure is copied: the facts that close it, and what it begins after."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from nastavnik.roadmap.actions.fact_binding import copy_facts
from nastavnik.roadmap.actions.order import copy_order
from nastavnik.roadmap.models import Measure


def carry_bonds(copies: Sequence[Measure], origins: Mapping[Any, Any]) -> None:
    """Facts and order of the originals for their copies; `origins`: key of the copy > key of the original. Before the copies
    are handed out, in as many statements for a thousand copies as for one."""
    copy_facts(origins)
    copy_order(copies, origins)


def origins_in_model(copies: Sequence[Measure]) -> dict[Any, Any]:
    """Copy > the model's line that it was copied from."""
    return {row.pk: UUID(str(row.origin_id)) for row in copies if row.origin_id}
