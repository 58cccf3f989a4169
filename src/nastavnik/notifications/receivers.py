"""News from accounts."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nastavnik.accounts.models import Deputyship, Invitation, SupportVisit, User
from nastavnik.accounts.signals import (
    code_issued,
    deputy_changed,
    factor_changed,
    invitation_issued,
    password_reset_asked,
    support_begun,
)
from nastavnik.notifications.actions import send_letter, send_message


@receiver(password_reset_asked)
def mail_reset_link(sender: Any, user: User, path: str, **kwargs: Any) -> None:
    """The link goes by mail only: it never stands in the inbox, where a colleague at an open screen could use it."""
    send_message(
        [user], kind="accounts.reset", subject=_("Новый пароль в системе «Наставник»"), url=path, by_mail_only=True,
        body=_("Чтобы задать новый пароль, откройте ссылку в течение двух часов. Если вы этого не просили, ничего не делайте."),
    )  # fmt: skip


@receiver(code_issued)
def tell_about_code(sender: Any, user: User, by: User, **kwargs: Any) -> None:
    """Whoever gets a code should know that it exists."""
    send_message(
        [user], kind="accounts.code", subject=_("Для вас напечатан одноразовый код"), by=by,
        body=_("Код для входа выдал сотрудник: %(name)s. Если вы его не просили, сообщите руководителю.") % {"name": by.short_name},
    )  # fmt: skip


@receiver(deputy_changed)
def tell_about_deputy(sender: Any, deputyship: Deputyship, by: User | None, ended: bool, **kwargs: Any) -> None:
    """Both should know from when to when, whoever of them did not do it."""
    appointment = deputyship.appointment
    words = {
        "who": appointment.user.short_name, "deputy": deputyship.deputy.short_name, "role": appointment.get_role_display(),
        "place": appointment.organisation.name, "first": f"{deputyship.starts_on:%d.%m.%Y}",
        "last": f"{deputyship.ends_on:%d.%m.%Y}",
    }  # fmt: skip
    body = _("%(deputy)s замещает: %(who)s (%(role)s, %(place)s), с %(first)s по %(last)s.")
    if ended:
        body = _("Замещение завершено: %(deputy)s больше не замещает: %(who)s (%(role)s, %(place)s).")
    people = [person for person in (deputyship.deputy, appointment.user) if by is None or person.pk != by.pk]
    send_message(
        people, kind="accounts.deputy", subject=_("Замещение завершено") if ended else _("Назначено замещение"),
        body=body % words, url=reverse("accounts:profile"), by=by,
    )  # fmt: skip


@receiver(factor_changed)
def tell_about_factor(sender: Any, user: User, by: User, what: str, reason: str, **kwargs: Any) -> None:
    """A change of the log-in that the person did not make must not go unseen."""
    words = {
        "on": _("Второй фактор включён: при входе нужен код из приложения. Если это были не вы, сообщите руководителю."),
        "off": _("Второй фактор выключен. Если это были не вы, сообщите руководителю."),
        "reset": _("Второй фактор снял сотрудник: %(name)s. Причина: %(reason)s. Если вы этого не просили, сообщите руководителю."),
    }
    body = words[what] % {"name": by.short_name, "reason": reason} if what == "reset" else words[what]
    subject = {"on": _("Второй фактор включён"), "off": _("Второй фактор выключен"), "reset": _("Второй фактор снят")}[what]
    send_message([user], kind="accounts.factor", subject=subject, body=body, url=reverse("accounts:factor"), by=by)


@receiver(support_begun)
def tell_about_support(sender: Any, visit: SupportVisit, **kwargs: Any) -> None:
    """Whoever is helped knows by whom, why and until when."""
    words = {
        "name": visit.supporter.short_name, "role": visit.appointment.get_role_display(), "reason": visit.reason,
        "time": date_format(timezone.localtime(visit.ends_at), "G:i"),
    }  # fmt: skip
    send_message(
        [visit.person], kind="accounts.support", subject=_("Кто-то работает от вашего имени"), by=visit.supporter,
        body=_("%(name)s, %(role)s, до %(time)s. Причина: %(reason)s. Что было сделано, видно по ссылке.") % words,
        url=reverse("accounts:support_visit", args=[visit.pk]),
    )  # fmt: skip


@receiver(invitation_issued)
def mail_invitation(sender: Any, invitation: Invitation, path: str, by: User, **kwargs: Any) -> Any:
    """The link goes by mail only; returns the id of the letter, None when there is no mail server."""
    words = {
        "name": by.full_name, "place": invitation.organisation.name, "role": invitation.get_role_display(),
        "day": date_format(timezone.localtime(invitation.expires_at), "j E, G:i"),
    }  # fmt: skip
    letter = send_letter(
        invitation.email, region_id=invitation.region_id, kind="accounts.invitation", by=by,
        organisation_id=invitation.organisation_id, url=path, subject=_("Приглашение в систему «Наставник»"),
        body=_("%(name)s приглашает вас: %(role)s, %(place)s. Откройте ссылку и задайте пароль до %(day)s.") % words,
    )  # fmt: skip
    return letter.pk if letter else None
