from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "nastavnik.audit"
    label = "audit"
