"""A plan at work as the value that planreader knows."""

from typing import Any

from nastavnik.roadmap.models import Assignment, Roadmap
from nastavnik.roadmap.queries.plans import Tally, as_value, counted, horizon_of
from planreader.model import Approval, Plan
from planreader.model import Section as PlanSection


def plan_at_work(roadmap: Roadmap) -> Plan:
    """The stored plan with its sections, deadlines and parties: three queries, whatever its length."""
    measures = list(roadmap.standing_measures().prefetch_related("parties").order_by("position"))
    sections = tuple(
        PlanSection(
            section.number, section.title, section.deadline if section.deadline_text else None,
            tuple(as_value(one) for one in measures if one.section_id == section.pk),
        )
        for section in roadmap.sections.order_by("position")
    )  # fmt: skip
    return Plan(roadmap.title, horizon_of(roadmap), approval_of(roadmap), sections)


def approval_of(roadmap: Roadmap) -> Approval | None:
    """The stamp; None while nobody has approved."""
    if not (roadmap.approved_post or roadmap.approved_name or roadmap.approved_on):
        return None
    return Approval(roadmap.approved_post, roadmap.approved_name, roadmap.approved_on)


def marks_of(roadmap: Roadmap, user: Any) -> dict[int, str]:
    """Place of the measure in the paper > «выполнено 5 из 12, просрочено 2», counted in the user's branch: two queries."""
    tallies = counted(Assignment.objects.visible_to(user).filter(roadmap=roadmap), "measure_id")
    keys = roadmap.measures.order_by("section__position", "position").values_list("pk", flat=True)
    return {place: mark_words(tallies[key]) for place, key in enumerate(keys) if key in tallies}


def mark_words(tally: Tally) -> str:
    """In the language of the paper, which is Russian."""
    words = f"выполнено {tally.done} из {tally.required}"
    return f"{words}, просрочено {tally.late}" if tally.late else words
