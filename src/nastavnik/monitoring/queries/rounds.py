"""Controls and their sheets as lists."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from nastavnik.core.text import with_words
from nastavnik.monitoring.enums import OPEN_SHEETS, REMARKS
from nastavnik.monitoring.models import ControlAnswer, ControlRound, ControlSheet

SHEET_ORDER = ["organisation__sort_key", "pk"]
MOST_ROUNDS = 50


def rounds_of(user: Any) -> list[ControlRound]:
    """Controls of the branch, the newest first, with the numbers of their sheets: one query."""
    rows = ControlRound.objects.visible_to(user).select_related("organisation").annotate(
        schools=Count("sheets"), open_sheets=Count("sheets", filter=Q(sheets__state__in=OPEN_SHEETS))
    )  # fmt: skip
    return list(rows.order_by("-opens_on", "-pk")[:MOST_ROUNDS])


def sheet_rows(user: Any, control: ControlRound, query: Any) -> Any:
    """Sheets of a control by the filters `q` (words of the school) and `state`, with the numbers of answers and remarks."""
    rows = ControlSheet.objects.visible_to(user).filter(round=control).select_related("organisation", "signed_by").annotate(
        answered=Count("answers", filter=~Q(answers__value="")), remarks=Count("answers", filter=Q(answers__value__in=REMARKS))
    )  # fmt: skip
    rows = with_words(rows, query.get("q", ""), "organisation__search_text")
    return rows.filter(state=query["state"]) if query.get("state") else rows


def sheets_of_school(user: Any) -> list[ControlSheet]:
    """What a school has been told: its signed sheets, the newest first."""
    rows = ControlSheet.objects.visible_to(user).select_related("round__organisation", "organisation").annotate(
        remarks=Count("answers", filter=Q(answers__value__in=REMARKS))
    )  # fmt: skip
    return list(rows.order_by("-signed_at", "-pk")[:MOST_ROUNDS])


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A question with what was answered; no answer is an empty value."""

    item: Any
    value: str = ""
    words: str = ""
    url: str = ""
    by_fact: bool = False


def check_lines(sheet: ControlSheet) -> list[CheckLine]:
    """The checklist of a sheet in order: two queries."""
    answers = {one.item_id: one for one in ControlAnswer.objects.filter(sheet=sheet)}
    return list(lines_of(sheet.round.items.order_by("position"), answers))


def lines_of(items: Iterable[Any], answers: dict[Any, ControlAnswer]) -> Iterable[CheckLine]:
    """Each question with its answer."""
    for item in items:
        found = answers.get(item.pk)
        yield CheckLine(item, found.value, found.words, found.url, found.by_fact) if found else CheckLine(item)


def findings(control: ControlRound, sheets: Iterable[ControlSheet]) -> dict[Any, dict[Any, ControlAnswer]]:
    """Sheet > item > answer, for the table of all: one query."""
    found: dict[Any, dict[Any, ControlAnswer]] = defaultdict(dict)
    for answer in ControlAnswer.objects.filter(sheet__in=list(sheets)):
        found[answer.sheet_id][answer.item_id] = answer
    return found
