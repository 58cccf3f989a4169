"""News from accounts."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from nastavnik.accounts.models import Deputyship, User
from nastavnik.accounts.signals import code_issued, deputy_changed, password_reset_asked
from nastavnik.notifications.actions import send_message


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
