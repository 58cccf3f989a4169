"""A User is an account of staff (children have none). What it may do follows from its Appointment: a role in an
organisation from a day to a day. A person may hold several; one is «present» and is switched in the header."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from nastavnik.accounts.enums import Role
from nastavnik.accounts.rights import NEVER_WHILE_SUPPORTING, carries
from nastavnik.core.models import RegionalModel
from nastavnik.core.text import search_form, sort_form
from nastavnik.organisations.models import Organisation, branch


class UserManager(BaseUserManager["User"]):
    def visible_to(self, user: Any) -> models.QuerySet["User"]:
        """Accounts with an appointment, present or past, in the user's branch, and the user's own."""
        appointed = Appointment.objects.filter(branch(user, "organisation"), user=models.OuterRef("pk"))
        return self.filter(Q(models.Exists(appointed)) | Q(pk=user.pk))


class User(AbstractBaseUser, RegionalModel):
    username = models.CharField(_("Имя для входа"), max_length=60)
    email = models.EmailField(_("Почта"), blank=True)
    surname = models.CharField(_("Фамилия"), max_length=80)
    given_name = models.CharField(_("Имя"), max_length=80)
    patronymic = models.CharField(_("Отчество"), max_length=80, blank=True)
    phone = models.CharField(_("Телефон"), max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    session_number = models.PositiveIntegerField(default=0)
    news_seen = models.PositiveIntegerField(default=0)  # the newest entry of «Что нового» that the person has put away
    created_at = models.DateTimeField(default=timezone.now)
    search_text = models.CharField(max_length=320, editable=False)
    sort_key = models.CharField(max_length=200, editable=False)

    # Filled for the user of a request: see `accounts.live_sessions`.
    has_factor: bool | None = None
    supported_by: "User | None" = None

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region_id", "username"], name="one_username_in_a_region"),
            models.UniqueConstraint(fields=["region_id", "email"], condition=~Q(email=""), name="one_email_in_a_region"),
        ]
        indexes = [models.Index(fields=["username"], name="user_username"), models.Index(fields=["email"], name="user_email")]

    def __str__(self) -> str:
        return self.full_name

    def save(self, **kwargs: Any) -> None:
        """Log-in names are compared in lower case; fill the columns that search and order use."""
        self.username, self.email = self.username.strip().casefold(), self.email.strip().casefold()
        self.search_text = search_form(self.full_name, self.username, self.email)[:320]
        self.sort_key = sort_form(self.full_name)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text", "sort_key"}
        super().save(**kwargs)

    @property
    def full_name(self) -> str:
        """Surname, given name, patronymic."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)

    @property
    def short_name(self) -> str:
        """«Орлова А. П.»."""
        initials = " ".join(f"{part[0]}." for part in (self.given_name, self.patronymic) if part)
        return f"{self.surname} {initials}".strip()

    @property
    def initials(self) -> str:
        """Two letters for the header."""
        return (self.given_name[:1] + self.surname[:1]).upper()

    @property
    def appointment(self) -> "Appointment | None":
        """The present appointment: chosen in the header, else the first one in force."""
        if "_appointment" not in self.__dict__:
            self._appointment = self.appointments_in_force(timezone.localdate()).first()
        return self._appointment

    @appointment.setter
    def appointment(self, value: "Appointment | None") -> None:
        self._appointment = value

    def appointments_in_force(self, on: date) -> models.QuerySet["Appointment"]:
        """Appointments of that day with their organisations, in a steady order."""
        return self.appointments.in_force(on).select_related("organisation").order_by("starts_on", "pk")

    def carried(self, on: date, *, annotated: "Callable[[Any], Any]" = lambda rows: rows) -> "list[Appointment]":
        """Appointments of that day and, after them, those that the person carries as a deputy: one query, which `annotated` may
        ask for more."""
        rows = Appointment.objects.in_force(on).filter(
            Q(user_id=self.pk) | Q(deputyships__deputy_id=self.pk, deputyships__ended_at=None, deputyships__starts_on__lte=on,
                                   deputyships__ends_on__gte=on)
        )  # fmt: skip
        rows = annotated(rows.select_related("organisation", "user").order_by("starts_on", "pk").distinct())
        found = list(rows)
        own = [one for one in found if one.user_id == self.pk]
        places = {one.organisation_id for one in own}
        acted = [one for one in found if one.user_id != self.pk and one.organisation_id in places]
        for one in acted:
            one.acting_for = one.user
        return [*own, *acted]

    def standing(self, on: date) -> models.QuerySet["Appointment"]:
        """Appointments that have not ended by that day, those to come included, with their organisations."""
        open_ended = Q(ends_on=None) | Q(ends_on__gte=on)
        return self.appointments.filter(open_ended).select_related("organisation").order_by("starts_on", "pk")

    def may(self, right: str) -> bool:
        """True when the present appointment carries the right. Somebody who helps out in the account gets only what is safe."""
        if self.supported_by is not None and right in NEVER_WHILE_SUPPORTING:
            return False
        return self.appointment is not None and carries(self.appointment.role, right)

    def get_session_auth_hash(self) -> str:
        """Ends all sessions when the password changes or `session_number` is raised."""
        value = f"{self.password}:{self.session_number}:{self.is_active}"
        return salted_hmac("nastavnik.accounts.session", value, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Any:
        """No fallback keys: the hash above is the only one."""
        return iter(())


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, user: Any) -> "AppointmentQuerySet":
        """Appointments in the organisations of the user's branch, and the user's own."""
        return self.filter(branch(user, "organisation") | Q(user_id=user.pk))

    def in_force(self, on: date) -> "AppointmentQuerySet":
        """Begun and not ended on that day, in an organisation that is open."""
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=on),
            Q(organisation__closed_on=None) | Q(organisation__closed_on__gt=on),
            starts_on__lte=on,
        )


class Appointment(RegionalModel):
    """`acting_for` is set on an appointment that somebody carries as a deputy: the person who is away."""

    acting_for: User | None = None

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="appointments")
    role = models.CharField(_("Роль"), max_length=40, choices=Role.choices)
    starts_on = models.DateField(_("С какого дня"))
    ends_on = models.DateField(_("По какой день"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="appointment_ends_after_start"),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], condition=Q(ends_on=None), name="one_open_appointment_of_a_kind"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "role"], name="appointment_of_organisation")]


class OneTimeCode(RegionalModel):
    """A code that a superior prints for a colleague who cannot log in: valid once, for three days, stored as a hash.
    A code that was used or replaced by a newer one has `used_at`."""

    user = models.ForeignKey(User, models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user"], condition=Q(used_at=None), name="one_live_code_of_an_account")]


class AttemptCount(RegionalModel):
    """How often something was tried in a window of time (throttling), counted by one atomic statement."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="one_count_per_window")]
