from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "nastavnik.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Register background work."""
        from nastavnik.notifications import tasks  # noqa: F401, PLC0415
