from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "nastavnik.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Register the returning work."""
        from nastavnik.jobs import housekeeping  # noqa: F401, PLC0415
