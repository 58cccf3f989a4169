"""An Invitation asks somebody to take up an appointment. The link holds a random key, the row only its digest."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.enums import Role
from nastavnik.accounts.models.people import Appointment, User
from nastavnik.core.models import RegionalModel
from nastavnik.core.text import search_form, sort_form
from nastavnik.organisations.models import Organisation, branch

# What the mail server said, in words; anything else is about the server itself.
FAILURES = {
    "SMTPRecipientsRefused": _("адрес не принят почтовым сервером, проверьте его"),
    "SMTPDataError": _("письмо не принято почтовым сервером"),
    "SMTPSenderRefused": _("почтовый сервер не принимает писем от нас"),
}


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: Any) -> "InvitationQuerySet":
        """Invitations to the organisations of the user's branch."""
        return self.filter(branch(user, "organisation"))

    def open(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn; the link may have expired."""
        return self.filter(accepted_at=None, revoked_at=None)


class Invitation(RegionalModel):
    class Delivery(models.TextChoices):
        PAPER = "paper", _("На бумаге")
        QUEUED = "queued", _("Ждёт отправки")
        SENT = "sent", _("Отправлено")
        FAILED = "failed", _("Не отправлено")

    class Shown(models.TextChoices):
        """What the list says; everything but the delivery follows from the times."""

        ACCEPTED = "accepted", _("Принято")
        REVOKED = "revoked", _("Отозвано")
        EXPIRED = "expired", _("Срок вышел")
        OPENED = "opened", _("Открыто")
        FAILED = "failed", _("Не отправлено")
        SENT = "sent", _("Отправлено")
        QUEUED = "queued", _("Ждёт отправки")
        PAPER = "paper", _("На бумаге")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    role = models.CharField(_("Должность"), max_length=40, choices=Role.choices)
    surname = models.CharField(_("Фамилия"), max_length=80)
    given_name = models.CharField(_("Имя"), max_length=80)
    patronymic = models.CharField(_("Отчество"), max_length=80, blank=True)
    email = models.EmailField(_("Почта"), blank=True)
    # The inviter's appointment: what it may give is looked at again when the invitation is accepted.
    invited_as = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    delivery = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.PAPER)
    message_id = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivery_error = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    revoked_at = models.DateTimeField(null=True)
    search_text = models.CharField(max_length=320, editable=False)
    sort_key = models.CharField(max_length=200, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "role", "email", "sort_key"],
                condition=Q(accepted_at=None, revoked_at=None), name="one_open_invitation_of_a_kind",
            )
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["organisation", "sort_key", "id"], name="invitations_in_order"),
            models.Index(fields=["message_id"], name="invitation_of_a_message"),
        ]

    def save(self, **kwargs: Any) -> None:
        """Mail is compared in lower case; fill the columns that search and order use."""
        self.email = self.email.strip().casefold()
        self.search_text, self.sort_key = search_form(self.full_name, self.email)[:320], sort_form(self.full_name)
        super().save(**kwargs)

    @property
    def full_name(self) -> str:
        """Surname, given name, patronymic."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)

    @property
    def failure_words(self) -> str:
        """Why the mail did not go."""
        return str(FAILURES.get(self.delivery_error, _("почтовый сервер не отвечает"))) if self.delivery_error else ""

    def is_usable(self, now: datetime) -> bool:
        """May it be accepted now?"""
        return self.accepted_at is None and self.revoked_at is None and now < self.expires_at

    @property
    def shown(self) -> str:
        """Its state in one word."""
        if self.accepted_at:
            return self.Shown.ACCEPTED
        if self.revoked_at:
            return self.Shown.REVOKED
        if timezone.now() >= self.expires_at:
            return self.Shown.EXPIRED
        return self.Shown.OPENED if self.opened_at else self.Shown(self.delivery)
