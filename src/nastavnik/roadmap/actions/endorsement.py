"""The department's steps: a school's approved roadmap is endorsed or returned, one or many at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.accounts.models import User
from nastavnik.audit import trail
from nastavnik.core.errors import Refusal
from nastavnik.notifications.actions import send_message
from nastavnik.roadmap.actions.approval import clear_paper
from nastavnik.roadmap.actions.stages import keep_version, lock_for_step, require_past, stage_changed, take_step
from nastavnik.roadmap.approving import goes_further
from nastavnik.roadmap.enums import Stage, StepKind, VersionKind
from nastavnik.roadmap.models import Roadmap
from nastavnik.roadmap.queries.approval import people_of_schools


@transaction.atomic
def endorse_roadmap(
    roadmap: Roadmap, *, by: Any, number: str = "", on: date | None = None, comment: str = "", seen: str = ""
) -> Roadmap:
    """Endorse a school's approved plan; the school is told. Refused when it is decided already or was changed since it
    was shown (`seen`)."""
    roadmap, today = require_waiting(lock_for_step(roadmap, seen)), timezone.localdate()
    require_past(on)
    version = keep_version(roadmap, VersionKind.ENDORSED, by=by, act_number=number.strip(), act_on=on or today)
    take_step(
        roadmap, StepKind.ENDORSED, by=by, version=version, organisation=roadmap.organisation.municipality,
        number=number.strip(), on=on or today, comment=comment.strip(),
    )  # fmt: skip
    roadmap.stage = Stage.ENDORSED
    stage_changed(roadmap, by=by)
    record(roadmap, "roadmap.endorsed", by=by, reason=comment.strip(), after={"number": number.strip(), "endorsed_on": on or today})
    tell_school(roadmap, "roadmap.endorsed", _("Дорожная карта согласована"), comment, by=by)
    return roadmap


@transaction.atomic
def return_roadmap(roadmap: Roadmap, *, comment: str, by: Any, seen: str = "") -> Roadmap:
    """Give a school's approved plan back to be corrected and approved again; the school is told what is wrong."""
    roadmap = require_waiting(lock_for_step(roadmap, seen))
    if not comment.strip():
        raise Refusal(_("Напишите, что исправить: школа увидит эти слова."))
    take_step(
        roadmap, StepKind.RETURNED, by=by, organisation=roadmap.organisation.municipality, on=timezone.localdate(),
        comment=comment.strip(), version=roadmap.versions.order_by("-number").first(),
    )  # fmt: skip
    clear_paper(roadmap)
    roadmap.stage = Stage.RETURNED
    stage_changed(roadmap, by=by)
    record(roadmap, "roadmap.returned", by=by, reason=comment.strip(), after={})
    tell_school(roadmap, "roadmap.returned", _("Дорожную карту вернули на доработку"), comment, by=by)
    return roadmap


def require_waiting(roadmap: Roadmap) -> Roadmap:
    """One that waits for the department."""
    if roadmap.stage != Stage.APPROVED or not goes_further(roadmap):
        raise Refusal(_("«%(name)s»: карта сейчас не ждёт согласования.") % {"name": roadmap.organisation.name})
    return roadmap


def record(roadmap: Roadmap, action: str, *, by: Any, reason: str, after: dict[str, Any]) -> None:
    """One line in the history of the school."""
    trail.record(
        action, roadmap, by=by, reason=reason, organisation=roadmap.organisation, before={"state": Stage.APPROVED},
        after={"state": roadmap.stage, **{name: value for name, value in after.items() if value}},
    )  # fmt: skip


def tell_school(roadmap: Roadmap, kind: str, subject: str, comment: str, *, by: User) -> None:
    """A message to the school's head and coordinator."""
    people = people_of_schools([roadmap.organisation])[roadmap.organisation_id]
    body = "\n\n".join(part for part in (roadmap.title, comment.strip()) if part)
    url = reverse("roadmap:roadmap_detail", kwargs={"pk": roadmap.pk})
    send_message(
        people, kind=kind, subject=subject, body=body, url=url, by=by, organisation_id=roadmap.organisation.municipality_id
    )


@dataclass(frozen=True)
class Outcome:
    """What became of many: how many were decided, and the sentences of those that were refused."""

    done: int
    refused: list[str]


def endorse_many(
    plans: Sequence[Roadmap], *, seen: Mapping[Any, str], by: Any, number: str = "", on: date | None = None, comment: str = ""
) -> Outcome:
    """Endorse each that is still as it was shown (`seen` by key); the others are left alone and told."""
    return decide_each(
        plans, lambda one: endorse_roadmap(one, by=by, number=number, on=on, comment=comment, seen=seen.get(one.pk, "-"))
    )


def return_many(plans: Sequence[Roadmap], *, seen: Mapping[Any, str], comment: str, by: Any) -> Outcome:
    """Return each that is still as it was shown, all with the same comment."""
    return decide_each(plans, lambda one: return_roadmap(one, comment=comment, by=by, seen=seen.get(one.pk, "-")))


@transaction.atomic
def decide_each(plans: Sequence[Roadmap], decide: Callable[[Roadmap], Any]) -> Outcome:
    """One by one in the order of their keys, so that two people with overlapping lists never wait for each other."""
    refused, done = [], 0
    for one in sorted(plans, key=lambda plan: str(plan.pk)):
        try:
            with transaction.atomic():
                decide(one)
            done += 1
        except Refusal as refusal:
            refused.append(str(refusal))
    return Outcome(done, refused)
