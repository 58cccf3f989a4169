from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "nastavnik.organisations"
    label = "organisations"
