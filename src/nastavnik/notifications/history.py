"""The words of messages in the ledgers."""

from django.utils.translation import gettext_lazy as _

from nastavnik.audit import labels
from nastavnik.notifications.enums import MailGroup

labels.register_things("notifications.message", _("отправленные сообщения"))
labels.register(
    {
        "notifications.mail_refused": _("Отказ от писем"),
        "notifications.mail_accepted": _("Письма снова приходят"),
    },
    {"group": _("какие письма")},
)
labels.register_values(dict(MailGroup.choices))
