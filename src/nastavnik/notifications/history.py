"""The words of messages in the ledgers."""

from django.utils.translation import gettext_lazy as _

from nastavnik.audit import labels

labels.register_things("notifications.message", _("отправленные сообщения"))
