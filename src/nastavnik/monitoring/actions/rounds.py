"""A control of all schools: begun from the checklist, ended by hand."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.monitoring.actions.sheets import propose_answers
from nastavnik.monitoring.enums import OPEN_SHEETS, RoundState
from nastavnik.monitoring.models import ControlItem, ControlRound, ControlSheet
from nastavnik.organisations.models import Organisation


@transaction.atomic
def open_round(
    place: Organisation, *, title: str, opens_on: date, closes_on: date, ground: str, items: Sequence[dict[str, str]], by: Any
) -> ControlRound:
    """Begin a control: a sheet for every open school, its answers proposed from facts. `items` are {text, fact?, requirement?}."""
    if closes_on < opens_on:
        raise Refusal(_("Конец контроля раньше начала. Проверьте даты."))
    if not items:
        raise Refusal(_("В перечне вопросов пусто. Оставьте хотя бы один."))
    schools = list(Organisation.objects.below(place).schools().active(opens_on).order_by("sort_key", "pk"))
    if not schools:
        raise Refusal(_("Проверять некого: открытых школ нет. Сначала загрузите список школ."))
    try:
        with transaction.atomic():
            control = ControlRound.objects.create(
                region_id=place.region_id or 0, organisation=place, title=title, ground=ground, opens_on=opens_on,
                closes_on=closes_on, created_by=by,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refusal(_("Контроль с таким названием уже есть. Откройте его или назовите новый иначе.")) from error
    region = control.region_id
    ControlItem.objects.bulk_create(
        ControlItem(region_id=region, round=control, position=at, text=one["text"], fact=one.get("fact", ""),
                    requirement=one.get("requirement", "")) for at, one in enumerate(items)
    )  # fmt: skip
    ControlSheet.objects.bulk_create(ControlSheet(region_id=region, round=control, organisation=school) for school in schools)
    propose_answers(control)
    trail.record(
        "monitoring.control_opened", control, by=by, organisation=place, after={"title": title, "organisations": len(schools)}
    )
    return control


@transaction.atomic
def close_round(control: ControlRound, *, by: Any, reason: str = "") -> None:
    """End a control. Sheets that nobody signed stay unsigned, so that needs a reason."""
    unsigned = control.sheets.filter(state__in=OPEN_SHEETS).count()
    if unsigned and not reason.strip():
        raise Refusal(_("Не подписано листов: %(count)s. Подпишите их или напишите, почему контроль завершается без них.")
                      % {"count": unsigned})  # fmt: skip
    if not ControlRound.objects.filter(pk=control.pk, state=RoundState.OPEN).update(state=RoundState.CLOSED):
        raise Refusal(_("Этот контроль уже завершён."))
    trail.record("monitoring.control_closed", control, by=by, reason=reason.strip(), organisation=control.organisation)
