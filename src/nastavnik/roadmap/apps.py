from django.apps import AppConfig


class RoadmapConfig(AppConfig):
    name = "nastavnik.roadmap"
    label = "roadmap"

    def ready(self) -> None:
        """Register background work, duties and receivers."""
        from nastavnik.roadmap import duties, receivers, tasks  # noqa: F401, PLC0415
