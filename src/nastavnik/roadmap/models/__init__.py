"""The official roadmap at work.

A Roadmap has Sections, a Section has Measures; each keeps the printed text beside what was understood (`Deadline`
columns, `ResponsibleParty`). A measure fans out to Assignments: one per organisation that must act and per occurrence
of its deadline. Evidence hangs on an assignment. A MeasureFact binds a measure to a fact; FactState is what the fact
said last. A PlanDraft is a plan that was read and waits to be accepted.
A RoadmapVersion is the plan as it was approved, amended or endorsed, an ApprovalStep what was done with its paper;
ApprovalTerms say how many days a municipality leaves for it.
A ModelEdition is a model roadmap as it was sent down, a LineProposal what a copy of it has not taken over by itself.
A SavedView is an address of the list with a name, a CalendarFeed the list as a calendar, a BulkChange what can be taken back.
A ReminderLadder says when people are reminded, a Digest what one of them got on a day.
"""

from nastavnik.roadmap.models.approval import ApprovalStep, ApprovalTerms, RoadmapVersion
from nastavnik.roadmap.models.assignments import Assignment, Evidence
from nastavnik.roadmap.models.bulk_changes import BulkChange
from nastavnik.roadmap.models.cascade import LineProposal, ModelEdition
from nastavnik.roadmap.models.drafts import PlanDraft
from nastavnik.roadmap.models.facts import FactState, MeasureFact
from nastavnik.roadmap.models.feeds import CalendarFeed
from nastavnik.roadmap.models.reminding import Digest, DigestRun, ReminderLadder, ReminderStep
from nastavnik.roadmap.models.roadmaps import Measure, ResponsibleParty, Roadmap, Section
from nastavnik.roadmap.models.saved_views import DefaultView, SavedView
from nastavnik.roadmap.models.timeline import Baseline, MeasureDependency

__all__ = [
    "ApprovalStep", "ApprovalTerms", "Assignment", "Baseline", "BulkChange", "CalendarFeed", "DefaultView", "Digest", "DigestRun",
    "Evidence", "FactState", "LineProposal", "Measure", "MeasureDependency", "MeasureFact", "ModelEdition", "PlanDraft",
    "ReminderLadder", "ReminderStep", "ResponsibleParty", "Roadmap", "RoadmapVersion", "SavedView", "Section",
]  # fmt: skip
