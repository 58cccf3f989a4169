"""Reminders in mid-course: a ladder of the municipality's own, this morning's digests, a head on leave, a refusal of mail."""

from datetime import timedelta

from django.utils import timezone

from nastavnik.accounts.actions.deputies import name_deputy
from nastavnik.accounts.models import User
from nastavnik.config.demo import places
from nastavnik.notifications.actions import refuse_mail
from nastavnik.notifications.enums import MailGroup
from nastavnik.organisations.models import Organisation
from nastavnik.roadmap.actions.digests import send_digests
from nastavnik.roadmap.actions.ladders import set_ladder
from nastavnik.roadmap.enums import Audience
from nastavnik.roadmap.ladders import Ladder, Step

COORDINATOR = frozenset({Audience.COORDINATOR})
WITH_HEAD = frozenset({Audience.COORDINATOR, Audience.HEAD})


def remind(municipality: Organisation, leader: User) -> None:
    """All of it, through the actions."""
    steps = (Step(-14, COORDINATOR), Step(-5, COORDINATOR), Step(-1, COORDINATOR), Step(1, WITH_HEAD), Step(5, frozenset(Audience)))
    set_ladder(municipality, Ladder(steps, repeat_every=3, working_days=True), by=leader)
    school = places.SCHOOLS[0]
    head, deputy = (User.objects.get(username=one.username) for one in (school.head, places.DEPUTY))
    today = timezone.localdate()
    name_deputy(
        head.appointments.get(), deputy=deputy, starts_on=today - timedelta(days=4), ends_on=today + timedelta(days=9),
        reason="vacation", by=head,
    )  # fmt: skip
    refusing = User.objects.get(username="kurator2")
    refuse_mail(refusing, MailGroup.DIGEST, by=refusing)
    send_digests(today)
