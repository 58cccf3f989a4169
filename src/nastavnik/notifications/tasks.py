"""Background work of the outbox."""

from datetime import timedelta
from typing import Any

from nastavnik.jobs.registry import every, job
from nastavnik.notifications.actions import forget_old_messages
from nastavnik.notifications.delivery import deliver_queued


@job("notifications.deliver")
def deliver(progress: Any) -> dict[str, Any]:
    """Send queued mail now."""
    return {"sent": deliver_queued(lambda sent: progress(sent, 0))}


@every("send queued mail again", seconds=60)
def deliver_again() -> None:
    """Messages that a silent server postponed."""
    deliver_queued()


@every("forget old messages", seconds=24 * 3600)
def forget() -> None:
    """Read messages are kept for a year; what went by mail alone, a day: it holds a link that opens an account."""
    forget_old_messages(older_than=timedelta(days=365), mail_only_older_than=timedelta(days=1))
