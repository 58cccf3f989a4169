"""The two groups of models. `SharedModel`: dictionaries and organisations, small, without personal data.
`RegionalModel`: everything about people and their work; it lives in one region and can move with it, so its key is
made in Python and its region is a plain column (a foreign key would tie the lower apps to organisations).
"""

from django.db import models

from nastavnik.core.identifiers import uuid7

INSTALLATION = 0  # region_id of rows that belong to the installation itself, not to a region


class SharedModel(models.Model):
    """A row that all regions read; deactivated, never deleted."""

    class Meta:
        abstract = True


class RegionalModel(models.Model):
    """A row of one region. `region_id` is the organisation id of that region, 0 for the installation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region_id = models.BigIntegerField(default=INSTALLATION, db_index=True, editable=False)

    class Meta:
        abstract = True
