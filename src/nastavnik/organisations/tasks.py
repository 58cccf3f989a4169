"""Background work of organisations."""

from typing import Any

from nastavnik.jobs.registry import job
from nastavnik.organisations.signals import actor_of


@job("organisations.accept_school_list")
def accept(progress: Any, *, draft_id: str, user_id: str) -> dict[str, Any]:
    """Apply a long school list."""
    from nastavnik.organisations.actions import accept_school_list  # noqa: PLC0415 -- leaf
    from nastavnik.organisations.models import SchoolListDraft  # noqa: PLC0415

    draft = SchoolListDraft.objects.select_related("organisation").get(pk=draft_id)
    return accept_school_list(draft, by=actor_of(user_id), progress=progress)
