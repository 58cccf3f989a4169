"""News of this app for the apps above it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.dispatch import Signal

# Sent inside the transaction that opens or imports organisations. Arguments: organisations (list), by (User or None).
organisations_opened = Signal()
# Sent when the day of closing or merging has come, more than once: receivers must bear repetition. Arguments: organisation,
# by (User or None).
organisation_closed = Signal()
# Sent inside the transaction that approves a list of schools. Arguments: approval (SchoolListApproval), schools (ids of the
# schools that stand on it or stood on the one that it replaces), by (User or None).
school_list_approved = Signal()


def actor_of(user_id: str) -> Any:
    """The account that queued a job; this app stands below the accounts, so it asks the project's user model."""
    return get_user_model()._default_manager.filter(pk=user_id).first() if user_id else None
