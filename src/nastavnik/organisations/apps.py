from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "nastavnik.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Register the navigation entry, background work, receivers and the words of the history."""
        from nastavnik.core.navigation import Entry, register_entry  # noqa: PLC0415
        from nastavnik.organisations import history, receivers, tasks  # noqa: F401, PLC0415

        right = "organisations.view_organisations"
        register_entry(Entry(30, _("Школы"), _("Школы"), "school", "organisations:organisation_list", right, ("organisations:",)))
