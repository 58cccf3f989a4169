"""Headings of a plan at work."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from nastavnik.audit import trail
from nastavnik.roadmap.actions.amendments import Act, begin_amendment, keep_amendment
from nastavnik.roadmap.models import Roadmap, Section


@transaction.atomic
def add_section(roadmap: Roadmap, *, number: str, title: str, by: Any, reason: str = "", act: Act | None = None) -> Section:
    """Append a section. An approved plan asks for reason and act."""
    amendment = begin_amendment(roadmap, reason=reason, act=act, by=by)
    last = roadmap.sections.aggregate(last=Max("position"))["last"]
    section = Section.objects.create(
        region_id=roadmap.region_id, roadmap=roadmap, number=number, title=title, position=0 if last is None else last + 1
    )
    trail.record("roadmap.section_added", section, by=by, reason=reason, after={"title": title}, organisation=roadmap.organisation)
    keep_amendment(amendment, by=by)
    return section


@transaction.atomic
def rename_section(section: Section, *, number: str, title: str, by: Any, reason: str = "", act: Act | None = None) -> Section:
    """Change the number and the title of a section. An approved plan asks for reason and act."""
    amendment = begin_amendment(section.roadmap, reason=reason, act=act, by=by)
    before = {"number": section.number, "title": section.title}
    section.number, section.title = number, title
    section.save(update_fields=["number", "title"])
    trail.record(
        "roadmap.section_renamed", section, by=by, organisation=section.roadmap.organisation, reason=reason,
        before=before, after={"number": number, "title": title},
    )  # fmt: skip
    keep_amendment(amendment, by=by)
    return section
