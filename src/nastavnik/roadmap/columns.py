"""The columns of the list: what screen, paper and table file show of an assignment, chosen in the address."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.enums import ShownState


@dataclass(frozen=True, slots=True)
class ListColumn:
    """`order` is the name under which the list can be sorted by it, `value` what a table file holds, `fixed` what cannot be
    left out, `usual` what is shown unless somebody chose."""

    code: str
    heading: Any
    value: Callable[[Any], Any]
    order: str = ""
    width: int = 20
    kind: str = "text"
    fixed: bool = False
    usual: bool = False


def place_above(assignment: Any) -> str:
    """The municipality of the organisation; nothing for a region's own work."""
    above = assignment.organisation.municipality
    return above.name if above else ""


def day_marked(assignment: Any) -> date | None:
    """The day of the last mark, as it is here."""
    return timezone.localtime(assignment.marked_at).date() if assignment.marked_at else None


def mark_words(assignment: Any) -> str:
    """Who holds the mark where it is not a person as always."""
    return str(assignment.get_fact_mark_display()) if assignment.fact_mark else ""


COLUMNS = (
    ListColumn("municipality", _("Муниципалитет"), place_above, width=26),
    ListColumn("organisation", _("Организация"), lambda one: one.organisation.name, "school", 28, fixed=True, usual=True),
    ListColumn("section", _("Раздел"), lambda one: f"{one.measure.section.number} {one.measure.section.title}".strip(), width=30),
    ListColumn("number", _("№"), lambda one: one.measure.number, "number", 8, usual=True),
    ListColumn("measure", _("Мероприятие"), lambda one: one.measure.text, width=60, fixed=True, usual=True),
    ListColumn("deadline", _("Срок в плане"), lambda one: one.measure.deadline_text, width=24),
    ListColumn("due", _("Сделать до"), lambda one: one.due_on, "due", 12, "date", usual=True),
    ListColumn("state", _("Состояние"), lambda one: ShownState(one.shown).label, "state", 20, fixed=True, usual=True),
    ListColumn("done", _("Сделано"), lambda one: one.done_on, "done", 12, "date"),
    ListColumn("marked", _("Отмечено"), day_marked, "marked", 12, "date"),
    ListColumn("result", _("Результат"), lambda one: one.measure.result, width=30),
    ListColumn("reason", _("Причина"), lambda one: one.reason, width=30),
    ListColumn("note", _("Заметка"), lambda one: one.note, width=40),
    ListColumn("mark", _("Кто отмечает"), mark_words, width=20),
)
# What a table file holds when nobody chose: all that can be said about the work.
IN_FILES = {"organisation", "number", "measure", "deadline", "due", "state", "done", "reason", "note", "mark"}


def columns_for(user: Any) -> list[ListColumn]:
    """Columns that make sense for a person: a municipality has no use for its own name in every line."""
    place = user.appointment.organisation if user.appointment else None
    wide = place is not None and place.kind == OrganisationKind.REGION
    return [column for column in COLUMNS if wide or column.code != "municipality"]


def chosen_columns(user: Any, query: Any, *, in_file: bool = False) -> list[ListColumn]:
    """The columns that the address names (`column`, several times), in the order of the list; the usual ones when it names
    none. Unknown names count as nothing typed."""
    offered = columns_for(user)
    named = set(query.getlist("column")) & {column.code for column in offered}
    if not named:
        return [column for column in offered if (column.code in IN_FILES if in_file else column.usual)]
    return [column for column in offered if column.fixed or column.code in named]


def with_columns(rows: Any, columns: list[ListColumn]) -> Any:
    """Rows with what the columns need beyond the usual."""
    return rows.select_related("organisation__municipality") if any(one.code == "municipality" for one in columns) else rows
