from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "nastavnik.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        """Register the navigation entry, facts, duties and the words of the history."""
        from nastavnik.core.navigation import Entry, register_entry  # noqa: PLC0415
        from nastavnik.monitoring import duties, facts, history  # noqa: F401, PLC0415

        post_migrate.connect(bring_up_the_list, sender=self)
        register_entry(
            Entry(
                60,
                _("Мониторинг"),
                _("Контроль"),
                "checklist",
                "monitoring:legality",
                "monitoring.view_monitoring",
                ("monitoring:",),
            )
        )


def bring_up_the_list(sender: Any, **kwargs: Any) -> None:
    """Each release brings its own list of requirements; what municipalities have written is not touched."""
    from nastavnik.monitoring.actions.requirements import load_built_in  # noqa: PLC0415

    load_built_in()
