"""The outbox. A Message is a row first: readable in the system at once, sent by mail after commit when there is an
address and a mail server, tried again when the server does not answer. Without a server nothing fails."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.models import User
from nastavnik.core.models import RegionalModel


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: Any) -> "MessageQuerySet":
        """Only one's own, without what was meant for the mailbox alone."""
        return self.filter(recipient_id=user.pk, by_mail_only=False)

    def sent_from(self, user: Any) -> "MessageQuerySet":
        """What the user's present organisation has sent."""
        if user.appointment is None:
            return self.none()
        return self.filter(organisation_id=user.appointment.organisation_id, by_mail_only=False)


class Message(RegionalModel):
    class MailState(models.TextChoices):
        NONE = "none", _("Только в системе")
        QUEUED = "queued", _("Ждёт отправки")
        SENT = "sent", _("Отправлено")
        FAILED = "failed", _("Не отправлено")
        REFUSED = "refused", _("Отказ от писем")
        OUTDATED = "outdated", _("Не понадобилось")

    # Empty for a letter to somebody who has no account yet: it goes to `mail_address` alone.
    recipient = models.ForeignKey(User, models.CASCADE, related_name="inbox", null=True)
    mail_address = models.EmailField(blank=True)
    sender = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    organisation_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mail_state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.NONE)
    by_mail_only = models.BooleanField(default=False)
    mail_due_at = models.DateTimeField(default=timezone.now)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="inbox_order"),
            models.Index(fields=["mail_state", "mail_due_at"], name="outbox_queue"),
            models.Index(fields=["organisation_id", "-created_at", "-id"], name="outbox_of_organisation"),
        ]
