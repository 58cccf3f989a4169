"""Reports as a list for those who receive them."""

from typing import Any

from django.db.models import QuerySet

from nastavnik.core.text import with_words
from nastavnik.roadmap.enums import RoadmapState, Verdict
from nastavnik.roadmap.models import Evidence

ORDER = ["-added_at", "-pk"]


def report_rows(user: Any, query: Any) -> QuerySet[Evidence]:
    """Reports of organisations right below the user's own in plans at work: `verdict`, `q` (words of the school, the measure)."""
    place = user.appointment.organisation_id if user.appointment else None
    rows = Evidence.objects.visible_to(user).reports().filter(
        assignment__organisation__parent_id=place, assignment__roadmap__state=RoadmapState.ACTIVE
    )  # fmt: skip
    if query.get("verdict") in Verdict.values:
        rows = rows.filter(verdict=query["verdict"])
    rows = rows.select_related("assignment__organisation", "assignment__measure", "file")
    return with_words(rows, query.get("q", ""), "assignment__organisation__search_text", "assignment__measure__search_text")
