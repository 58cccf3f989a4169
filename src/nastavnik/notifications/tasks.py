"""Background work of the outbox."""

from datetime import timedelta
from typing import Any

from nastavnik.jobs.registry import every, job
from nastavnik.notifications.actions import deliver_queued, forget_old_messages


@job("notifications.deliver")
def deliver(progress: Any) -> dict[str, Any]:
    """Send queued mail now."""
    return {"sent": deliver_queued()}


@every("send queued mail again", seconds=120)
def deliver_again() -> None:
    """Messages that a silent server postponed."""
    deliver_queued()


@every("forget old messages", seconds=24 * 3600)
def forget() -> None:
    """Read messages are kept for a year."""
    forget_old_messages(older_than=timedelta(days=365))
