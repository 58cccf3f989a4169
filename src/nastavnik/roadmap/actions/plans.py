"""A plan becomes rows: from an accepted draft, from the template of the model, or written by hand."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.core.text import search_form
from nastavnik.jobs.actions import enqueue
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.amendments import Act, begin_amendment, keep_amendment
from nastavnik.roadmap.actions.approval import enter_approval
from nastavnik.roadmap.actions.facts import touch_plan
from nastavnik.roadmap.actions.fanout import fan_out_measure
from nastavnik.roadmap.actions.order import bind_template_order
from nastavnik.roadmap.enums import AssignmentState, Purpose, RoadmapState, Stage
from nastavnik.roadmap.models import Measure, MeasureFact, ResponsibleParty, Roadmap, Section
from nastavnik.roadmap.queries.templates import facts_of_codes
from nastavnik.roadmap.rules import NamedParty
from planreader.model import Deadline, Party, Plan


def plan_digest(plan: Plan, purpose: str = Purpose.WORK) -> str:
    """The same plan in another file format, or re-typed with other spaces, has the same digest; as a model it is another."""
    lines = [
        *([purpose] if purpose != Purpose.WORK else []),
        plan.title,
        *(f"{measure.number}|{measure.text}|{measure.deadline.text}" for measure in plan.measures),
    ]
    return hashlib.sha256(json.dumps([" ".join(line.casefold().split()) for line in lines]).encode()).hexdigest()


def roadmap_of_plan(organisation: Organisation, digest: str) -> Roadmap | None:
    """The active roadmap of the organisation that came from this very plan."""
    return Roadmap.objects.active().filter(organisation=organisation, source_digest=digest).first()


@transaction.atomic
def create_roadmap(
    organisation: Organisation, plan: Plan, *, by: Any, source_name: str = "", template_codes: dict[int, str] | None = None,
    purpose: str = Purpose.WORK, rolled_from: Roadmap | None = None,
) -> Roadmap:  # fmt: skip
    """Store an accepted plan and queue its fan-out; a model is not handed out. Raises Refusal when the organisation already
    has this plan."""
    digest = plan_digest(plan, purpose)
    if plan.measures and roadmap_of_plan(organisation, digest):
        raise Refusal(_("Такая дорожная карта уже принята. Откройте её в списке."))
    roadmap = Roadmap.objects.create(
        region_id=organisation.region_id or 0, organisation=organisation, title=plan.title, created_by=by,
        starts_on=plan.horizon.start if plan.horizon else None, ends_on=plan.horizon.end if plan.horizon else None,
        approved_post=plan.approval.post if plan.approval else "", approved_name=plan.approval.name if plan.approval else "",
        approved_on=plan.approval.date if plan.approval else None, source_name=source_name[:200],
        source_digest=digest if plan.measures else "", stage=stage_of_paper(plan), purpose=purpose, rolled_from=rolled_from,
    )  # fmt: skip
    store_sections(roadmap, plan, template_codes or {})
    if roadmap.stage == Stage.APPROVED:
        enter_approval(roadmap, from_paper=True, by=by)
    trail.record(
        "roadmap.accepted", roadmap, by=by, organisation=organisation,
        after={"title": plan.title, "measures": len(plan.measures), "source": source_name},
    )  # fmt: skip
    touch_plan(organisation.pk, by=by)
    if plan.measures and purpose == Purpose.WORK:
        enqueue("roadmap.fan_out", key=f"fan-out {roadmap.pk}", title=_("Раздача мероприятий"), by=by,
                result_url=reverse("roadmap:board", kwargs={"pk": roadmap.pk}),
                roadmap_id=str(roadmap.pk), user_id=str(by.pk) if by else "")  # fmt: skip
    return roadmap


def stage_of_paper(plan: Plan) -> Stage:
    """A paper with a dated stamp was approved before it came here."""
    return Stage.APPROVED if plan.approval and plan.approval.date else Stage.DRAFT


def store_sections(roadmap: Roadmap, plan: Plan, template_codes: dict[int, str]) -> None:
    """Sections, measures, parties and facts in a few statements, whatever the length of the plan."""
    sections, measures, parties = [], [], []
    for place, section in enumerate(plan.sections):
        row = Section(region_id=roadmap.region_id, roadmap=roadmap, position=place, number=section.number[:20], title=section.title)
        row.deadline = section.deadline
        sections.append(row)
        for measure in section.measures:
            item = new_measure(roadmap, row, len(measures), measure.number, measure.text, measure.deadline, measure.result)
            item.warnings = list(measure.warnings)
            item.template_code = template_codes.get(len(measures), "")
            measures.append(item)
            parties.extend(party_rows(item, measure.parties))
    Section.objects.bulk_create(sections)
    Measure.objects.bulk_create(measures)
    ResponsibleParty.objects.bulk_create(parties)
    facts = facts_of_codes() if template_codes else {}
    MeasureFact.objects.bulk_create(
        MeasureFact(region_id=roadmap.region_id, measure=measure, code=code)
        for measure in measures
        for code in facts.get(measure.template_code, ())
    )
    bind_template_order(roadmap, measures)


def new_measure(
    roadmap: Roadmap, section: Section, position: int, number: str, text: str, deadline: Deadline, result: str | None
) -> Measure:
    """An unsaved measure with its search column filled (bulk_create does not call save)."""
    measure = Measure(
        region_id=roadmap.region_id, roadmap=roadmap, section=section, position=position, number=number[:20], text=text,
        result=result or "", search_text=search_form(number, text),
    )  # fmt: skip
    measure.deadline = deadline
    return measure


def party_rows(measure: Measure, parties: Iterable[Party]) -> list[ResponsibleParty]:
    """Unsaved parties in the order of the paper."""
    return [
        ResponsibleParty(
            region_id=measure.region_id, measure=measure, position=position, text=party.text, role=party.role.value,
            scope=party.scope.value, name=(party.name or "")[:300],
            organisation_id=party.organisation_id if isinstance(party, NamedParty) else None,
        )
        for position, party in enumerate(parties)
    ]  # fmt: skip


@transaction.atomic
def create_empty_roadmap(
    organisation: Organisation, *, title: str, starts_on: date, ends_on: date, by: Any, purpose: str = Purpose.WORK
) -> Roadmap:
    """Begin a plan by hand."""
    if ends_on < starts_on:
        raise Refusal(_("Конец плана раньше начала. Проверьте даты."))
    roadmap = Roadmap.objects.create(
        region_id=organisation.region_id or 0, organisation=organisation, title=title, starts_on=starts_on, ends_on=ends_on,
        created_by=by, purpose=purpose,
    )  # fmt: skip
    trail.record("roadmap.begun", roadmap, by=by, after={"title": title}, organisation=organisation)
    touch_plan(organisation.pk, by=by)
    return roadmap


@transaction.atomic
def add_measure(
    section: Section, *, number: str, text: str, deadline: Deadline, parties: Iterable[Party], result: str = "", by: Any,
    reason: str = "", act: Act | None = None,
) -> Measure:  # fmt: skip
    """Append a measure at the end of the plan and hand it out at once. An approved plan asks for reason and act."""
    roadmap = section.roadmap
    amendment = begin_amendment(roadmap, reason=reason, act=act, by=by)
    last = roadmap.measures.aggregate(last=Max("position"))["last"]
    measure = new_measure(roadmap, section, 0 if last is None else last + 1, number, text, deadline, result)
    measure.save(force_insert=True)
    ResponsibleParty.objects.bulk_create(party_rows(measure, parties))
    if roadmap.purpose == Purpose.WORK:
        fan_out_measure(measure, by=by)
    trail.record(
        "roadmap.measure_added", measure, by=by, organisation=roadmap.organisation, reason=reason,
        after={"number": number, "text": text, "deadline": deadline.text},
    )  # fmt: skip
    keep_amendment(amendment, by=by)
    return measure


@transaction.atomic
def change_measure(
    measure: Measure, *, number: str, text: str, deadline: Deadline, parties: Iterable[Party], result: str, version: int,
    reason: str, by: Any, act: Act | None = None,
) -> Measure:  # fmt: skip
    """Change a measure of a plan at work; open assignments follow. Refused when a colleague changed it meanwhile, and in an
    approved plan without an act."""
    amendment = begin_amendment(measure.roadmap, reason=reason, act=act, by=by)
    measure = Measure.objects.select_for_update(of=("self",)).select_related("roadmap__organisation").get(pk=measure.pk)
    if measure.version != version:
        raise Refusal(_("Мероприятие тем временем изменил другой человек. Проверьте свой текст и сохраните ещё раз."))
    before = {"number": measure.number, "text": measure.text, "deadline": measure.deadline_text, "result": measure.result,
              "parties": [party.text for party in measure.parties.order_by("position")]}  # fmt: skip
    measure.number, measure.text, measure.result, measure.version = number[:20], text, result, version + 1
    measure.deadline = deadline
    measure.save()
    new_parties = list(parties)
    measure.parties.all().delete()
    ResponsibleParty.objects.bulk_create(party_rows(measure, new_parties))
    keep_digest(measure)
    after = {"number": number, "text": text, "deadline": deadline.text, "result": result,
             "parties": [party.text for party in new_parties]}  # fmt: skip
    if measure.roadmap.purpose == Purpose.WORK:
        fan_out_measure(measure, by=by)
    changed = [name for name in before if before[name] != after[name]]
    trail.record(
        "roadmap.measure_changed", measure, by=by, reason=reason, organisation=measure.roadmap.organisation,
        before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
    )  # fmt: skip
    keep_amendment(amendment, by=by)
    return measure


def keep_digest(measure: Measure) -> None:
    """After the parties were written: the digest of a line that is compared with another."""
    if measure.origin_digest:
        measure.digest = measure.present_digest()
        measure.save(update_fields=["digest"])


@transaction.atomic
def remove_measure(measure: Measure, *, reason: str, by: Any, act: Act | None = None) -> None:
    """Take a measure out of the plan. Refused once anybody has worked on it: then it is marked «не требуется» instead.
    A line of a model that was sent stays, crossed out: the copies must learn that it is given up."""
    if not reason:
        raise Refusal(_("Напишите, почему мероприятие убирается."))
    amendment = begin_amendment(measure.roadmap, reason=reason, act=act, by=by)
    worked_on = measure.assignments.exclude(state=AssignmentState.PLANNED) | measure.assignments.filter(evidence__isnull=False)
    if worked_on.exists():
        raise Refusal(_("По этому мероприятию уже есть отметки. Отметьте задания «Не требуется»: история сохранится."))
    trail.record(
        "roadmap.measure_removed", measure, by=by, reason=reason, organisation=measure.roadmap.organisation,
        before={"number": measure.number, "text": measure.text},
    )  # fmt: skip
    if measure.roadmap.purpose == Purpose.MODEL and measure.origin_digest:
        Measure.objects.filter(pk=measure.pk).update(withdrawn_on=timezone.localdate())
    else:
        measure.delete()
    keep_amendment(amendment, by=by)


@transaction.atomic
def archive_roadmap(roadmap: Roadmap, *, reason: str, by: Any) -> None:
    """Put a plan away: its assignments leave the lists of what is due, its history stays readable."""
    if roadmap.state == RoadmapState.ARCHIVED:
        raise Refusal(_("Этот план уже в архиве."))
    roadmap.state = RoadmapState.ARCHIVED
    roadmap.save(update_fields=["state"])
    trail.record("roadmap.archived", roadmap, by=by, reason=reason, organisation=roadmap.organisation)
    touch_plan(roadmap.organisation_id, by=by)
