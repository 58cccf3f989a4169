from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "nastavnik.desk"
    label = "desk"

    def ready(self) -> None:
        """Register the navigation entry."""
        from nastavnik.core.access import SIGNED_IN  # noqa: PLC0415
        from nastavnik.core.navigation import Entry, register_entry  # noqa: PLC0415

        register_entry(Entry(10, _("Сегодня"), _("Сегодня"), "sun", "desk:today", SIGNED_IN, ("desk:today",)))
