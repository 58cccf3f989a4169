"""News from accounts."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _

from nastavnik.accounts.models import User
from nastavnik.accounts.signals import code_issued, password_reset_asked
from nastavnik.jobs.actions import enqueue
from nastavnik.notifications.actions import send_message
from nastavnik.notifications.models import Message


@receiver(password_reset_asked)
def mail_reset_link(sender: Any, user: User, path: str, **kwargs: Any) -> None:
    """The link goes by mail only: it never stands in the inbox, where a colleague at an open screen could use it."""
    if not settings.EMAIL_HOST:
        return
    with transaction.atomic():
        Message.objects.create(
            region_id=user.region_id, recipient=user, kind="accounts.reset", subject=_("Новый пароль в системе «Наставник»"),
            body=_("Чтобы задать новый пароль, откройте ссылку в течение двух часов. Если вы этого не просили, ничего не делайте."),
            url=path, mail_state=Message.MailState.QUEUED, by_mail_only=True,
        )  # fmt: skip
        enqueue("notifications.deliver", key="deliver mail")


@receiver(code_issued)
def tell_about_code(sender: Any, user: User, by: User, **kwargs: Any) -> None:
    """Whoever gets a code should know that it exists."""
    send_message(
        [user], kind="accounts.code", subject=_("Для вас напечатан одноразовый код"), by=by,
        body=_("Код для входа выдал сотрудник: %(name)s. Если вы его не просили, сообщите руководителю.") % {"name": by.short_name},
    )  # fmt: skip
