"""Monitoring of the demo municipality in mid-course: marks of the schools, a control that is half signed."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from nastavnik.accounts.models import User
from nastavnik.config.demo import places
from nastavnik.monitoring.actions.marks import mark_requirement
from nastavnik.monitoring.actions.requirements import built_in, write_requirement
from nastavnik.monitoring.actions.rounds import open_round
from nastavnik.monitoring.actions.sheets import acknowledge_sheet, report_remedy, save_answers, sign_sheet
from nastavnik.monitoring.enums import AnswerValue
from nastavnik.monitoring.models import ControlRound, ControlSheet
from nastavnik.organisations.calendars import school_year_of
from nastavnik.organisations.models import Organisation

PAPERS = {
    "rollout_order": "Приказ от 05.09 № 41-о",
    "regulation": "Положение, протокол педсовета № 1",
    "programme": "Программа на учебный год",
    "consent_processing": "Бланк согласия, приложение 2 к положению",
    "consent_publication": "Бланк согласия, приложение 3",
    "operator_notice": "Запись в реестре операторов",
    "clearance": "Проверено при приёме, журнал кадров",
    "no_paper_diary": "Встречи отмечаются в системе",
    "site_section": "Раздел «Наставничество»",
    "pairs_order": "Приказ от 20.10 № 58-о",
}


def build_monitoring(municipality: Organisation, leader: User) -> None:
    """The list with one demand of the municipality's own, marks by the diligence of each school, a control of this autumn."""
    write_requirement(
        municipality, code="own-journal", kind="school", title="Журнал встреч ведётся в системе", explanation="",
        source="Приказ управления от 02.09 № 115", confirmed=True, valid_from=school_year_of(timezone.localdate()).start, by=leader,
    )  # fmt: skip
    chance = Random("requirements")  # noqa: S311 -- the same demo every time
    for school in places.SCHOOLS:
        place = Organisation.objects.get(slug=school.slug)
        by = User.objects.get(username=(school.coordinator or school.head).username)
        for code, paper in PAPERS.items():
            if chance.random() < school.diligence:
                mark_requirement(place, code, state="met", words=paper, by=by)
        if chance.random() < 0.3:
            mark_requirement(place, "labour_addendum", state="not_needed", words="Пар «педагог – педагог» нет.", by=by)
    hold_control(municipality, leader)


def hold_control(municipality: Organisation, leader: User) -> None:
    """A control under way: some sheets signed, one acknowledged, one with its remarks mended."""
    offered, today = built_in("december_control"), timezone.localdate()
    control = open_round(
        municipality, title="Контроль внедрения целевой модели, осень", opens_on=today - timedelta(days=12),
        closes_on=today + timedelta(days=20), ground="Приказ управления от 10.11 № 140", items=offered["items"], by=leader,
    )  # fmt: skip
    sheets = list(control.sheets.select_related("organisation").order_by("organisation__sort_key")[:6])
    for place, sheet in enumerate(sheets[:5]):
        signed = fill_and_sign(control, sheet, leader)
        if place < 2:
            head = User.objects.get(
                username=next(one.head.username for one in places.SCHOOLS if one.slug == sheet.organisation.slug)
            )
            acknowledged = acknowledge_sheet(
                signed, objection="" if place else "Обучение наставников идёт до конца декабря.", by=head
            )
            if place == 0:
                report_remedy(acknowledged, remedy="Обучение назначено на 10 декабря, приказ № 63-о.", by=head)


def fill_and_sign(control: ControlRound, sheet: ControlSheet, leader: User) -> ControlSheet:
    """What the system proposed stays; open questions are answered, remarks get a day."""
    given = {one.item_id: (one.value, one.words) for one in sheet.answers.all()}
    open_answer = (AnswerValue.PARTLY.value, "Обучены не все, график есть.")
    answers = {item.pk: given.get(item.pk, open_answer) for item in control.items.all()}
    kept = save_answers(
        sheet, answers=answers, conclusion="Модель внедряется, замечания устранимы.",
        remedy_by=timezone.localdate() + timedelta(days=30), version=sheet.version, by=leader,
    )  # fmt: skip
    return sign_sheet(kept, version=kept.version, by=leader)
