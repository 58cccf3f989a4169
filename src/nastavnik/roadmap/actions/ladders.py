"""Compose the ladder of reminders of a municipality, or go back to the one that everybody has."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.enums import Audience
from nastavnik.roadmap.ladders import FARTHEST, LONGEST_PAUSE, MOST_STEPS, Ladder, Step
from nastavnik.roadmap.models import ReminderLadder, ReminderStep
from nastavnik.roadmap.words import offset_words


@transaction.atomic
def set_ladder(place: Organisation, ladder: Ladder, *, by: Any) -> None:
    """Put this ladder in the place of the present one. `ladder.version` is the one that the person has seen (0 for the
    shipped one): of two people at once the second is told. Nothing is written when nothing differs."""
    refuse_ladder(ladder)
    Organisation.objects.select_for_update().get(pk=place.pk)
    row = ReminderLadder.objects.filter(organisation=place).prefetch_related("steps").first()
    if (row.version if row else 0) != ladder.version:
        raise Refusal(_("Лестницу напоминаний уже изменили. Откройте страницу ещё раз."))
    before = row.as_ladder() if row else None
    if before == ladder:
        return
    row = row or ReminderLadder(organisation=place, region_id=place.region_id or 0, version=0)
    row.is_on, row.working_days, row.repeat_every = ladder.is_on, ladder.working_days, ladder.repeat_every
    row.version += 1
    row.save()
    row.steps.all().delete()
    ReminderStep.objects.bulk_create(step_row(row, step) for step in ladder.steps)
    trail.record(
        "roadmap.ladder_changed", row, by=by, organisation=place, before=told(before) if before else {}, after=told(ladder)
    )


@transaction.atomic
def reset_ladder(place: Organisation, *, by: Any) -> None:
    """Follow the shipped ladder again."""
    row = ReminderLadder.objects.filter(organisation=place).prefetch_related("steps").first()
    if row is None:
        raise Refusal(_("Здесь уже действует общая лестница."))
    trail.record("roadmap.ladder_reset", row, by=by, organisation=place, before=told(row.as_ladder()))
    row.delete()


def step_row(row: ReminderLadder, step: Step) -> ReminderStep:
    """An unsaved step."""
    to = {f"to_{one.value}": one in step.to for one in Audience}
    return ReminderStep(region_id=row.region_id, ladder=row, offset=step.offset, **to)


def refuse_ladder(ladder: Ladder) -> None:
    """Raise Refusal, in one sentence, for a ladder that cannot be."""
    offsets = [step.offset for step in ladder.steps]
    twice = next((one for one in offsets if offsets.count(one) > 1), None)
    if twice is not None:
        raise Refusal(_("Два шага на один день: %(day)s. Уберите один из них.") % {"day": offset_words(twice)})
    mute = next((step for step in ladder.steps if not step.to), None)
    if mute is not None:
        raise Refusal(_("Шаг «%(day)s» никому не адресован. Отметьте, кому писать.") % {"day": offset_words(mute.offset)})
    if any(abs(one) > FARTHEST for one in offsets):
        raise Refusal(_("Шаг не может отстоять от срока больше чем на %(days)s дней.") % {"days": FARTHEST})
    if len(offsets) > MOST_STEPS:
        raise Refusal(_("Шагов больше %(most)s. Уберите лишние, иначе письма перестанут читать.") % {"most": MOST_STEPS})
    if not 0 <= ladder.repeat_every <= LONGEST_PAUSE:
        raise Refusal(_("Повторять можно не реже, чем раз в %(days)s дней; 0 – не повторять.") % {"days": LONGEST_PAUSE})
    if ladder.is_on and not offsets:
        raise Refusal(_("В лестнице нет ни одного шага. Добавьте шаг или выключите сводку."))
    early = [step for step in ladder.steps if step.offset <= 0 and step.to == {Audience.DEPARTMENT}]
    if early:
        raise Refusal(_("До срока управлению писать не о чем: отметьте куратора или руководителя (%(day)s).")
                      % {"day": offset_words(early[0].offset)})  # fmt: skip


def told(ladder: Ladder) -> dict[str, Any]:
    """What the history keeps of a ladder."""
    steps = [f"{offset_words(one.offset)}: {', '.join(str(to.label) for to in Audience if to in one.to)}" for one in ladder.steps]
    return {
        "steps": steps, "repeat_every": ladder.repeat_every, "working_days": ladder.working_days, "is_on": ladder.is_on,
    }  # fmt: skip
