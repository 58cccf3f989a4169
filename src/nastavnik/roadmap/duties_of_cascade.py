"""What waits for a person about model roadmaps: a copy to adapt, proposals to decide, changes that were not sent."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nastavnik.core.duties import Duty, register_duties
from nastavnik.organisations.enums import OrganisationKind
from nastavnik.roadmap.actions.reminders import shortened
from nastavnik.roadmap.enums import ProposalState, Purpose, Stage
from nastavnik.roadmap.models import Roadmap
from nastavnik.roadmap.queries.editions import unsent_changes

MOST_PLANS = 3


@register_duties
def duties_of_models(user: Any, today: date) -> Iterator[Duty]:
    """Copies of model roadmaps that are still drafts, what their owner proposes to change, and own models that were changed
    and not sent: one query, and three per published model."""
    if not user.may("roadmap.lead_roadmap"):
        return
    waiting, published = Q(proposals__state=ProposalState.OPEN), Q(purpose=Purpose.MODEL, published_at__isnull=False)
    rows = Roadmap.objects.led_by(user).active().filter(Q(model__isnull=False) | published).exclude(ends_on__lt=today)
    rows = rows.annotate(waiting=Count("proposals", filter=waiting), since=Min("proposals__made_at", filter=waiting))
    for plan in rows.select_related("model__organisation", "organisation").order_by("-created_at", "-pk")[:MOST_PLANS]:
        if plan.model is None:
            yield from duty_to_send(plan, user)
            continue
        if plan.stage == Stage.DRAFT:
            yield duty_to_adapt(plan)
        if plan.waiting:
            yield duty_to_decide(plan)


def duty_to_adapt(copy: Any) -> Duty:
    """A copy that nobody has signed yet."""
    return Duty(
        title=_("Пришла типовая карта: приспособьте и отдайте на подпись"), reason=shortened(copy.title), action=_("Открыть карту"),
        url=reverse("roadmap:roadmap_detail", kwargs={"pk": copy.pk}), icon="file-text", rank=30, due_on=copy.stage_due_on,
        waiting_since=timezone.localdate(copy.created_at),
    )  # fmt: skip


def duty_to_decide(copy: Any) -> Duty:
    """Proposals to a copy."""
    of_region = copy.model.organisation.kind == OrganisationKind.REGION
    words = _("Предложения региона: %(count)s") if of_region else _("Предложения управления: %(count)s")
    return Duty(
        title=words % {"count": copy.waiting},
        reason=_("%(name)s меняет типовую карту") % {"name": copy.model.organisation.name}, action=_("Решить"),
        url=reverse("roadmap:differences", kwargs={"pk": copy.pk}), icon="message", rank=35,
        waiting_since=timezone.localdate(copy.since),
    )  # fmt: skip


def duty_to_send(model: Any, user: Any) -> Iterator[Duty]:
    """A published model that was changed since."""
    changes = unsent_changes(model) if user.may("roadmap.publish_model") else []
    if changes:
        yield Duty(
            title=_("Типовая карта изменена, но не разослана: строк %(count)s") % {"count": len(changes)},
            reason=shortened(model.title), action=_("Разослать изменения"),
            url=reverse("roadmap:changes_form", kwargs={"pk": model.pk}), icon="send", rank=55,
        )  # fmt: skip
