"""The official roadmap at work.

A Roadmap has Sections, a Section has Measures; each keeps the printed text beside what was understood (`Deadline`
columns, `ResponsibleParty`). A measure fans out to Assignments: one per organisation that must act and per occurrence
of its deadline. Evidence hangs on an assignment. A PlanDraft is a plan that was read and waits to be accepted. A
ReminderLadder says when people are reminded, a Digest what one of them got on a day.
"""

from nastavnik.roadmap.models.assignments import Assignment, Evidence
from nastavnik.roadmap.models.drafts import PlanDraft
from nastavnik.roadmap.models.reminding import Digest, DigestRun, ReminderLadder, ReminderStep
from nastavnik.roadmap.models.roadmaps import Measure, ResponsibleParty, Roadmap, Section

__all__ = [
    "Assignment", "Digest", "DigestRun", "Evidence", "Measure", "PlanDraft", "ReminderLadder", "ReminderStep", "ResponsibleParty",
    "Roadmap", "Section",
]  # fmt: skip
