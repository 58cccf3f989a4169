"""What follows on an update of the database."""

from typing import Any

from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from nastavnik.organisations.actions.special_days import take_over_shipped_days
from nastavnik.organisations.models import SpecialDay


@receiver(post_migrate)
def bring_special_days(sender: Any, using: str, **kwargs: Any) -> None:
    """The production calendar of the whole country comes with the product: each update brings what is new in it."""
    if sender.name != "nastavnik.organisations" or using != "default":
        return
    if SpecialDay._meta.db_table in connections[using].introspection.table_names():
        take_over_shipped_days()
