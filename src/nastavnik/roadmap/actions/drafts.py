"""A plan that was read: kept, corrected, accepted or discarded. Until acceptance there is no roadmap."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.plans import create_roadmap, plan_digest, roadmap_of_plan
from nastavnik.roadmap.enums import DraftState, Purpose
from nastavnik.roadmap.models import PlanDraft, Roadmap
from nastavnik.roadmap.queries.drafts import DraftReading
from nastavnik.roadmap.queries.templates import codes_of
from planreader.model import Deadline, Party, Plan


class PlanAlreadyAcceptedError(Refusal):
    """The same plan is at work: `roadmap`."""

    def __init__(self, roadmap: Roadmap) -> None:
        super().__init__(_("Такая дорожная карта уже принята. Откройте её в списке."))
        self.roadmap = roadmap


@transaction.atomic
def open_draft(
    organisation: Organisation, plan: Plan, *, source_name: str, by: Any, from_template: bool = False, purpose: str = Purpose.WORK
) -> PlanDraft:
    """Keep a plan that was read for its preview. The same plan again gives the draft that is open, with its corrections;
    one that is at work already is refused with `PlanAlreadyAcceptedError`."""
    digest = plan_digest(plan, purpose)
    at_work = roadmap_of_plan(organisation, digest)
    if at_work is not None:
        raise PlanAlreadyAcceptedError(at_work)
    same = PlanDraft.objects.filter(organisation=organisation, source_digest=digest, state=DraftState.OPEN).first()
    if same is not None:
        return same
    draft = PlanDraft.objects.create(
        region_id=organisation.region_id or 0, organisation=organisation, source_name=source_name[:200], source_digest=digest,
        plan=plan.to_json(), created_by=by, from_template=from_template, purpose=purpose,
    )  # fmt: skip
    trail.record(
        "roadmap.draft_opened", draft, by=by, organisation=organisation, after={"title": plan.title, "measures": len(plan.measures)}
    )
    return draft


@transaction.atomic
def correct_measure(
    draft: PlanDraft, index: int, *, number: str, text: str, result: str, deadline: Deadline, parties: tuple[Party, ...], by: Any,
    version: int,
) -> PlanDraft:  # fmt: skip
    """Keep what a person understood of one line."""
    values = {
        "number": number, "text": text, "result": result or None, "deadline": deadline.to_json(), "confirmed": True,
        "parties": [party.to_json() for party in parties],
    }  # fmt: skip
    return amend(draft, str(index), values, by=by, version=version)


@transaction.atomic
def decide_line(draft: PlanDraft, index: int, decision: str, *, by: Any) -> PlanDraft:
    """`undated`: accept without a date; `confirm`: right as it stands; `out` and `back`: leave out, take back."""
    values = {
        "undated": {"left_undated": True}, "confirm": {"confirmed": True}, "out": {"left_out": True}, "back": {"left_out": False},
    }[decision]  # fmt: skip
    return amend(draft, str(index), values, by=by)


@transaction.atomic
def leave_all_undated(draft: PlanDraft, *, by: Any) -> PlanDraft:
    """Every line that stops acceptance waits without a date."""
    for line in DraftReading(draft).lines:
        if line.blocks:
            draft = amend(draft, str(line.index), {"left_undated": True}, by=by)
    return draft


@transaction.atomic
def change_heading(draft: PlanDraft, *, by: Any, **values: Any) -> PlanDraft:
    """Title, period and stamp."""
    return amend(draft, "heading", values, by=by)


def amend(draft: PlanDraft, key: str, values: dict[str, Any], *, by: Any, version: int | None = None) -> PlanDraft:
    """Add to the corrections of an open draft; refused when somebody else has changed it since it was shown."""
    fresh = PlanDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if fresh.state != DraftState.OPEN:
        raise Refusal(_("Этот план уже принят или отменён."))
    if version is not None and fresh.version != version:
        raise Refusal(_("План тем временем правили в другом окне. Проверьте свою правку и сохраните ещё раз."))
    fresh.corrections = {**fresh.corrections, key: {**fresh.corrections.get(key, {}), **values}}
    fresh.version += 1
    fresh.save(update_fields=["corrections", "version"])
    trail.record("roadmap.draft_corrected", fresh, by=by, after={"line": key}, organisation=fresh.organisation)
    return fresh


@transaction.atomic
def accept_draft(draft: PlanDraft, *, by: Any) -> Roadmap:
    """The draft becomes a roadmap, once; a second click gets the same roadmap."""
    fresh = PlanDraft.objects.select_for_update(of=("self",)).select_related("organisation", "roadmap").get(pk=draft.pk)
    if fresh.state == DraftState.ACCEPTED and fresh.roadmap:
        return fresh.roadmap
    if fresh.state != DraftState.OPEN:
        raise Refusal(_("Этот план отменён. Загрузите файл ещё раз."))
    reading = DraftReading(fresh)
    if reading.blocking:
        raise Refusal(_("Уточните сроки, которые не распознаны, или оставьте их без даты."))
    if not reading.taken:
        raise Refusal(_("В плане не осталось мероприятий. Верните хотя бы одно."))
    codes = codes_of([line.printed.text for line in reading.taken]) if fresh.from_template else {}
    fresh.roadmap = create_roadmap(
        fresh.organisation, reading.plan(), by=by, source_name=fresh.source_name, template_codes=codes, purpose=fresh.purpose
    )
    fresh.state = DraftState.ACCEPTED
    fresh.save(update_fields=["state", "roadmap"])
    return fresh.roadmap


@transaction.atomic
def discard_draft(draft: PlanDraft, *, by: Any) -> None:
    """Put the draft away; nothing was created."""
    if PlanDraft.objects.filter(pk=draft.pk, state=DraftState.OPEN).update(state=DraftState.DISCARDED):
        trail.record("roadmap.draft_discarded", draft, by=by, organisation=draft.organisation)
