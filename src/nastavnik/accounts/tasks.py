"""Background and returning work of accounts."""

from typing import Any

from nastavnik.accounts.actions.passwords import send_reset_links
from nastavnik.accounts.actions.sessions import forget_old_sessions
from nastavnik.accounts.actions.throttling import forget_old_counts
from nastavnik.jobs.registry import every, job


@job("accounts.send_reset_links")
def send_links(progress: Any, *, accounts: list[str]) -> None:
    """Mail links for new passwords to the accounts with these ids."""
    send_reset_links(accounts)


@every("forget old counts of tries", seconds=3600)
def forget_counts() -> None:
    """Counts of past windows."""
    forget_old_counts()


@every("forget old sessions", seconds=24 * 3600)
def forget_sessions() -> None:
    """Rows of sessions that nobody can use any more."""
    forget_old_sessions()
