"""Where the paper of one plan stands: its terms, its steps, and the ribbon that says whose turn it is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.enums import Role
from nastavnik.accounts.models import Appointment, User
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.approving import asked_for, goes_further, has_paper, may_endorse, may_lead, may_sign
from nastavnik.roadmap.enums import Stage, StepKind
from nastavnik.roadmap.models import ApprovalStep, ApprovalTerms, Roadmap

HEAD_OF_KIND = {
    OrganisationKind.SCHOOL: Role.SCHOOL_HEAD, OrganisationKind.MUNICIPALITY: Role.MUNICIPAL_HEAD,
    OrganisationKind.REGION: Role.REGIONAL_COORDINATOR,
}  # fmt: skip


def terms_of(organisation: Organisation) -> ApprovalTerms:
    """The terms that hold for an organisation: those of its municipality, or the defaults (unsaved) where nobody changed
    them."""
    owner = organisation.municipality_id or organisation.pk
    found = ApprovalTerms.objects.filter(organisation=owner).first()
    return found or ApprovalTerms(organisation_id=owner, region_id=organisation.region_id or 0)


def last_step(roadmap: Roadmap) -> ApprovalStep | None:
    """What was done with the paper last."""
    return roadmap.steps.order_by("-position").select_related("by").first()


def steps_of(roadmap: Roadmap) -> list[ApprovalStep]:
    """All that was done with the paper, the latest first."""
    return list(roadmap.steps.order_by("-position").select_related("by", "organisation", "scan", "version"))


def people_of_schools(places: Iterable[Organisation]) -> dict[int, list[User]]:
    """Heads and coordinators who are appointed now, by organisation: one query."""
    roles = (Role.SCHOOL_HEAD, Role.SCHOOL_COORDINATOR)
    held = Appointment.objects.in_force(timezone.localdate()).filter(
        organisation__in=[place.pk for place in places], role__in=roles, user__is_active=True
    )
    found: dict[int, list[User]] = defaultdict(list)
    for one in held.select_related("user").order_by("user__sort_key"):
        if one.user not in found[one.organisation_id]:
            found[one.organisation_id].append(one.user)
    return found


@dataclass(frozen=True)
class Station:
    """One station of the paper's way: `state` is done, now or later; `who` acts there, `day` is when it was passed or is due."""

    title: str
    who: str
    state: str
    day: date | None = None
    late: bool = False


@dataclass(frozen=True)
class Ribbon:
    """The way of the paper: its stations, what to do now in words, and what the person who looks may do."""

    stations: list[Station]
    words: str
    comment: str
    signs: bool
    enters: bool
    submits: bool
    endorses: bool
    withdraws: bool

    @property
    def acts(self) -> bool:
        """Is it the turn of the person who looks?"""
        return self.signs or self.enters or self.endorses


def ribbon_of(roadmap: Roadmap, user: Any) -> Ribbon | None:
    """Whose turn it is, who is next and by when; None for a model and in the archive. Three queries."""
    if not has_paper(roadmap):
        return None
    step, terms, head = last_step(roadmap), terms_of(roadmap.organisation), head_of(roadmap.organisation)
    open_, leads = roadmap.stage in (Stage.DRAFT, Stage.RETURNED), may_lead(user, roadmap)
    submitted = step is not None and step.kind == StepKind.SUBMITTED
    return Ribbon(
        stations=stations_of(roadmap, terms, step, head, submitted), words=words_of(roadmap, head, submitted),
        comment=step.comment if step and step.kind in (StepKind.RETURNED, StepKind.SUBMITTED, StepKind.WITHDRAWN) else "",
        signs=open_ and may_sign(user, roadmap), enters=open_ and leads and not may_sign(user, roadmap),
        submits=open_ and leads and not may_sign(user, roadmap) and not submitted,
        endorses=roadmap.stage == Stage.APPROVED and may_endorse(user, roadmap),
        withdraws=leads and may_withdraw(user, roadmap, step),
    )  # fmt: skip


def may_withdraw(user: Any, roadmap: Roadmap, step: ApprovalStep | None) -> bool:
    """A mistaken approval is taken back by who signs here, or by who has entered it; not after anything followed it."""
    if roadmap.stage != Stage.APPROVED or step is None or step.kind != StepKind.APPROVED:
        return False
    return may_sign(user, roadmap) or step.by_id == user.pk


def head_of(organisation: Organisation) -> str:
    """Who signs there: the name of the appointed head, else of the card, else the words of the role."""
    role = HEAD_OF_KIND.get(OrganisationKind(organisation.kind), Role.SCHOOL_HEAD)
    held = Appointment.objects.in_force(timezone.localdate()).filter(organisation=organisation, role=role, user__is_active=True)
    found = held.select_related("user").order_by("starts_on", "pk").first()
    return found.user.short_name if found else organisation.head_name or str(role.label)


def stations_of(roadmap: Roadmap, terms: ApprovalTerms, step: ApprovalStep | None, head: str, submitted: bool) -> list[Station]:
    """Project, approval, and for a school endorsement."""
    stage, today = roadmap.stage, timezone.localdate()
    open_ = stage in (Stage.DRAFT, Stage.RETURNED)
    due = due_of(roadmap, terms)
    late = due is not None and due < today
    project = _("Доработка") if stage == Stage.RETURNED else _("Проект")
    preparing, signing = open_ and not submitted, open_ and submitted
    found = [
        station(project, roadmap.organisation.name, preparing, not preparing, due if preparing else None, late),
        station(_("Утверждение"), head, signing, not open_, due if signing else roadmap.approved_on, late),
    ]
    if goes_further(roadmap):
        endorsed = step.on if step and step.kind == StepKind.ENDORSED else None
        waits = stage == Stage.APPROVED
        department = roadmap.organisation.municipality
        name = department.name if department else ""
        found.append(station(_("Согласование"), name, waits, stage == Stage.ENDORSED, due if waits else endorsed, late))
    return found


def station(title: str, who: str, now: bool, done: bool, day: date | None, late: bool) -> Station:
    """One station; only the present one can be late."""
    return Station(title, who, "now" if now else "done" if done else "later", day, late and now)


def due_of(roadmap: Roadmap, terms: ApprovalTerms) -> date | None:
    """By when the next step is due: its own day, else for a school's project the day that the department has named."""
    if roadmap.stage_due_on or roadmap.stage != Stage.DRAFT or not goes_further(roadmap):
        return roadmap.stage_due_on
    return terms.hand_in_on if asked_for(roadmap, terms.hand_in_on) else None


def words_of(roadmap: Roadmap, head: str, submitted: bool) -> str:
    """Whose turn it is, in one sentence."""
    if roadmap.stage == Stage.ENDORSED:
        return _("Карта согласована и действует. Правки вносятся изменением, с приказом.")
    if roadmap.stage == Stage.APPROVED and goes_further(roadmap):
        return _("Карта утверждена. Слово за управлением образования: согласовать или вернуть.")
    if roadmap.stage == Stage.APPROVED:
        return _("Карта утверждена и действует. Правки вносятся изменением, с приказом.")
    if submitted:
        return _("Карта на подписи у руководителя: %(name)s") % {"name": head}
    if roadmap.stage == Stage.RETURNED:
        return _("Управление образования вернуло карту. Исправьте её и утвердите ещё раз.")
    return _("Карта ещё не утверждена. Проверьте её и отдайте на подпись.")
