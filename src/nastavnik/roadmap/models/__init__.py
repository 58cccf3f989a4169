"""The official roadmap at work.

A Roadmap has Sections, a Section has Measures; each keeps the printed text beside what was understood (`Deadline`
columns, `ResponsibleParty`). A measure fans out to Assignments: one per organisation that must act and per occurrence
of its deadline. Evidence hangs on an assignment. A PlanDraft is a plan that was read and waits to be accepted.
A SavedView is an address of the list with a name, a CalendarFeed the list as a calendar, a BulkChange what can be taken back.
"""

from nastavnik.roadmap.models.assignments import Assignment, Evidence
from nastavnik.roadmap.models.bulk_changes import BulkChange
from nastavnik.roadmap.models.drafts import PlanDraft
from nastavnik.roadmap.models.feeds import CalendarFeed
from nastavnik.roadmap.models.roadmaps import Measure, ResponsibleParty, Roadmap, Section
from nastavnik.roadmap.models.saved_views import DefaultView, SavedView

__all__ = [
    "Assignment", "BulkChange", "CalendarFeed", "DefaultView", "Evidence", "Measure", "PlanDraft", "ResponsibleParty", "Roadmap",
    "SavedView", "Section",
]  # fmt: skip
