"""The official roadmap at work.

A Roadmap has Sections, a Section has Measures; each keeps the printed text beside what was understood (`Deadline`
columns, `ResponsibleParty`). A measure fans out to Assignments: one per organisation that must act and per occurrence
of its deadline. Evidence hangs on an assignment. A PlanDraft is a plan that was read and waits to be accepted.
"""

from nastavnik.roadmap.models.assignments import Assignment, Evidence
from nastavnik.roadmap.models.drafts import PlanDraft
from nastavnik.roadmap.models.roadmaps import Measure, ResponsibleParty, Roadmap, Section
from nastavnik.roadmap.models.timeline import Baseline, MeasureDependency

__all__ = [
    "Assignment", "Baseline", "Evidence", "Measure", "MeasureDependency", "PlanDraft", "ResponsibleParty", "Roadmap", "Section",
]  # fmt: skip
