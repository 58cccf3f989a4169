"""Background work of organisations."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from nastavnik.jobs.registry import every, job
from nastavnik.organisations.signals import actor_of

DRAFT_KEPT = timedelta(days=30)


@job("organisations.accept_school_list")
def accept(progress: Any, *, draft_id: str, seen: str, user_id: str) -> dict[str, Any]:
    """Apply a long school list: one transaction, so the progress is «begun» or «done». A repeat after a crash finds it done."""
    from nastavnik.organisations.imports.applying import accept_school_list  # noqa: PLC0415 -- leaf
    from nastavnik.organisations.models import SchoolListDraft  # noqa: PLC0415

    draft = SchoolListDraft.objects.get(pk=draft_id)
    if draft.accepted_at is not None:
        return {}
    progress(0, len(draft.rows))
    return accept_school_list(draft, seen=seen, by=actor_of(user_id))


@every("organisations.announce_closings", seconds=6 * 3600)
def announce() -> int:
    """Closings that were written down for a day to come take effect on it."""
    from nastavnik.organisations.actions import announce_closings  # noqa: PLC0415 -- leaf

    return announce_closings(timezone.localdate())


@every("organisations.forget_drafts", seconds=24 * 3600)
def forget_drafts() -> int:
    """Lists that were read a month ago hold names of people and are of no more use."""
    from nastavnik.organisations.models import SchoolListDraft  # noqa: PLC0415 -- leaf

    deleted, _by_model = SchoolListDraft.objects.filter(created_at__lt=timezone.now() - DRAFT_KEPT).delete()
    return deleted
