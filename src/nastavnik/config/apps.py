from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The project itself: it brings the commands that run, copy and check the whole."""

    name = "nastavnik.config"
    label = "config"
