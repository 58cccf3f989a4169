"""Drafts for tests: a plan of values goes through the same action as an uploaded file."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from nastavnik.roadmap.actions.drafts import open_draft
from nastavnik.roadmap.models import PlanDraft
from nastavnik.roadmap.queries.drafts import DraftLine, DraftReading
from planreader.deadlines import deadline_warnings, read_deadline
from planreader.model import Measure, Plan, Section, Span
from planreader.parties import read_parties
from tests.worlds import World

YEAR = Span(date(2026, 9, 1), date(2027, 8, 31))


def printed(number: str, text: str, deadline: str, parties: str) -> Measure:
    """A measure as planreader would have read it."""
    value = read_deadline(deadline, horizon=YEAR)
    return Measure(number, text, value, read_parties(parties), None, deadline_warnings(value, YEAR))


def draft_with(world: World, *measures: Measure, title: str = "Дорожная карта") -> PlanDraft:
    """Lakeside's draft of a plan with one section."""
    plan = Plan(title, YEAR, None, (Section("1.", "Раздел", None, measures),))
    return open_draft(world.place("lakeside"), plan, source_name="План.docx", by=world.user("municipal"))


def command(browser: Client, name: str, *args: Any, **form: Any) -> Any:
    """Post a command of the roadmap and follow it."""
    return browser.post(reverse(f"roadmap:{name}", args=args), form, follow=True)


def line_of(draft: PlanDraft, index: int) -> DraftLine:
    """A line as it stands now."""
    return DraftReading(PlanDraft.objects.get(pk=draft.pk)).lines[index]


def told(response: Any) -> list[str]:
    """What the person is told."""
    return [str(message) for message in response.context["messages"]]
