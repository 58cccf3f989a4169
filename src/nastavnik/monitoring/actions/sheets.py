"""The control of one school: proposed from facts, completed by the controller, signed, acknowledged, mended, settled."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.models import User
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.monitoring.enums import OPEN_SHEETS, REMARKS, RoundState, SheetState
from nastavnik.monitoring.models import ControlAnswer, ControlRound, ControlSheet
from nastavnik.monitoring.queries.proposals import proposals_for
from nastavnik.notifications.actions import send_message
from nastavnik.roadmap.actions.reminders import people_of

REFRESHED = ["value", "words", "url", "by_fact"]


@transaction.atomic
def propose_answers(control: ControlRound, sheet: ControlSheet | None = None) -> int:
    """Fill open sheets (or one) from what the system knows; what a controller has written stays. Returns how many answers
    were proposed. As many queries for a thousand schools as for one."""
    sheets = list(
        control.sheets.filter(state__in=OPEN_SHEETS, **({"pk": sheet.pk} if sheet else {})).select_related("organisation")
    )
    items = list(control.items.order_by("position"))
    kept = {(one.sheet_id, one.item_id): one for one in ControlAnswer.objects.filter(sheet__in=sheets)}
    fresh, changed = [], []
    for (key, item), proposal in proposals_for(control, items, sheets).items():
        answer = kept.get((key, item)) or ControlAnswer(region_id=control.region_id, sheet_id=key, item_id=item, by_fact=True)
        if not answer.by_fact:
            continue
        answer.value, answer.words, answer.url = proposal.value or "", proposal.words[:500], proposal.url[:500]
        (changed if (key, item) in kept else fresh).append(answer)
    ControlAnswer.objects.bulk_create(fresh, batch_size=500)
    ControlAnswer.objects.bulk_update(changed, REFRESHED, batch_size=200)
    return len(fresh) + len(changed)


@transaction.atomic
def save_answers(
    sheet: ControlSheet, *, answers: Mapping[Any, tuple[str, str]], conclusion: str, remedy_by: date | None, version: int, by: Any
) -> ControlSheet:
    """Keep what the controller found; `answers` are item key > (value, words). An answer that differs from the proposal is
    the controller's own from now on."""
    sheet = lock(sheet, version)
    require_open(sheet)
    kept = {one.item_id: one for one in sheet.answers.all()}
    for item in sheet.round.items.all():
        value, words = answers.get(item.pk, ("", ""))
        answer = kept.get(item.pk) or ControlAnswer(region_id=sheet.region_id, sheet=sheet, item=item)
        if (answer.value, answer.words) == (value, words.strip()):
            continue
        answer.value, answer.words, answer.by_fact = value, words.strip()[:500], False
        answer.save()
    sheet.state, sheet.conclusion, sheet.remedy_by = SheetState.FILLING, conclusion.strip(), remedy_by
    keep(sheet, "state", "conclusion", "remedy_by")
    trail.record("monitoring.control_filled", sheet, by=by, organisation=sheet.organisation, after={"answers": len(answers)})
    return sheet


@transaction.atomic
def sign_sheet(sheet: ControlSheet, *, version: int, by: User) -> ControlSheet:
    """Sign what was found; from now on it does not change, and the school is told."""
    sheet = lock(sheet, version)
    require_open(sheet)
    answers = {one.item_id: one.value for one in sheet.answers.all()}
    missing = [item.position + 1 for item in sheet.round.items.order_by("position") if not answers.get(item.pk)]
    if missing:
        raise Refusal(_("Ответьте на все вопросы: не отмечены № %(numbers)s.") % {"numbers": ", ".join(map(str, missing))})
    remarks = [value for value in answers.values() if value in REMARKS]
    if remarks and sheet.remedy_by is None:
        raise Refusal(_("Есть замечания: назовите день, до которого школа их устранит."))
    sheet.state, sheet.signed_by, sheet.signed_at = SheetState.SIGNED, by, timezone.now()
    appointment = getattr(by, "appointment", None)
    sheet.signed_post = appointment.get_role_display() if appointment else ""
    keep(sheet, "state", "signed_by", "signed_at", "signed_post")
    trail.record("monitoring.control_signed", sheet, by=by, organisation=sheet.organisation, after={"remarks": len(remarks)})
    tell_school(sheet, _("Акт контроля подписан: %(title)s"), _("Ознакомьтесь с актом. Замечаний: %(count)s."), len(remarks), by)
    return sheet


@transaction.atomic
def reopen_sheet(sheet: ControlSheet, *, reason: str, by: Any) -> ControlSheet:
    """Take a signature back before the school has acknowledged it; the reason stays in the history."""
    sheet = lock(sheet)
    if not reason.strip():
        raise Refusal(_("Напишите, почему подпись снимается."))
    if sheet.state != SheetState.SIGNED or sheet.round.state != RoundState.OPEN:
        raise Refusal(_("Подпись снять нельзя: школа уже ознакомлена или контроль завершён."))
    sheet.state, sheet.signed_by, sheet.signed_at = SheetState.FILLING, None, None
    keep(sheet, "state", "signed_by", "signed_at")
    trail.record("monitoring.control_reopened", sheet, by=by, reason=reason.strip(), organisation=sheet.organisation)
    return sheet


@transaction.atomic
def acknowledge_sheet(sheet: ControlSheet, *, objection: str, by: Any) -> ControlSheet:
    """The head of the school has read the act, with an objection or without."""
    sheet = lock(sheet)
    if sheet.state != SheetState.SIGNED:
        raise Refusal(_("С этим актом школа уже ознакомлена."))
    sheet.state, sheet.acknowledged_by, sheet.acknowledged_at = SheetState.ACKNOWLEDGED, by, timezone.now()
    sheet.objection = objection.strip()
    keep(sheet, "state", "acknowledged_by", "acknowledged_at", "objection")
    trail.record(
        "monitoring.control_acknowledged", sheet, by=by, organisation=sheet.organisation, after={"objection": sheet.objection}
    )
    return sheet


@transaction.atomic
def report_remedy(sheet: ControlSheet, *, remedy: str, by: Any) -> ControlSheet:
    """The school says what it has mended."""
    sheet = lock(sheet)
    if not remedy.strip():
        raise Refusal(_("Напишите, что сделано по замечаниям."))
    if sheet.state not in (SheetState.ACKNOWLEDGED, SheetState.REMEDIED):
        raise Refusal(_("Сначала ознакомьтесь с актом."))
    sheet.state, sheet.remedy = SheetState.REMEDIED, remedy.strip()
    keep(sheet, "state", "remedy")
    trail.record("monitoring.control_remedied", sheet, by=by, organisation=sheet.organisation, after={"remedy": sheet.remedy})
    return sheet


@transaction.atomic
def settle_sheet(sheet: ControlSheet, *, accepted: bool, words: str, by: Any) -> ControlSheet:
    """The controller takes the remedy as done, or sends it back with words."""
    sheet = lock(sheet)
    if sheet.state != SheetState.REMEDIED:
        raise Refusal(_("Школа ещё не сообщила, что устранила."))
    if not accepted and not words.strip():
        raise Refusal(_("Напишите, что ещё надо сделать."))
    sheet.state = SheetState.SETTLED if accepted else SheetState.ACKNOWLEDGED
    keep(sheet, "state")
    action = "monitoring.control_settled" if accepted else "monitoring.control_sent_back"
    trail.record(action, sheet, by=by, reason=words.strip(), organisation=sheet.organisation)
    subject = _("Замечания сняты: %(title)s") if accepted else _("Замечания не сняты: %(title)s")
    tell_school(sheet, subject, words.strip() or _("Управление приняло то, что вы сделали."), 0, by)
    return sheet


def lock(sheet: ControlSheet, version: int | None = None) -> ControlSheet:
    """The row, locked and fresh; Refusal when it is no longer the one that the person saw."""
    fresh = (
        ControlSheet.objects.select_for_update(of=("self",)).select_related("organisation", "round__organisation").get(pk=sheet.pk)
    )
    if version is not None and fresh.version != version:
        raise Refusal(_("Лист тем временем изменил другой человек. Проверьте его и сохраните ещё раз."))
    return fresh


def require_open(sheet: ControlSheet) -> None:
    """Nothing changes after signing or after the end of the control."""
    if not sheet.is_open:
        raise Refusal(_("Лист подписан и больше не меняется. Чтобы исправить его, сначала снимите подпись."))
    if sheet.round.state != RoundState.OPEN:
        raise Refusal(_("Контроль завершён. Лист больше не меняется."))


def keep(sheet: ControlSheet, *fields: str) -> None:
    """Save the changed columns."""
    sheet.version += 1
    sheet.save(update_fields=[*fields, "version"])


def tell_school(sheet: ControlSheet, subject: str, body: str, count: int, by: Any) -> None:
    """One message to those who answer for the school."""
    send_message(
        people_of([sheet.organisation]).get(sheet.organisation_id, []), kind="monitoring.control",
        subject=subject % {"title": sheet.round.title}, body=body % {"count": count} if "%(count)s" in body else body, by=by,
        url=reverse("monitoring:sheet_detail", kwargs={"pk": sheet.pk}), organisation_id=sheet.round.organisation_id,
    )  # fmt: skip
