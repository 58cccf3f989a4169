"""Gaps and controls as files; the act of a control as an official paper."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from nastavnik.documents.official import Line as PaperLine
from nastavnik.documents.official import OfficialPaper, PaperColumn
from nastavnik.documents.sheets import Column, xlsx_response
from nastavnik.monitoring.enums import REMARKS, AnswerValue, SheetState
from nastavnik.monitoring.models import ControlRound, ControlSheet
from nastavnik.monitoring.queries.rounds import CheckLine, findings
from nastavnik.monitoring.queries.standings import Line


def export_gaps(lines: Iterable[Line], *, place: str) -> HttpResponse:
    """Schools down, one row per requirement: state, paper, source."""
    columns = [
        Column(_("Организация"), 28), Column(_("Требование"), 44), Column(_("Состояние"), 16), Column(_("Документ"), 40),
        Column(_("Источник"), 40), Column(_("Ссылка"), 30),
    ]  # fmt: skip
    rows = (
        (line.place.name, one.requirement.title, one.state.label, one.words, one.requirement.source, one.url)
        for line in lines for one in line.stands
    )  # fmt: skip
    return xlsx_response(_("Что требуется от школ"), columns, rows, place=place)


def export_round(control: ControlRound, sheets: Sequence[ControlSheet]) -> HttpResponse:
    """Schools down, questions across."""
    items, found = list(control.items.order_by("position")), findings(control, sheets)
    columns = [Column(_("Школа"), 28), Column(_("Состояние"), 18)]
    columns += [Column(f"{item.position + 1}. {item.text}"[:120], 16) for item in items]
    columns += [Column(_("Замечаний"), 10, "number"), Column(_("Устранить до"), 12, "date"), Column(_("Вывод"), 40)]
    rows = (
        (
            sheet.organisation.name, SheetState(sheet.state).label,
            *(answer_words(found[sheet.pk].get(item.pk)) for item in items),
            sum(answer.value in REMARKS for answer in found[sheet.pk].values()), sheet.remedy_by, sheet.conclusion,
        )
        for sheet in sheets
    )  # fmt: skip
    return xlsx_response(control.title, columns, rows, place=control.organisation.name)


def answer_words(answer: Any) -> str:
    """«Частично: приказ без даты»."""
    if answer is None or not answer.value:
        return ""
    label = AnswerValue(answer.value).label
    return f"{label}: {answer.words}" if answer.words else str(label)


def act_of(sheet: ControlSheet, lines: Sequence[CheckLine]) -> OfficialPaper:
    """The act: what was looked at, what was found, by when it is to be mended, who signs. Russian, as official papers are."""
    with override("ru"):
        control, school = sheet.round, sheet.organisation
        place = school.full_name or school.name
        notes = [place, f"Срок проведения: {control.opens_on:%d.%m.%Y} – {control.closes_on:%d.%m.%Y}"]
        notes += [f"Основание: {control.ground}"] if control.ground else []
        return OfficialPaper(
            title=f"АКТ\n{control.title}", notes=tuple(notes), upright=True, running=school.name,
            columns=(PaperColumn("№ п/п", 6), PaperColumn("Вопрос", 44), PaperColumn("Итог", 14), PaperColumn("Пояснение", 36)),
            rows=tuple(
                PaperLine((str(line.item.position + 1), line.item.text, label_of(line.value), line.words)) for line in lines
            ),
            closing=tuple(closing_of(sheet, lines)),
        )  # fmt: skip


def label_of(value: str) -> str:
    """The word of an answer."""
    return str(AnswerValue(value).label) if value else "не отмечено"


def closing_of(sheet: ControlSheet, lines: Sequence[CheckLine]) -> Iterable[str]:
    """Conclusion, term, signatures."""
    remarks = sum(line.value in REMARKS for line in lines)
    yield f"Замечаний: {remarks}." + (f" Устранить до {sheet.remedy_by:%d.%m.%Y}." if sheet.remedy_by else "")
    if sheet.conclusion:
        yield f"Вывод: {sheet.conclusion}"
    if sheet.objection:
        yield f"Возражения школы: {sheet.objection}"
    yield ""
    signer = f"{sheet.signed_by.full_name}, {sheet.signed_post}" if sheet.signed_by else ""
    signed = f"подписано в системе {sheet.signed_at:%d.%m.%Y}" if sheet.signed_at else "проект, не подписан"
    yield f"Проверку провёл: ______________ {signer} ({signed})"
    known = f" (отмечено в системе {sheet.acknowledged_at:%d.%m.%Y})" if sheet.acknowledged_at else ""
    yield f"С актом ознакомлен: ______________ {sheet.organisation.head_name}{known}"
