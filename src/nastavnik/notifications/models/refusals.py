"""A person does not want mail of one group. Inside the system the messages stay readable."""

from django.db import models
from django.utils import timezone

from nastavnik.accounts.models import User
from nastavnik.core.models import RegionalModel
from nastavnik.notifications.enums import MailGroup


class MailRefusal(RegionalModel):
    user = models.ForeignKey(User, models.CASCADE, related_name="mail_refusals")
    group = models.CharField(max_length=12, choices=MailGroup.choices)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="one_refusal_of_a_group")]
