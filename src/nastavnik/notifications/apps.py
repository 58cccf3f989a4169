from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "nastavnik.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Register background work, receivers and the words of the history."""
        from nastavnik.notifications import history, receivers, tasks  # noqa: F401, PLC0415
