"""News from organisations and accounts, and what queued digests say when they go."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from nastavnik.accounts.models import Appointment
from nastavnik.accounts.signals import appointments_changed
from nastavnik.notifications.kinds import refreshed
from nastavnik.organisations.models import Organisation, SchoolListApproval
from nastavnik.organisations.signals import organisation_closed, organisations_opened, school_list_approved
from nastavnik.roadmap.actions import digests
from nastavnik.roadmap.actions.facts import touch_coordinators, touch_facts, watch_organisations
from nastavnik.roadmap.actions.fanout import fan_out_to_organisations
from nastavnik.roadmap.actions.publishing import queue_copies
from nastavnik.roadmap.enums import OPEN_STATES, AssignmentState
from nastavnik.roadmap.facts import all_facts
from nastavnik.roadmap.models import Assignment


@receiver(organisations_opened)
def give_new_organisations_their_share(sender: Any, organisations: list[Organisation], by: Any, **kwargs: Any) -> None:
    """Organisations that join later get their assignments of the plans at work and copies of the published models, and those
    above count them."""
    watch_organisations(organisations)
    fan_out_to_organisations(organisations, by=by)
    queue_copies(organisations, by=by)
    touch_about_organisations({one.pk for one in organisations}, by=by)


@receiver(organisation_closed)
def end_work_of_closed_organisation(sender: Any, organisation: Organisation, by: Any, **kwargs: Any) -> None:
    """Open work of a closed organisation is no longer required; what was done stays as it is."""
    Assignment.objects.filter(organisation=organisation, state__in=OPEN_STATES).update(
        state=AssignmentState.NOT_APPLICABLE, reason=_("Организация закрыта.")
    )
    touch_about_organisations({organisation.pk}, by=by)


@receiver(appointments_changed)
def ask_for_coordinators(sender: Any, appointments: list[Appointment], by: Any, **kwargs: Any) -> None:
    """Somebody was appointed or leaves."""
    touch_coordinators({one.organisation_id for one in appointments}, by=by)


@receiver(school_list_approved)
def ask_for_school_list(sender: Any, approval: SchoolListApproval, schools: set[int], by: Any, **kwargs: Any) -> None:
    """A list of schools was approved: for the municipality, its region and every school."""
    places = Organisation.objects.filter(municipality_id=approval.municipality_id).values_list("pk", flat=True)
    touch_facts("school_list_approved", {*places, *schools}, by=by)


def touch_about_organisations(ids: set[int], *, by: Any) -> None:
    """All facts that count organisations."""
    for fact in all_facts():
        if not fact.of_measure:
            touch_facts(fact.code, ids, by=by)


refreshed(digests.KIND)(digests.words_now)
