from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "nastavnik.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register the navigation entry, returning work and the words of the history."""
        from nastavnik.accounts import duties, history, receivers, tasks  # noqa: F401, PLC0415
        from nastavnik.core.navigation import Entry, register_entry  # noqa: PLC0415

        staff = (
            "accounts:staff", "accounts:appoint", "accounts:change_person", "accounts:change_dates", "accounts:end_appointment",
            "accounts:invit", "accounts:demand",
        )  # fmt: skip
        ledgers = ("accounts:change_list", "accounts:access_list")
        register_entry(Entry(40, _("Сотрудники"), _("Люди"), "id-badge", "accounts:staff_list", "accounts.view_staff", staff))
        register_entry(Entry(90, _("История"), _("История"), "history", "accounts:change_list", "audit.view_history", ledgers))
