"""What monitoring asks of a person."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.core.duties import Duty, register_duties
from nastavnik.monitoring.enums import OPEN_SHEETS, REMARKS, RoundState, SheetState
from nastavnik.monitoring.models import ControlRound, ControlSheet


@register_duties
def controls_to_finish(user: Any, today: date) -> Iterator[Duty]:
    """Controls of the own department that are under way: one query."""
    if not user.may("monitoring.control_schools"):
        return
    rows = ControlRound.objects.filter(organisation_id=user.appointment.organisation_id, state=RoundState.OPEN, opens_on__lte=today)
    counted = rows.annotate(
        left=Count("sheets", filter=Q(sheets__state__in=OPEN_SHEETS)),
        mended=Count("sheets", filter=Q(sheets__state=SheetState.REMEDIED)),
    )
    for control in counted.order_by("closes_on", "pk")[:3]:
        url = reverse("monitoring:round_detail", kwargs={"pk": control.pk})
        if control.left:
            yield Duty(
                title=control.title, reason=_("Не подписано листов: %(count)s") % {"count": control.left}, action=_("Заполнить"),
                url=url, icon="checklist", due_on=control.closes_on, rank=30,
            )  # fmt: skip
        if control.mended:
            yield Duty(
                title=_("Школы сообщили, что устранили замечания: %(count)s") % {"count": control.mended}, reason=control.title,
                action=_("Проверить"), url=f"{url}?state={SheetState.REMEDIED}", icon="checklist", waiting_since=today, rank=35,
            )  # fmt: skip


@register_duties
def acts_to_answer(user: Any, today: date) -> Iterator[Duty]:
    """Acts that the head has not read, and remarks that are not mended: one query."""
    if not user.may("monitoring.acknowledge_control"):
        return
    rows = ControlSheet.objects.filter(
        organisation_id=user.appointment.organisation_id, state__in=(SheetState.SIGNED, SheetState.ACKNOWLEDGED)
    ).select_related("round").annotate(remarks=Count("answers", filter=Q(answers__value__in=REMARKS)))  # fmt: skip
    for sheet in rows.order_by("signed_at", "pk")[:5]:
        url = reverse("monitoring:sheet_detail", kwargs={"pk": sheet.pk})
        if sheet.state == SheetState.SIGNED:
            yield Duty(
                title=_("Ознакомьтесь с актом: %(title)s") % {"title": sheet.round.title}, action=_("Прочитать"), url=url,
                reason=_("Замечаний: %(count)s") % {"count": sheet.remarks}, icon="signature", rank=20,
                waiting_since=timezone.localdate(sheet.signed_at),
            )  # fmt: skip
        elif sheet.remarks:
            yield Duty(
                title=_("Устраните замечания: %(title)s") % {"title": sheet.round.title}, action=_("Сообщить"), url=url,
                reason=_("Замечаний: %(count)s") % {"count": sheet.remarks}, icon="alert-triangle", due_on=sheet.remedy_by, rank=25,
            )  # fmt: skip
