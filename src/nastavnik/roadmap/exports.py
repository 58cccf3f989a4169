"""Assignments as a table."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from nastavnik.documents.sheets import Column, xlsx_response
from nastavnik.roadmap.enums import ShownState
from nastavnik.roadmap.models import Assignment


def export_assignments(rows: Iterable[Assignment]) -> HttpResponse:
    """One line per assignment, in the order of the screen."""
    columns = [
        Column(_("Организация"), 28), Column("№", 8), Column(_("Мероприятие"), 60), Column(_("Срок в плане"), 24),
        Column(_("Сделать до"), 12, "date"), Column(_("Состояние"), 20), Column(_("Сделано"), 12, "date"), Column(_("Причина"), 30),
        Column(_("Заметка"), 40),
    ]  # fmt: skip
    lines = (
        (
            one.organisation.name, one.measure.number, one.measure.text, one.measure.deadline_text, one.due_on,
            ShownState(one.shown).label, one.done_on, one.reason, one.note,
        )
        for one in rows
    )  # fmt: skip
    return xlsx_response(_("Задания дорожной карты"), columns, lines)
