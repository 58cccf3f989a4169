"""News from organisations, and what queued digests say when they go."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from nastavnik.notifications.kinds import refreshed
from nastavnik.organisations.models import Organisation
from nastavnik.organisations.signals import organisation_closed, organisations_opened
from nastavnik.roadmap.actions import digests
from nastavnik.roadmap.actions.fanout import fan_out_to_organisations
from nastavnik.roadmap.enums import OPEN_STATES, AssignmentState
from nastavnik.roadmap.models import Assignment


@receiver(organisations_opened)
def give_new_organisations_their_share(sender: Any, organisations: list[Organisation], by: Any, **kwargs: Any) -> None:
    """Organisations that join later get their assignments of the plans at work."""
    fan_out_to_organisations(organisations, by=by)


@receiver(organisation_closed)
def end_work_of_closed_organisation(sender: Any, organisation: Organisation, by: Any, **kwargs: Any) -> None:
    """Open work of a closed organisation is no longer required; what was done stays as it is."""
    Assignment.objects.filter(organisation=organisation, state__in=OPEN_STATES).update(
        state=AssignmentState.NOT_APPLICABLE, reason=_("Организация закрыта.")
    )


refreshed(digests.KIND)(digests.words_now)
