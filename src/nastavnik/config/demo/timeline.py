"""The timeline of the demo plan: an order with one collision, and a deadline that has moved since acceptance."""

from datetime import timedelta
from typing import Any

from nastavnik.roadmap.actions.moving import move_measure
from nastavnik.roadmap.actions.order import add_dependency
from nastavnik.roadmap.models import Roadmap
from nastavnik.roadmap.queries.plans import horizon_of
from nastavnik.roadmap.schedule import shifted

# (what begins, after what): beside the order of the built-in plan. The registers end in October, the pairs begin with it.
ORDER = (("pairs", "mentee_register"), ("control", "records"), ("dissemination", "case_bank"))
MOVED, DAYS = "case_bank", timedelta(days=7)
REASON = "Школы просят неделю после каникул: практики ещё описывают."


def plan_in_order(roadmap: Roadmap, leader: Any) -> None:
    """Bonds between measures, and one measure a week later with its reason."""
    measures = {one.template_code: one for one in roadmap.measures.all()}
    for code, before in ORDER:
        add_dependency(measures[code], after=measures[before], by=leader)
    moved = measures[MOVED]
    later = shifted(moved.deadline, DAYS.days, horizon=horizon_of(roadmap))
    move_measure(moved, deadline=later, version=moved.version, reason=REASON, by=leader)
