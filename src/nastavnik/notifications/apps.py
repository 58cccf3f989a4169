from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "nastavnik.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Register background work and receivers."""
        from nastavnik.notifications import receivers, tasks  # noqa: F401, PLC0415
