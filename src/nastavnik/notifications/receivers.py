"""News from accounts."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from nastavnik.accounts.models import User
from nastavnik.accounts.signals import code_issued, password_reset_asked
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
